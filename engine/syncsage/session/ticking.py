"""Ticks: which steps of a procedure were done or skipped. They bear on no diagnosis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from syncsage.errors import EvidenceError
from syncsage.session.events import Event
from syncsage.step import Mark, Next, Ticked

#: What a tick can say; ``undone`` takes back what an earlier one said.
Tick = Mark | Literal["undone"]

_MARKS: Mapping[str, Mark | None] = {"done": "done", "skipped": "skipped", "undone": None}


def tick(ask: Next | None, step: int, mark: Tick) -> Event:
    """Return the event that says what became of a step.

    Args:
        ask: What comes next in the interview.
        step: Number of the step, from 1, over all ``parts`` of ``ask``.
        mark: What became of it.

    Raises:
        EvidenceError: Nothing that is asked has such a step, or the mark is none.
    """
    instructions = [one for part in ask.parts for one in part.steps] if ask is not None else []
    if ask is None or not 1 <= step <= len(instructions):
        having = f"steps 1 to {len(instructions)}" if instructions else "no steps"
        raise EvidenceError(f"there is no step {step}: what is asked has {having}")
    if mark not in _MARKS:
        raise EvidenceError(f"a step can be {', '.join(_MARKS)}, not {mark!r}")
    return Event("ticked", ask.id, mark, text=instructions[step - 1].do, step=step)


def ticks(log: Iterable[Event]) -> tuple[Ticked, ...]:
    """Return the ticks that hold: of several for one step the last, ordered by what they belong to and by number."""
    latest = {(event.id, event.step): event for event in log if event.kind == "ticked"}
    found: list[Ticked] = []
    for (id_, step), event in sorted(latest.items(), key=lambda item: item[0]):
        mark = _MARKS.get(event.value)
        if mark is not None:
            found.append(Ticked(id_, step, mark, event.text))
    return tuple(found)
