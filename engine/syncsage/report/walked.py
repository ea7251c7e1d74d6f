"""The procedures that somebody went through, with what became of their steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from syncsage.report.parts import WalkedPart
from syncsage.report.turns import Turn
from syncsage.step import Mark, Next, Ticked


def walked_parts(turns: Sequence[Turn], ticks: Sequence[Ticked]) -> tuple[WalkedPart, ...]:
    """Return each procedure with a ticked step, in the order in which they were asked for.

    What was asked by nothing that holds has no part, nor has a step that says something else by now.
    """
    asked = {turn.step.next.id: turn.step.next for turn in turns if turn.step.next is not None}
    return tuple(part for ask in asked.values() for part in _parts(ask, [t for t in ticks if t.id == ask.id]))


def _parts(ask: Next, ticks: Sequence[Ticked]) -> Iterator[WalkedPart]:
    before = 0
    for view in ask.parts:
        marks: dict[int, Mark] = {}
        steps = {before + number: step.do for number, step in enumerate(view.steps, start=1)}
        for tick in ticks:
            if steps.get(tick.step) == tick.text:
                marks[tick.step - before] = tick.mark
        before += len(view.steps)
        if marks:
            done, skipped = (tuple(n for n, mark in marks.items() if mark == of) for of in ("done", "skipped"))
            yield WalkedPart(ask.id, view.title, len(view.steps), done, skipped)
