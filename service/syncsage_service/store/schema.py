"""The tables of a database brought to what this program needs, by the migrations beside this module."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Connection, Engine, MetaData, text
from sqlalchemy.exc import DBAPIError

from syncsage.errors import InputError
from syncsage_service.store.database import shown, to_write
from syncsage_service.store.tables import METADATA
from syncsage_service.texts import reason

_MIGRATIONS = Path(__file__).parent / "migrations"
#: Any number, the same in every replica: PostgreSQL's advisory locks have numbers for names.
_LOCK = 7_326_051


def upgrade(database: Engine) -> str:
    """Bring the tables up to date and return their revision; replicas that start together wait for each other.

    Raises:
        InputError: The database cannot be used, or was written by a newer version.
    """
    with _usable(database), _alone(database) as connection:
        if _revision(connection, database) != newest():
            command.upgrade(_config(connection), "head")
    return newest()


def revision(database: Engine) -> str:
    """Return the revision of the tables as they are; empty where there are none.

    Raises:
        InputError: The database cannot be used, or was written by a newer version.
    """
    with _usable(database), database.connect() as connection:
        return _revision(connection, database)


def newest() -> str:
    """Return the revision of the tables that this version needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def draft_migration(
    database: Engine, message: str, folder: Path = _MIGRATIONS / "versions", tables: MetaData = METADATA
) -> Path:
    """Write the migration from the newest one to what ``tables.py`` says: a draft, to be read and tidied up.

    Args:
        database: An empty database.
        message: What it does, in words.
        folder: Where to write it.
        tables: What the tables are to be.

    Raises:
        InputError: They are so already.
    """
    upgrade(database)
    with database.begin() as connection:
        config = _config(connection, tables)
        config.set_main_option("version_locations", f"{_MIGRATIONS / 'versions'}{os.pathsep}{folder}")
        config.set_main_option("path_separator", "os")
        config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
        number = f"{int(newest() or 0) + 1:04}"
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        if not compare_metadata(context, tables):
            raise InputError("the tables are as they should be: there is nothing to migrate")
        command.revision(config, message, autogenerate=True, rev_id=number, version_path=str(folder))
    return next(folder.glob(f"v{number}_*.py"))


def _config(connection: Connection | None = None, tables: MetaData = METADATA) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes.update(connection=connection, tables=tables)
    return config


def _revision(connection: Connection, database: Engine) -> str:
    found = MigrationContext.configure(connection).get_current_revision() or ""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found and found not in known:
        place = shown(database)
        raise InputError(
            f"the database {place} was written by a newer version (schema {found}, this one has {newest()}): "
            "update the program, or name another database in SYNCSAGE_DATABASE_URL"
        )
    return found


@contextmanager
def _alone(database: Engine) -> Generator[Connection]:
    """Begin a transaction that no other process upgrades in."""
    if database.dialect.name == "sqlite":
        # Also before the first connection: two that switch a new file to WAL at a time do not wait for each other.
        with FileLock(f"{database.url.database}.lock"), to_write(database).begin() as connection:
            yield connection
    else:
        with database.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection


@contextmanager
def _usable(database: Engine) -> Generator[None]:
    try:
        yield
    except (DBAPIError, OSError) as error:
        why = f"the database {shown(database)} cannot be used: {reason(error)}"
        raise InputError(f"{why}; SYNCSAGE_DATABASE_URL names another") from error
