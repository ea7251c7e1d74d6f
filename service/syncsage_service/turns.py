"""What is said in a kept session, one thing at a time, whoever says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from syncsage.errors import EvidenceError
from syncsage.session import Session
from syncsage.session.ticking import Tick
from syncsage.step import UnknownReason
from syncsage_service.texts import readable


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said next: a text, an answer (also how a fix went), a change of one, or that one is taken back.

    Attributes:
        kind: ``told`` (text), ``answered`` (id, value, reason), ``changed`` (number, value, reason),
            ``undone`` (number, 0 for the last), ``ticked`` (id, number of the step, value ``done``, ``skipped``,
            ``undone``).
    """

    kind: Literal["told", "answered", "changed", "undone", "ticked"]
    text: str = ""
    id: str = ""
    value: str = ""
    reason: UnknownReason = "dont_know"
    number: int = 0


def take(session: Session, turn: Turn) -> None:
    """Say ``turn`` in ``session``.

    Raises:
        EvidenceError: It does not fit the knowledge.
    """
    if turn.kind == "told":
        session.tell(readable(turn.text))
    elif turn.kind == "answered":
        session.answer(turn.id, turn.value, turn.reason)
    elif turn.kind == "changed":
        session.change(turn.number, turn.value, turn.reason)
    elif turn.kind == "ticked":
        _tick(session, turn)
    else:
        session.undo(turn.number or None)


def _tick(session: Session, turn: Turn) -> None:
    asked = session.step.next
    if asked is None or asked.id != turn.id:
        raise EvidenceError(f"{turn.id!r} is not what is asked now: its steps cannot be ticked")
    session.tick(turn.number, cast(Tick, turn.value))  # which refuses any other mark
