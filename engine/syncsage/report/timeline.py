"""A track as a timeline: every run with its steps, times, bars and words, ready to be shown in any form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.model import Outcome, Quote, Run, Track, Verdict
from syncsage.report import timeline_words as words
from syncsage.report.timeline_steps import StepRow, process_of, step_rows

#: Failing runs shown in full, the latest ones.
FAILING = 2


@dataclass(frozen=True, slots=True)
class RunView:
    """One run in words.

    Attributes:
        number: From 1, in the order of the log.
        standing: ``succeeded``, ``failed``, ``waiting`` or ``unfinished``.
        verdict: The same in a sentence, with the step.
        began: Date and time in UTC and local; empty without times.
        took: How long it took; empty without times.
        trigger: What set it off, in words; empty if it does not show.
        about: Site, role and trigger as far as they show.
        steps: In order of the process; the ones not reached last.
        quotes: Lines that show what went wrong, or the last one of a run that goes on.
        reached, total: How many steps of the process it got to, and how many there are.
        problems: Titles of recognised problems, best first.
        percent, progress: How far an unfinished run says it is; None and empty where it does not.
    """

    number: int
    outcome: Outcome
    standing: str
    verdict: str
    started: datetime | None
    ended: datetime | None
    began: str
    took: str
    trigger: str
    about: tuple[str, ...]
    steps: tuple[StepRow, ...]
    reached: int
    total: int
    quotes: tuple[Quote, ...]
    signature: str
    problems: tuple[str, ...]
    percent: int | None
    progress: str
    items_failed: str
    notes: tuple[str, ...]
    next_log: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole track in words; ``quotes``, ``signature`` and ``problems`` are what it says beside its runs."""

    title: str
    about: tuple[str, ...]
    headline: str
    verdict: Verdict
    runs: tuple[RunView, ...]
    quotes: tuple[Quote, ...]
    signature: str
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def timeline(track: Track, kb: KnowledgeBase, title: str = "") -> Timeline:
    """Return a track as a timeline.

    Args:
        track: What the logs say.
        kb: The knowledge it was read with; it has the titles of problems and the steps that were not reached.
        title: What was read, such as the name of a file.
    """
    count = len(track.runs)
    track = track if len(track.files) > 1 else _without_file(track)
    runs = tuple(run_view(run, kb, n, latest=n == count) for n, run in enumerate(track.runs, start=1))
    last = runs[-1] if runs else None
    return Timeline(
        title=title or ", ".join(track.files) or "text",
        about=_about(track),
        headline=_headline(last, count) if last else words.WITHOUT_RUN[track.verdict],
        verdict=track.verdict,
        runs=runs,
        quotes=() if runs else track.quotes,
        signature="" if runs else words.signature(track.signature),
        problems=() if runs else _titles(track.problems, kb),
        notes=track.notes,
    )


def run_view(run: Run, kb: KnowledgeBase, number: int, *, latest: bool = True) -> RunView:
    """Return one run in words.

    Args:
        run: The run.
        kb: The knowledge it was read with.
        number: Which one it is, from 1.
        latest: Whether no other run follows it.
    """
    process = process_of(run, kb)
    order = tuple(step.id for step in process.steps) if process else tuple(step.id for step in run.steps)
    names = {step.id: step.title for step in process.steps} if process else {}
    names |= {step.id: step.name for step in run.steps}
    last = run.steps[-1].id if run.steps and run.outcome == "partial" else ""
    at = run.failing_step or last
    rows = step_rows(run, order, names)
    length = _seconds(run)
    return RunView(
        number=number,
        outcome=run.outcome,
        standing=words.standing(run),
        verdict=words.verdict(run, _place(at, order, names), latest=latest),
        started=run.started,
        ended=run.ended,
        began=words.moments(run.started, run.started_local),
        took=words.duration(length or None),
        trigger=words.TRIGGERS.get(run.trigger, ""),
        about=_of_run(run),
        steps=rows,
        reached=max((row.number for row in rows if row.standing != "ahead"), default=0),
        total=len(order),
        quotes=run.quotes if run.outcome != "success" or run.update_failures else (),
        signature=words.signature(run.signature),
        problems=_titles(run.problems, kb),
        percent=run.percent,
        progress=words.progress(run),
        items_failed=words.items_failed(run.update_failures),
        notes=run.notes,
        next_log=run.next_log,
    )


def in_full(runs: Sequence[RunView]) -> tuple[RunView, ...]:
    """Return the runs worth their steps: the last one, and the latest failing ones."""
    failing = [view.number for view in runs if view.outcome == "failure"][-FAILING:]
    return tuple(view for view in runs if view.number in failing or view is runs[-1])


def _headline(last: RunView, count: int) -> str:
    return f"The last of {count:,} runs: {last.verdict[:1].lower()}{last.verdict[1:]}" if count > 1 else last.verdict


def _without_file(track: Track) -> Track:
    """Return ``track`` with quotes that name no file: there is only one."""
    runs = tuple(replace(run, quotes=_bare(run.quotes)) for run in track.runs)
    return replace(track, runs=runs, quotes=_bare(track.quotes))


def _bare(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    return tuple(replace(quote, file="") for quote in quotes)


def _about(track: Track) -> tuple[str, ...]:
    count = len(track.runs)
    runs = f"{count:,} {'run' if count == 1 else 'runs'}" if count else ""
    records = f"{track.records:,} {'record' if track.records == 1 else 'records'}"
    return tuple(part for part in (track.kind, f"format {track.format}" if track.format else "", records, runs) if part)


def _of_run(run: Run) -> tuple[str, ...]:
    site = f"site {run.site}" if run.site else ""
    parts = (site, words.ROLES.get(run.role, ""), words.TRIGGERS.get(run.trigger, ""))
    return tuple(part for part in parts if part)


def _titles(problems: Sequence[str], kb: KnowledgeBase) -> tuple[str, ...]:
    return tuple(kb.problems[problem].title if problem in kb.problems else problem for problem in problems)


def _place(step: str, order: Sequence[str], names: Mapping[str, str]) -> str:
    if not step:
        return ""
    name = names.get(step, step)
    return f"step {order.index(step) + 1} of {len(order)} ({name})" if step in order else f"the step “{name}”"


def _seconds(run: Run) -> float | None:
    if run.started is None or run.ended is None or (run.started.tzinfo is None) != (run.ended.tzinfo is None):
        return None
    return max(0.0, (run.ended - run.started).total_seconds())
