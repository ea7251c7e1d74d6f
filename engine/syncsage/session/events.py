"""What a person said and did: a list that only ever grows. Taking something back is an event too.

Ticks of the steps of a procedure stand in the same list, but they are no statements: they have no number, ``undo``
never takes them back, and nothing is concluded from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from syncsage.evidence import CONFLICT
from syncsage.step import Evidence, UnknownReason

EventKind = Literal["told", "answered", "tried", "undone", "ticked"]


@dataclass(frozen=True, slots=True)
class Event:
    """A text, an answer to a question, how a fix went, that one of these is taken back, or the tick of a step.

    Attributes:
        id: What was answered or tried; of a tick, what the procedures belong to.
        value: The answer; of a tick ``done``, ``skipped`` or ``undone``.
        text: What was told; of a tick, what the step said.
        undoes: Number of the event that an ``undone`` takes back; 0 for every other kind.
        step: Number of the step that a tick is for, from 1; 0 for every other kind.
        number: Place in its session, ticks left out, counted from 1; it stays the same whatever is taken back. 0 for
            ticks, and outside of a session.
    """

    kind: EventKind
    id: str = ""
    value: str = ""
    reason: UnknownReason = "dont_know"
    text: str = ""
    undoes: int = 0
    step: int = 0
    number: int = field(default=0, compare=False)


def numbered(events: Iterable[Event]) -> list[Event]:
    """Return ``events`` with their numbers."""
    counted = 0
    found: list[Event] = []
    for event in events:
        counted += event.kind != "ticked"
        found.append(replace(event, number=counted if event.kind != "ticked" else 0))
    return found


def in_force(log: Sequence[Event]) -> tuple[Event, ...]:
    """Return what was said and not taken back, oldest first."""
    gone = {event.undoes for event in log if event.kind == "undone"}
    return tuple(event for event in log if event.kind not in ("undone", "ticked") and event.number not in gone)


def answers(events: Iterable[Event]) -> tuple[Evidence, ...]:
    """Return the answers in ``events`` by id; of several to one question the last."""
    latest: dict[str, Evidence] = {}
    for event in (event for event in events if event.kind != "told"):
        latest.pop(CONFLICT + event.id, None)  # an answer that was changed leaves nothing to settle
        latest[event.id] = Evidence(event.id, event.value, event.reason)
    return tuple(latest[id_] for id_ in sorted(latest))
