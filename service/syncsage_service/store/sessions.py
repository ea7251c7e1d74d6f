"""Sessions in the database: a row a session, a row an event, and a version that every write names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, delete, insert, select, update
from sqlalchemy import Engine as Database
from sqlalchemy.exc import IntegrityError

from syncsage_service.store.tables import EVENTS, FEEDBACK, SESSIONS

#: What else is written in the transaction of a write: both are kept, or neither.
Also = Callable[[Connection], None]


class StaleError(Exception):
    """Somebody else has written since the session was read, or deleted it."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a session without replaying it.

    Attributes:
        owner: Who opened it: nobody else sees it.
        external_ref: The ticket that it belongs to; empty for none.
        version: How often it was written.
        length: How many events it has.
        kb_hash: Hash of the knowledge that it began with.
        kb_version: Name of that knowledge.
    """

    id: str
    owner: str
    external_ref: str
    version: int
    length: int
    kb_hash: str
    kb_version: str
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """How what was proposed turned out: ``fixed``, ``not_fixed`` or ``not_tried``."""

    id: str
    outcome: str
    cause: str
    comment: str
    made: datetime


class SessionStore:
    """Reads and writes sessions.

    Args:
        database: Where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, row: Row, lines: Sequence[str], also: Also | None = None) -> None:
        """Keep a new session with its first events."""
        with self._database.begin() as connection:
            connection.execute(insert(SESSIONS).values(**_values(row)))
            _write(connection, row, lines, also)

    def read(self, session_id: str) -> tuple[Row, tuple[Feedback, ...]] | None:
        """Return a session and what was said of its outcome, the oldest first; None where there is none."""
        said = select(FEEDBACK).where(FEEDBACK.c.session_id == session_id).order_by(FEEDBACK.c.made, FEEDBACK.c.id)
        with self._database.begin() as connection:
            found = connection.execute(_of(session_id)).mappings().first()
            if found is None:
                return None
            return _row(found), tuple(_feedback(entry) for entry in connection.execute(said).mappings())

    def lines(self, row: Row) -> tuple[str, ...]:
        """Return the events of a session as it was read; what was added since is left out."""
        chosen = select(EVENTS.c.line).where(EVENTS.c.session_id == row.id, EVENTS.c.number <= row.length)
        with self._database.begin() as connection:
            return tuple(connection.execute(chosen.order_by(EVENTS.c.number)).scalars())

    def append(self, read: Row, written: Row, lines: Sequence[str], also: Also | None = None) -> None:
        """Add events to a session.

        Args:
            read: The session as it was read.
            written: The session as it is with the new events.
            lines: The new events.
            also: What else is written with them.

        Raises:
            StaleError: It was written since, or deleted.
        """
        as_read = (SESSIONS.c.id == read.id) & (SESSIONS.c.version == read.version)
        with self._database.begin() as connection:
            changed = connection.execute(update(SESSIONS).where(as_read).values(**_values(written)))
            if changed.rowcount != 1:
                raise StaleError(read.id)
            _write(connection, written, lines, also)

    def find(
        self, owner: str | None, external_ref: str | None, limit: int, after: tuple[datetime, str] | None = None
    ) -> tuple[Row, ...]:
        """Return sessions of an owner, those begun last first; of everybody, of every ticket where that is None.

        Args:
            owner: Whose.
            external_ref: Of which ticket.
            limit: How many at most.
            after: Those behind the one that was begun then and has that id.
        """
        chosen = select(SESSIONS).order_by(SESSIONS.c.created.desc(), SESSIONS.c.id.desc()).limit(limit)
        if owner is not None:
            chosen = chosen.where(SESSIONS.c.owner == owner)
        if external_ref is not None:
            chosen = chosen.where(SESSIONS.c.external_ref == external_ref)
        if after is not None:
            when, last = after
            same = (SESSIONS.c.created == when) & (SESSIONS.c.id < last)
            chosen = chosen.where((SESSIONS.c.created < when) | same)
        with self._database.begin() as connection:
            return tuple(_row(found) for found in connection.execute(chosen).mappings())

    def delete(self, session_id: str, versions: Collection[int] | None = None) -> bool:
        """Delete a session with everything that belongs to it, if it has one of ``versions``; say whether it was."""
        chosen = delete(SESSIONS).where(SESSIONS.c.id == session_id)
        if versions is not None:
            chosen = chosen.where(SESSIONS.c.version.in_(versions))
        with self._database.begin() as connection:
            return connection.execute(chosen).rowcount == 1

    def feedback(self, session_id: str, entry: Feedback, also: Also | None = None) -> None:
        """Keep how what was proposed turned out.

        Raises:
            StaleError: The session is gone.
        """
        values = {"session_id": session_id} | {name: getattr(entry, name) for name in Feedback.__slots__}
        try:
            with self._database.begin() as connection:
                connection.execute(insert(FEEDBACK).values(**values))
                if also is not None:
                    also(connection)
        except IntegrityError as error:
            raise StaleError(session_id) from error


def _of(session_id: str) -> Select[tuple[object, ...]]:
    return select(SESSIONS).where(SESSIONS.c.id == session_id)


def _write(connection: Connection, row: Row, lines: Sequence[str], also: Also | None) -> None:
    if lines:
        first = row.length - len(lines) + 1
        events = [
            {"session_id": row.id, "number": number, "line": line, "made": row.updated}
            for number, line in enumerate(lines, start=first)
        ]
        connection.execute(insert(EVENTS), events)
    if also is not None:
        also(connection)


def _values(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in Row.__slots__}


def _row(found: RowMapping) -> Row:
    return Row(**{name: found[name] for name in Row.__slots__})


def _feedback(found: RowMapping) -> Feedback:
    return Feedback(**{name: found[name] for name in Feedback.__slots__})
