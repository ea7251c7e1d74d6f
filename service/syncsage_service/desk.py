"""The desk: interviews that are kept, whoever asks for them - an endpoint, an adapter, a chat page.

Every call reads the session, replays it, and writes what was added under the version that was read. Two that write at
a time cannot lose anything: the later one reads again and goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from syncsage.session import Session
from syncsage.session.records import event_line, read_event
from syncsage.step import UnknownReason
from syncsage_service.engines import Engines
from syncsage_service.problems import ProblemError
from syncsage_service.store.sessions import Row, SessionStore, StaleError

Outcome = Literal["fixed", "not_fixed", "not_tried"]

#: How often a write is tried again after somebody else's.
_TRIES = 8


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said next: a text, an answer (also how a fix went), a change of one, or that one is taken back.

    Attributes:
        kind: ``told`` (text), ``answered`` (id, value, reason), ``changed`` (number, value, reason),
            ``undone`` (number, 0 for the last).
    """

    kind: Literal["told", "answered", "changed", "undone"]
    text: str = ""
    id: str = ""
    value: str = ""
    reason: UnknownReason = "dont_know"
    number: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept session: what the database says of it, and the session replayed."""

    row: Row
    session: Session


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
        self._opened = opened
        self._clock = clock or (lambda: datetime.now(UTC))

    def open(self, owner: str, turns: tuple[Turn, ...] = (), external_ref: str = "") -> Kept:
        """Begin a session.

        Raises:
            EvidenceError: An answer does not fit the knowledge; nothing is kept.
        """
        engine, now = self._engines.current, self._clock()
        session = engine.session()
        for turn in turns:
            take(session, turn)
        row = Row(uuid4().hex, owner, external_ref, 1, engine.kb.hash, engine.kb.version, now, now)
        self._store.add(row, _lines(session, 0))
        if self._opened is not None:
            self._opened(session)
        return Kept(row, session)

    def read(self, owner: str | None, session_id: str) -> Kept:
        """Return a session.

        Raises:
            ProblemError: 404, there is none for this owner.
        """
        found = self._store.read(session_id)
        if found is None or owner not in (None, found[0].owner):
            raise ProblemError(404, "there is no such session")
        row, lines = found
        return Kept(row, self._replayed(row, lines))

    def find(self, owner: str | None, external_ref: str | None = None, limit: int = 50) -> tuple[Row, ...]:
        """Return sessions, the latest first."""
        return self._store.find(owner, external_ref, limit)

    def turn(self, owner: str | None, session_id: str, turn: Turn, version: int | None = None) -> Kept:
        """Say something in a session.

        Args:
            owner: Who asks.
            session_id: The session.
            turn: What is said.
            version: The version that the caller has seen; None says it to whatever it has become.

        Raises:
            ProblemError: 404; 412, it has another version; 409, others write to it all the time.
            EvidenceError: The answer does not fit the knowledge; nothing is kept.
        """
        for _ in range(_TRIES):
            kept = self.read(owner, session_id)
            if version is not None and version != kept.row.version:
                raise ProblemError(412, f"the session has version {kept.row.version}: read it again")
            before = len(kept.session.log)
            take(kept.session, turn)
            try:
                row = self._store.append(kept.row, before + 1, _lines(kept.session, before), self._clock())
            except StaleError:
                continue
            return Kept(row, kept.session)
        raise ProblemError(409, "others write to this session all the time: try again")

    def feedback(self, owner: str | None, session_id: str, outcome: Outcome, cause: str = "", comment: str = "") -> str:
        """Keep how what was proposed turned out; return the id of the entry.

        Raises:
            ProblemError: 404, there is no such session for this owner.
        """
        self.read(owner, session_id)
        return self._store.feedback(session_id, outcome, cause, comment, self._clock())

    def delete(self, owner: str | None, session_id: str) -> None:
        """Delete a session with everything that belongs to it.

        Raises:
            ProblemError: 404, there is no such session for this owner.
        """
        self.read(owner, session_id)
        self._store.delete(session_id)

    def _replayed(self, row: Row, lines: tuple[str, ...]) -> Session:
        read = [read_event(line) for line in map(_data, lines)]
        return Session(self._engines.of(row.kb_hash), [event for event, _ in read], [then for _, then in read])


def take(session: Session, turn: Turn) -> None:
    """Say ``turn`` in ``session``.

    Raises:
        EvidenceError: It does not fit the knowledge.
    """
    if turn.kind == "told":
        session.tell(turn.text)
    elif turn.kind == "answered":
        session.answer(turn.id, turn.value, turn.reason)
    elif turn.kind == "changed":
        session.change(turn.number, turn.value, turn.reason)
    else:
        session.undo(turn.number or None)


def _lines(session: Session, before: int) -> list[str]:
    """Return the lines of the events behind the first ``before``."""
    pairs = zip(session.log[before:], session.outcomes[before:], strict=True)
    return [event_line(event, then).decode("utf-8").rstrip("\n") for event, then in pairs]


def _data(line: str) -> dict[str, object]:
    data: dict[str, object] = json.loads(line)
    return data
