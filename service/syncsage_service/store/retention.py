"""What is kept too long is deleted: now and then, by one process for all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine as Database
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from syncsage_service.store.replies import prune_replies
from syncsage_service.store.tables import CHORES, DELIVERIES, SESSIONS

#: How often what is too old is deleted.
EVERY = timedelta(hours=1)
#: Sessions that are deleted at a time: others want to write in between.
_BATCH = 200
_NAME = "prune"


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many were deleted."""

    sessions: int
    requests: int
    deliveries: int


def prune(database: Database, days: int, now: datetime) -> Pruned:
    """Delete sessions, with all that belongs to them, and deliveries older than ``days``, and requests out of date.

    Args:
        database: Where they are.
        days: Days since the last change; 0 keeps sessions and deliveries.
        now: The time.
    """
    before = now - timedelta(days=days)
    sessions = _prune_sessions(database, before) if days else 0
    with database.begin() as connection:
        old = delete(DELIVERIES).where(DELIVERIES.c.taken < before)
        deliveries = connection.execute(old).rowcount if days else 0
        return Pruned(sessions, prune_replies(connection, now), deliveries)


def prune_if_due(database: Database, days: int, now: datetime) -> Pruned | None:
    """Do it where no process has within the last hour; None where one has."""
    return prune(database, days, now) if _is_ours(database, now) else None


class Pruner:
    """Prunes in the background until it is stopped.

    Args:
        database: Where.
        days: See ``prune``.
        clock: Tells the time.
    """

    def __init__(self, database: Database, days: int, clock: Callable[[], datetime]) -> None:
        self._database, self._days, self._clock = database, days, clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="syncsage-pruner", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop, after the batch at hand."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with suppress(DBAPIError):  # the database is away, which every request tells; the next hour comes
                prune_if_due(self._database, self._days, self._clock())
            if self._stop.wait(EVERY.total_seconds()):
                return


def _prune_sessions(database: Database, before: datetime) -> int:
    total = 0
    while True:
        old = select(SESSIONS.c.id).where(SESSIONS.c.updated < before).limit(_BATCH)
        with database.begin() as connection:
            # The time is asked again: one that was gone on with since stays.
            chosen = delete(SESSIONS).where(SESSIONS.c.id.in_(old), SESSIONS.c.updated < before)
            count = connection.execute(chosen).rowcount
        total += count
        if not count:
            return total


def _is_ours(database: Database, now: datetime) -> bool:
    """Note that the chore is begun, and say whether nobody else has noted it within its time."""
    due = (CHORES.c.name == _NAME) & (CHORES.c.begun <= now - EVERY)
    with database.begin() as connection:
        if connection.execute(update(CHORES).where(due).values(begun=now)).rowcount:
            return True
    try:
        with database.begin() as connection:
            connection.execute(insert(CHORES).values(name=_NAME, begun=now))
    except IntegrityError:
        return False
    return True
