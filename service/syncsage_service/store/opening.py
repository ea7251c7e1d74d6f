"""The database, ready to be used."""

from __future__ import annotations

from sqlalchemy import Engine as Database

from syncsage_service.store.database import connect
from syncsage_service.store.schema import upgrade


def open_database(url: str) -> Database:
    """Return the database at ``url`` with its tables as this version wants them.

    Args:
        url: SQLAlchemy's URL; the file in the user's data folder where empty.

    Raises:
        InputError: It is none, or cannot be used; the message has no password in it.
    """
    database = connect(url)
    try:
        upgrade(database)
    except BaseException:
        database.dispose()
        raise
    return database
