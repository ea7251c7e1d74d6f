"""Sessions in the database: a row a session, a row an event, and a version that every write names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Engine as Database
from sqlalchemy import RowMapping, delete, insert, select, update

from syncsage_service.store.tables import EVENTS, FEEDBACK, SESSIONS


class StaleError(Exception):
    """Somebody else has written since the session was read."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a session without replaying it.

    Attributes:
        owner: Who opened it: nobody else sees it.
        external_ref: The ticket that it belongs to; empty for none.
        version: How often it was written.
        kb_hash: Hash of the knowledge that it began with.
        kb_version: Name of that knowledge.
    """

    id: str
    owner: str
    external_ref: str
    version: int
    kb_hash: str
    kb_version: str
    created: datetime
    updated: datetime


class SessionStore:
    """Reads and writes sessions.

    Args:
        database: Where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, row: Row, lines: Sequence[str]) -> None:
        """Keep a new session with its first events."""
        with self._database.begin() as connection:
            connection.execute(insert(SESSIONS).values(**_values(row)))
            if lines:
                connection.execute(insert(EVENTS), _events(row, 1, lines))

    def read(self, session_id: str) -> tuple[Row, tuple[str, ...]] | None:
        """Return a session and the lines of its events, or None."""
        with self._database.begin() as connection:
            found = connection.execute(select(SESSIONS).where(SESSIONS.c.id == session_id)).mappings().first()
            if found is None:
                return None
            chosen = select(EVENTS.c.line).where(EVENTS.c.session_id == session_id).order_by(EVENTS.c.number)
            return _row(found), tuple(connection.execute(chosen).scalars())

    def append(self, row: Row, first: int, lines: Sequence[str], now: datetime) -> Row:
        """Add events to a session as it was read.

        Args:
            row: The session as it was read.
            first: Number of the first new event.
            lines: The new events.
            now: The time of the write.

        Raises:
            StaleError: It was written since, or deleted.
        """
        as_read = (SESSIONS.c.id == row.id) & (SESSIONS.c.version == row.version)
        with self._database.begin() as connection:
            changed = connection.execute(update(SESSIONS).where(as_read).values(version=row.version + 1, updated=now))
            if changed.rowcount != 1:
                raise StaleError(row.id)
            written = replace(row, version=row.version + 1, updated=now)
            if lines:
                connection.execute(insert(EVENTS), _events(written, first, lines))
        return written

    def find(self, owner: str | None, external_ref: str | None, limit: int) -> tuple[Row, ...]:
        """Return sessions of an owner, the latest first; of everybody, of every ticket where that is None."""
        chosen = select(SESSIONS).order_by(SESSIONS.c.updated.desc(), SESSIONS.c.id).limit(limit)
        if owner is not None:
            chosen = chosen.where(SESSIONS.c.owner == owner)
        if external_ref is not None:
            chosen = chosen.where(SESSIONS.c.external_ref == external_ref)
        with self._database.begin() as connection:
            return tuple(_row(found) for found in connection.execute(chosen).mappings())

    def delete(self, session_id: str) -> None:
        """Delete a session with everything that belongs to it."""
        with self._database.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.id == session_id))

    def feedback(self, session_id: str, outcome: str, cause: str, comment: str, now: datetime) -> str:
        """Keep how what was proposed turned out; return the id of the entry."""
        entry = uuid4().hex
        values = {
            "id": entry,
            "session_id": session_id,
            "outcome": outcome,
            "cause": cause,
            "comment": comment,
            "made": now,
        }
        with self._database.begin() as connection:
            connection.execute(insert(FEEDBACK).values(**values))
        return entry


def _values(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in Row.__slots__}


def _events(row: Row, first: int, lines: Sequence[str]) -> list[dict[str, object]]:
    return [
        {"session_id": row.id, "number": number, "line": line, "made": row.updated}
        for number, line in enumerate(lines, start=first)
    ]


def _row(found: RowMapping) -> Row:
    return Row(**{name: found[name] for name in Row.__slots__})
