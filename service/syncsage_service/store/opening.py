"""The database, ready to be used."""

from __future__ import annotations

from sqlalchemy import Engine as Database
from sqlalchemy.exc import SQLAlchemyError

from syncsage.errors import InputError
from syncsage_service.store.database import connect, default_url
from syncsage_service.store.tables import METADATA


def open_database(url: str) -> Database:
    """Return the database at ``url`` with its tables as this version wants them.

    Args:
        url: SQLAlchemy's URL; the file in the user's data folder where empty.

    Raises:
        InputError: It is none, or cannot be used; the message has no password in it.
    """
    try:
        database = connect(url or default_url())
    except OSError as error:
        raise InputError(f"the folder of the database cannot be used: {error.filename}: {error.strerror}") from error
    try:
        METADATA.create_all(database)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__).strip().partition("\n")[0]
        place = database.url.render_as_string(hide_password=True)
        raise InputError(f"the database {place} cannot be used: {reason}") from error
    return database
