"""The steps of one run, each with its place in the process, its standing and its bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from syncsage.knowledge.model import KnowledgeBase, Tracking
from syncsage.observing.logs.model import Run, RunStep
from syncsage.report import timeline_words as words

StepStanding = Literal["done", "failed", "running", "ahead"]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a run, or one that the run has not reached.

    Attributes:
        number: Its place in the process, from 1.
        title: Its name.
        standing: How it went.
        started: When it began, None if not known or not reached.
        seconds: How long it took, None if not known.
        lines: First and last line of the log that speak of it, None if not reached.
        begin, share: Where its bar begins and how long it is, as parts of the whole run; both 0 without times.
        remark: ``failed here``, or how far it is.
    """

    number: int
    title: str
    standing: StepStanding
    started: datetime | None = None
    seconds: float | None = None
    lines: tuple[int, int] | None = None
    begin: float = 0.0
    share: float = 0.0
    remark: str = ""


def process_of(run: Run, kb: KnowledgeBase) -> Tracking | None:
    """Return the process that a run followed: by its role, else by the names of its steps."""
    if kb.runs is not None:
        roles = {role.id: role.tracking for role in kb.runs.roles}
        own = kb.tracking.get(roles.get(run.role) or roles.get(kb.runs.default_role, ""))
        if own is not None:
            return own
    shown = {(step.id, step.name) for step in run.steps}
    return max(
        (t for t in kb.tracking.values() if {s.id for s in t.steps} & {s.id for s in run.steps}),
        key=lambda t: len(shown & {(s.id, s.title) for s in t.steps}),
        default=None,
    )


def step_rows(run: Run, order: Sequence[str], names: Mapping[str, str]) -> tuple[StepRow, ...]:
    """Return the steps that a run reached, and behind them those that it did not.

    Args:
        run: The run.
        order: Ids of the steps of the process.
        names: Their names.
    """
    bars = _bars(run.steps)
    numbers = {step: number for number, step in enumerate(order, start=1)}
    last = run.steps[-1].id if run.steps else ""
    rows: list[StepRow] = []
    for step, (begin, share) in zip(run.steps, bars, strict=True):
        standing = _standing(run, step.id, last)
        remark = "failed here" if standing == "failed" else words.progress(run) if standing == "running" else ""
        number = numbers.get(step.id, len(rows) + 1)
        rows.append(StepRow(number, step.name, standing, step.started, step.seconds, step.lines, begin, share, remark))
    if run.failing_step is not None and run.failing_step not in {step.id for step in run.steps}:
        name = names.get(run.failing_step, run.failing_step)
        rows.append(StepRow(numbers.get(run.failing_step, len(rows) + 1), name, "failed", remark="failed here"))
    rows.sort(key=lambda row: row.number)
    if run.outcome == "success" or not run.steps:
        return tuple(rows)
    furthest = rows[-1].number
    ahead = (StepRow(numbers[step], names[step], "ahead") for step in order if numbers[step] > furthest)
    return (*rows, *ahead)


def _standing(run: Run, step: str, last: str) -> StepStanding:
    if step == run.failing_step:
        return "failed"
    return "running" if run.outcome == "partial" and run.failing_step is None and step == last else "done"


def _bars(steps: Sequence[RunStep]) -> list[tuple[float, float]]:
    """Return begin and length of every bar as parts of the time from the first step to the end of the last."""
    times = [(step.started, step.seconds or 0.0) for step in steps if step.started is not None]
    if not times or len({moment.tzinfo is None for moment, _ in times}) > 1:
        return [(0.0, 0.0)] * len(steps)
    first = min(moment for moment, _ in times)
    whole = max((moment - first).total_seconds() + seconds for moment, seconds in times)
    if whole <= 0:
        return [(0.0, 0.0)] * len(steps)
    return [
        ((step.started - first).total_seconds() / whole, (step.seconds or 0.0) / whole) if step.started else (0.0, 0.0)
        for step in steps
    ]
