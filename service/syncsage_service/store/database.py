"""The database: SQLite in a file by default, PostgreSQL by URL."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from syncsage.errors import InputError

#: Milliseconds that a write to SQLite waits for another one.
_PATIENCE = 15_000
#: Connections to PostgreSQL that a process keeps, and those it opens beside them when all are busy.
_POOL, _OVERFLOW = 8, 8
#: Seconds that a request waits for PostgreSQL to take a connection, or for one of the pool.
_CONNECTING, _WAITING = 5, 15


def default_url() -> str:
    """Return the URL of the file in the user's data folder."""
    from platformdirs import user_data_path

    folder = user_data_path("syncsage", appauthor=False)
    return f"sqlite:///{folder / 'service.db'}"


def shown(database: Engine) -> str:
    """Return the URL of ``database`` as a person writes it, for messages: without driver and password."""
    url = database.url
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def connect(url: str) -> Engine:
    """Return the database that ``url`` names, the file in the user's data folder where it is empty.

    Nothing is read yet. Errors of the database never quote what was to be written.

    Raises:
        InputError: It is no URL of a database that the service can use.
    """
    try:
        parsed = make_url(url or default_url())
    except ArgumentError as error:
        raise InputError("SYNCSAGE_DATABASE_URL is no URL such as sqlite:///service.db") from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    if parsed.get_backend_name() != "postgresql":
        raise InputError(f"SYNCSAGE_DATABASE_URL asks for {parsed.get_backend_name()}: sqlite or postgresql is wanted")
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=_POOL,
        max_overflow=_OVERFLOW,
        pool_timeout=_WAITING,
        connect_args={"connect_timeout": _CONNECTING, "application_name": "syncsage"},
    )


def to_write(database: Engine) -> Engine:
    """Return ``database`` for transactions that read before they write.

    SQLite takes the lock for writing at their begin: one that asked for it later would fail where another has written
    since (https://www.sqlite.org/isolation.html), without waiting.
    """
    return database.execution_options(immediate=True)


def _sqlite(url: URL) -> Engine:
    file = url.database
    if not file or file == ":memory:":
        raise InputError("SYNCSAGE_DATABASE_URL needs a file: sessions in memory would be gone with the process")
    try:
        Path(file).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        why = f"cannot make the folder of the database {file}: {error.strerror}"
        raise InputError(f"{why}; SYNCSAGE_DATABASE_URL names another place") from error
    engine = create_engine(url.set(drivername="sqlite+pysqlite"), hide_parameters=True)

    @event.listens_for(engine, "do_connect")
    def keep_private(*_: object) -> None:
        with suppress(OSError):  # SQLite says why not
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))  # its -wal and -shm take the mode from it

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver begins no transaction by itself: see below
        for pragma in (f"busy_timeout={_PATIENCE}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
