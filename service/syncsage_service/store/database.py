"""The database: SQLite in a file by default, PostgreSQL by URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from syncsage.errors import InputError

#: Milliseconds that a write to SQLite waits for another one.
_PATIENCE = 5_000


def default_url() -> str:
    """Return the URL of the file in the user's data folder; the folder is made."""
    from platformdirs import user_data_path

    folder = user_data_path("syncsage", appauthor=False, ensure_exists=True)
    return f"sqlite:///{folder / 'service.db'}"


def connect(url: str) -> Engine:
    """Return the database that ``url`` names; nothing is read yet.

    Raises:
        InputError: It is no URL of a database that the service can use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InputError("SYNCSAGE_DATABASE_URL is no URL such as sqlite:///service.db") from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, parsed.database)
    if parsed.get_backend_name() != "postgresql":
        raise InputError(f"SYNCSAGE_DATABASE_URL asks for {parsed.get_backend_name()}: sqlite or postgresql is wanted")
    return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=8)


def _sqlite(url: str, file: str | None) -> Engine:
    if not file or file == ":memory:":
        raise InputError("SYNCSAGE_DATABASE_URL needs a file: sessions in memory would be gone with the process")
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_PATIENCE}"):
            connection.execute(f"PRAGMA {pragma}").close()

    return engine
