"""What the runs of a log tell the interview: how far it got, and what need not be asked any more."""

from __future__ import annotations

from syncsage.knowledge.model import KnowledgeBase, Tracking
from syncsage.observing.derive import Progress
from syncsage.observing.logs.model import Quote, Run, Track
from syncsage.observing.model import Observation, Span
from syncsage.observing.records import Record

_QUOTE = 120


def told_progress(kb: KnowledgeBase, track: Track) -> Progress | None:
    """Return how far the latest run got, None where the log shows no step of a run."""
    run = track.runs[-1] if track.runs else None
    tracking = _tracking(kb, run) if run else None
    step = (run.failing_step or (run.steps[-1].id if run.steps else "")) if run else ""
    if run is None or tracking is None or step not in {s.id for s in tracking.steps}:
        return None
    quote = run.quotes[-1] if run.quotes else Quote(1, "")
    last = run.steps[-1].lines[1] if run.steps else quote.line
    failed = run.outcome == "failure" or bool(run.update_failures)
    return Progress(tracking, step, Record(quote.text, Span(last, last)), len(run.steps), failed)


def told_facts(track: Track) -> tuple[Observation, ...]:
    """Return what the log settles."""
    quote = track.quotes[0] if track.quotes else Quote(1, "")
    where = Span(quote.line, quote.line)
    return tuple(Observation(finding, value, "exact", where, quote.text[:_QUOTE]) for finding, value in track.known)


def _tracking(kb: KnowledgeBase, run: Run) -> Tracking | None:
    if kb.runs is None:
        return None
    by_role = {role.id: role.tracking for role in kb.runs.roles}
    return kb.tracking.get(by_role.get(run.role, by_role.get(kb.runs.default_role, "")))
