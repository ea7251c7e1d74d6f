"""The desk: interviews that are kept, whoever asks for them - an endpoint, an adapter, a chat page.

Every call reads the session, replays it unless it is at hand, and writes what was added under the version that was
read. Two that write at a time cannot lose anything: the later one reads again and goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from syncsage.observing.text import mask
from syncsage.session import Session
from syncsage.session.records import event_line, read_event
from syncsage_service.engines import Engines
from syncsage_service.problems import ProblemError
from syncsage_service.shelf import Shelf
from syncsage_service.store.sessions import Also, Feedback, Row, SessionStore, StaleError
from syncsage_service.texts import readable
from syncsage_service.turns import Turn, take

Outcome = Literal["fixed", "not_fixed", "not_tried"]

#: How often a write is tried again after somebody else's.
_TRIES = 16
_LONGEST_REF = 200
_ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept session: what the database says of it, the session replayed, and how what was proposed turned out."""

    row: Row
    session: Session
    feedback: tuple[Feedback, ...] = ()


#: Told what will be written, before it is; returns what else is written with it, in one transaction.
Then = Callable[[Kept], Also]


class Desk:
    """Opens, continues and closes kept sessions. Every call names the owner; None may see everything.

    Args:
        engines: The engines.
        store: Where sessions are kept.
        clock: Tells the time.
        opened: Is told of every session that was begun.
    """

    def __init__(
        self,
        engines: Engines,
        store: SessionStore,
        clock: Callable[[], datetime] | None = None,
        opened: Callable[[Session], None] | None = None,
    ) -> None:
        self._engines = engines
        self._store = store
        self._shelf = Shelf()
        self._opened = opened
        self.clock = clock or (lambda: datetime.now(UTC))

    def open(self, owner: str, turns: tuple[Turn, ...] = (), external_ref: str = "", then: Then | None = None) -> Kept:
        """Begin a session.

        Raises:
            EvidenceError: An answer does not fit the knowledge; nothing is kept.
            ProblemError: 422, the name of the ticket is too long.
        """
        if len(external_ref) > _LONGEST_REF:
            raise ProblemError(422, f"external_ref has more than {_LONGEST_REF} characters")
        engine, now = self._engines.current, self.clock()
        session = engine.session()
        for turn in turns:
            take(session, turn)
        row = Row(uuid4().hex, owner, external_ref, 1, len(session.log), engine.kb.hash, engine.kb.version, now, now)
        kept = Kept(row, session)
        self._store.add(row, _lines(session, 0), then(kept) if then is not None else None)
        if self._opened is not None:
            self._opened(session)
        self._shelf.put(row, session)
        return kept

    def read(self, owner: str | None, session_id: str) -> Kept:
        """Return a session.

        Raises:
            ProblemError: 404, there is none for this owner.
        """
        row, feedback = self.glance(owner, session_id)
        return Kept(row, self._replayed(row), feedback)

    def glance(self, owner: str | None, session_id: str) -> tuple[Row, tuple[Feedback, ...]]:
        """Return what is known of a session without replaying it.

        Raises:
            ProblemError: 404, there is none for this owner.
        """
        found = self._store.read(session_id) if _is_id(session_id) else None
        if found is None or owner not in (None, found[0].owner):
            raise ProblemError(404, "there is no such session")
        return found

    def answered_with(self, row: Row) -> str:
        """Return the hash of the knowledge that answers in a session: its own, or the present one if that is gone."""
        return self._engines.of(row.kb_hash).kb.hash

    def find(
        self,
        owner: str | None,
        external_ref: str | None = None,
        limit: int = 50,
        after: tuple[datetime, str] | None = None,
    ) -> tuple[Row, ...]:
        """Return sessions, those begun last first; behind the one that ``after`` names by its beginning and id."""
        return self._store.find(owner, external_ref, limit, after)

    def turn(
        self,
        owner: str | None,
        session_id: str,
        turn: Turn,
        versions: Collection[int] | None = None,
        then: Then | None = None,
    ) -> Kept:
        """Say something in a session.

        Args:
            owner: Who asks.
            session_id: The session.
            turn: What is said.
            versions: The versions that the caller means; None says it to whatever it has become.
            then: What is to be written with it.

        Raises:
            ProblemError: 404; 412, it has another version; 409, others write to it all the time.
            EvidenceError: The answer does not fit the knowledge; nothing is kept.
        """
        for _ in range(_TRIES):
            read = self.read(owner, session_id)
            _match(read.row, versions)
            session, before = read.session, len(read.session.log)
            take(session, turn)
            row = replace(read.row, version=read.row.version + 1, length=len(session.log), updated=self.clock())
            kept = Kept(row, session, read.feedback)
            try:
                self._store.append(read.row, row, _lines(session, before), then(kept) if then is not None else None)
            except StaleError:
                continue
            self._shelf.put(row, session)
            return kept
        raise ProblemError(409, "others write to this session all the time: try again")

    def feedback(
        self,
        owner: str | None,
        session_id: str,
        outcome: Outcome,
        cause: str = "",
        comment: str = "",
        then: Callable[[Feedback], Also] | None = None,
    ) -> str:
        """Keep how what was proposed turned out; return the id of the entry.

        Raises:
            ProblemError: 404, there is no such session for this owner; 422, there is no such cause.
        """
        row, _ = self.glance(owner, session_id)
        if cause and cause not in self._engines.of(row.kb_hash).kb.causes:
            raise ProblemError(422, f"the knowledge has no cause {cause!r}")
        entry = Feedback(uuid4().hex, outcome, cause, mask(readable(comment))[0], self.clock())
        try:
            self._store.feedback(session_id, entry, then(entry) if then is not None else None)
        except StaleError as error:
            raise ProblemError(404, "there is no such session") from error
        return entry.id

    def delete(self, owner: str | None, session_id: str, versions: Collection[int] | None = None) -> None:
        """Delete a session with everything that belongs to it; nothing happens where it is gone already.

        Raises:
            ProblemError: 412, it has another version.
        """
        try:
            row, _ = self.glance(owner, session_id)
        except ProblemError:
            return
        _match(row, versions)
        if self._store.delete(session_id, versions):
            self._shelf.remove(session_id)
        elif versions is not None:
            self.delete(owner, session_id, versions)

    def _replayed(self, row: Row) -> Session:
        engine = self._engines.of(row.kb_hash)
        at_hand = self._shelf.get(row, engine)
        if at_hand is not None:
            return at_hand
        read = [read_event(json.loads(line)) for line in self._store.lines(row)]
        if len(read) != row.length:  # deleted since it was found
            raise ProblemError(404, "there is no such session")
        session = Session(engine, [event for event, _ in read], [then for _, then in read])
        self._shelf.put(row, session)
        return session


def _match(row: Row, versions: Collection[int] | None) -> None:
    if versions is not None and row.version not in versions:
        raise ProblemError(412, f"the session has version {row.version}: read it again")


def _is_id(text: str) -> bool:
    return len(text) == _ID_LENGTH and text.isascii() and text.isalnum()


def _lines(session: Session, before: int) -> list[str]:
    """Return the lines of the events behind the first ``before``."""
    pairs = zip(session.log[before:], session.outcomes[before:], strict=True)
    return [event_line(event, then).decode("utf-8").rstrip("\n") for event, then in pairs]
