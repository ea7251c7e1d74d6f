"""Tables and the migrations that make them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Engine, MetaData, String, text

from syncsage.errors import InputError
from syncsage_service.store import schema
from syncsage_service.store.database import connect, default_url, shown
from syncsage_service.store.tables import METADATA


def test_the_migrations_make_the_tables_that_the_program_knows(database: Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_processes_that_start_at_a_time_upgrade_once(database_url: str) -> None:
    databases = [connect(database_url) for _ in range(6)]
    with ThreadPoolExecutor(6) as threads:
        revisions = set(threads.map(schema.upgrade, databases))
    assert revisions == {schema.revision(databases[0])}
    for database in databases:
        database.dispose()


def test_a_database_of_a_newer_version_is_refused(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for touch in (schema.upgrade, schema.revision):
        with pytest.raises(InputError, match=r"written by a newer version \(schema 9999"):
            touch(database)


def test_an_empty_database_has_no_revision(database_url: str) -> None:
    database = connect(database_url)
    assert schema.revision(database) == ""
    database.dispose()


def test_a_database_that_cannot_be_used_is_named_without_its_password(tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "text.db").write_text("no database at all, but some text that is long enough to be looked at")
    for url in (
        f"sqlite:///{tmp_path / 'folder.db'}",
        f"sqlite:///{tmp_path / 'text.db'}",
        f"postgresql://user:hidden@/none?host={tmp_path}",
    ):
        database = connect(url)
        with pytest.raises(InputError, match=r"cannot be used: .*SYNCSAGE_DATABASE_URL names another") as error:
            schema.upgrade(database)
        assert "hidden" not in str(error.value)
        database.dispose()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot make the folder of"):
        connect(f"sqlite:///{tmp_path / 'file' / 'below' / 'service.db'}")


def test_the_folder_of_the_user_may_be_one_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "file" / "syncsage")
    with pytest.raises(InputError, match=r"cannot make the folder of .*SYNCSAGE_DATABASE_URL names another place"):
        connect(default_url())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_customers_wrote_is_for_the_eyes_of_the_service_only(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path / 'below' / 'service.db'}")
    schema.upgrade(database)
    with database.connect():
        modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "below").glob("service.db*")}
    modes.pop("service.db.lock")  # empty
    database.dispose()
    assert "service.db" in modes
    assert set(modes.values()) == {0}


def test_messages_name_a_database_as_a_person_writes_it(tmp_path: Path) -> None:
    for url, told in (
        (f"sqlite:///{tmp_path}/service.db", f"sqlite:///{tmp_path}/service.db"),
        ("postgresql://desk:hidden@db.example/desk", "postgresql://desk:***@db.example/desk"),
    ):
        assert shown(connect(url)) == told


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name", "no url"])
def test_urls_that_no_service_can_use_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="SYNCSAGE_DATABASE_URL"):
        connect(url)


def test_a_draft_of_a_migration_says_what_has_changed(database: Engine, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to migrate"):
        schema.draft_migration(database, "Nothing", tmp_path)
    tables = MetaData()
    for table in METADATA.tables.values():
        table.to_metadata(tables)
    tables.tables["chores"].append_column(Column("more", String(7)))
    draft = schema.draft_migration(database, "Add more", tmp_path, tables)
    assert draft.name == "v0002_add_more.py"
    assert "sa.Column('more', sa.String(length=7), nullable=True)" in draft.read_text()
