"""The outbox: deliveries that were acknowledged and are still to be worked on. It outlives the process.

Several processes may work on one outbox: an entry is claimed in one statement, for a time. Entries of one ticket are
worked on in the order in which they came, one at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, RowMapping, delete, exists, func, insert, or_, select, update
from sqlalchemy import Engine as Database
from sqlalchemy.exc import IntegrityError

from syncsage_service.adapters.model import Arrival
from syncsage_service.adapters.packing import packed_arrival, unpacked_arrival
from syncsage_service.store.tables import DELIVERIES, OUTBOX

#: Longer than every wait of one attempt together: whoever holds an entry longer is taken for dead.
_LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that was claimed.

    Attributes:
        number: Counts entries.
        arrival: What came in.
        plan: What is to be said in the session, packed; empty where that is still open.
        attempts: How often it was claimed, this time included.
        holder: Who claimed it.
    """

    number: int
    arrival: Arrival
    plan: str
    attempts: int
    holder: str


class Outbox:
    """Takes, claims and finishes entries.

    Args:
        database: Where they are.
        clock: Tells the time.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database
        self._clock = clock or (lambda: datetime.now(UTC))

    def take(self, arrival: Arrival) -> bool:
        """Keep a delivery to be worked on; tell whether it is new."""
        now = self._clock()
        named = {"source": arrival.source, "delivery": arrival.delivery}
        waiting = {"source": arrival.source, "ticket": arrival.ticket, "arrival": packed_arrival(arrival), "due": now}
        try:
            with self._database.begin() as connection:
                connection.execute(insert(DELIVERIES).values(**named, taken=now))
                connection.execute(insert(OUTBOX).values(**waiting))
        except IntegrityError:
            return False
        return True

    def claim(self) -> Entry | None:
        """Return the next entry that is due and nobody works on; None where there is none."""
        now = self._clock()
        earlier = OUTBOX.alias("earlier")
        blocked = exists().where(
            earlier.c.source == OUTBOX.c.source, earlier.c.ticket == OUTBOX.c.ticket, earlier.c.number < OUTBOX.c.number
        )
        chosen = (
            select(OUTBOX.c.number)
            .where(OUTBOX.c.due <= now, _free(now), ~blocked)
            .order_by(OUTBOX.c.due, OUTBOX.c.number)
            .limit(1)
            .with_for_update(skip_locked=True, of=OUTBOX)
        )
        claimed = (
            update(OUTBOX)
            .where(OUTBOX.c.number == chosen.scalar_subquery(), _free(now))
            .values(holder=uuid4().hex, leased=now + _LEASE, attempts=OUTBOX.c.attempts + 1)
            .returning(OUTBOX)
        )
        with self._database.begin() as connection:
            row = connection.execute(claimed).mappings().first()
            return _entry(row) if row is not None else None

    def planned(self, entry: Entry, plan: str) -> bool:
        """Keep what is to be said before it is said; False where the entry was taken over by somebody else."""
        return self._change(entry, plan=plan, leased=self._clock() + _LEASE)

    def renew(self, entry: Entry) -> bool:
        """Hold the entry for longer; False where it was taken over by somebody else."""
        return self._change(entry, leased=self._clock() + _LEASE)

    def put_off(self, entry: Entry, seconds: float) -> None:
        """Give the entry back, to be claimed again after some time."""
        self._change(entry, due=self._clock() + timedelta(seconds=seconds), leased=None, holder="")

    def finish(self, entry: Entry) -> None:
        """Delete the entry; that it was delivered stays known."""
        with self._database.begin() as connection:
            connection.execute(delete(OUTBOX).where(_held(entry)))

    def waiting(self) -> int:
        """Return how many entries are not finished."""
        with self._database.begin() as connection:
            return connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one()

    def _change(self, entry: Entry, **values: object) -> bool:
        with self._database.begin() as connection:
            return connection.execute(update(OUTBOX).where(_held(entry)).values(**values)).rowcount == 1


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(OUTBOX.c.leased.is_(None), OUTBOX.c.leased < now)


def _held(entry: Entry) -> ColumnElement[bool]:
    return (OUTBOX.c.number == entry.number) & (OUTBOX.c.holder == entry.holder)


def _entry(row: RowMapping) -> Entry:
    return Entry(row["number"], unpacked_arrival(row["arrival"]), row["plan"], row["attempts"], row["holder"])
