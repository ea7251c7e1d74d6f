"""What a person said: a list that only ever grows. Taking something back is an event too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from syncsage.evidence import CONFLICT
from syncsage.step import Evidence, UnknownReason

EventKind = Literal["told", "answered", "tried", "undone"]


@dataclass(frozen=True, slots=True)
class Event:
    """A text, an answer to a question, how a fix went, or that one of these is taken back.

    Attributes:
        undoes: Number of the event that an ``undone`` takes back; 0 for every other kind.
        number: Place in its session, counted from 1; it stays the same whatever is taken back. 0 outside of one.
    """

    kind: EventKind
    id: str = ""
    value: str = ""
    reason: UnknownReason = "dont_know"
    text: str = ""
    undoes: int = 0
    number: int = field(default=0, compare=False)


def numbered(events: Iterable[Event]) -> list[Event]:
    """Return ``events`` with their numbers."""
    return [replace(event, number=number) for number, event in enumerate(events, start=1)]


def in_force(log: Sequence[Event]) -> tuple[Event, ...]:
    """Return what was said and not taken back, oldest first."""
    gone = {event.undoes for event in log if event.kind == "undone"}
    return tuple(event for event in log if event.kind != "undone" and event.number not in gone)


def answers(events: Iterable[Event]) -> tuple[Evidence, ...]:
    """Return the answers in ``events`` by id; of several to one question the last."""
    latest: dict[str, Evidence] = {}
    for event in (event for event in events if event.kind != "told"):
        latest.pop(CONFLICT + event.id, None)  # an answer that was changed leaves nothing to settle
        latest[event.id] = Evidence(event.id, event.value, event.reason)
    return tuple(latest[id_] for id_ in sorted(latest))
