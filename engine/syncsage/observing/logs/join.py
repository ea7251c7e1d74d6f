"""Runs of several logs, or told twice in one text, made into one story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from syncsage.observing.logs.draft import Moment, RunDraft, Shown
from syncsage.observing.logs.grammar import RunGrammar

#: Clocks of two machines, and a log that is written a little later, still show the same moment.
SLACK = timedelta(minutes=3)


def same_report(runs: Sequence[RunDraft], grammar: RunGrammar) -> list[RunDraft]:
    """Leave out what tells of a run for a second time in the same text.

    Articles quote several ways in which a run may begin, one below the other and without times; reports quote the
    message of a failure beside the log that shows it.
    """
    rank = grammar.rank
    failed = [run for run in runs if run.state == "bad"]
    lead = min((rank[run.log.id] for run in failed), default=0)
    kept: list[RunDraft] = []
    for run in runs:
        if run.state == "bad" and rank[run.log.id] > lead and run.first.utc is None and run.first.local is None:
            continue
        if kept and _only_begun(kept[-1], grammar) and kept[-1].log is run.log and run.begun:
            kept.pop()
        kept.append(run)
    return kept


def _only_begun(run: RunDraft, grammar: RunGrammar) -> bool:
    tracking = grammar.default()
    first = tracking.steps[0].id if tracking else ""
    timed = run.first.utc or run.first.local or run.stamps
    moved = any(grammar.steps[mark] != first for position in run.positions for mark in position.marks)
    return not (timed or moved or run.failing or run.ends or run.sites)


def join_sides(groups: Sequence[Sequence[RunDraft]], grammar: RunGrammar) -> list[RunDraft]:
    """Return the runs of all logs in the order of time; where two logs show one run, the more telling one leads.

    Args:
        groups: The runs of each log.
        grammar: Knows which log tells most.
    """
    every = [run for group in groups for run in group]
    ordered = sorted(every, key=lambda run: grammar.rank[run.log.id])
    kept: list[RunDraft] = []
    for run in ordered:
        lead = next((k for k in kept if k.log is not run.log and _during(k, run.first)), None)
        if lead is None:
            kept.append(run)
        else:
            lead.beside.extend(run.failing or run.beside)
    kept = [run for run in every if any(run is k for k in kept)]
    if len(groups) > 1 and all(_time(run.first) for run in kept):
        kept.sort(key=lambda run: _stamp(run.first))
    return kept


def join_failures(runs: Sequence[RunDraft], failures: Sequence[Shown]) -> None:
    """Add failures that other logs show at the time of a run that did not end well."""
    for run in runs:
        if run.state != "good":
            run.beside.extend(failure for failure in failures if _during(run, failure.at))


def _during(run: RunDraft, at: Moment) -> bool:
    pair = _pair(run.first, at)
    last = _pair(run.end or run.last, at)
    return bool(pair and last and pair[0] - SLACK <= pair[1] and last[1] <= last[0] + SLACK)


def _pair(first: Moment, second: Moment) -> tuple[datetime, datetime] | None:
    if first.utc and second.utc:
        return first.utc, second.utc
    return (first.local, second.local) if first.local and second.local else None


def _time(at: Moment) -> datetime | None:
    return at.utc or at.local


def _stamp(at: Moment) -> float:
    time = _time(at)
    return time.timestamp() if time else 0.0
