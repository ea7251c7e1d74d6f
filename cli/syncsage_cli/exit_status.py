"""What the exit codes of the program mean, and which one a diagnosis deserves."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from syncsage import Engine
    from syncsage.observing.logs.model import Track
    from syncsage.step import Step

#: Stop reasons that say: the cause is known, or nothing is wrong.
SETTLED = frozenset({"resolved", "identified", "healthy"})


class ExitStatus(IntEnum):
    """Exit codes, for scripts to branch on."""

    OK = 0
    ERROR = 1
    USAGE = 2
    KNOWLEDGE = 3
    SEVERAL_CAUSES = 10
    NOT_ENOUGH = 11
    INTERRUPTED = 130


def status_of(step: Step) -> ExitStatus:
    """Return the exit code for a diagnosis.

    Args:
        step: Where the diagnosis stands.

    Returns:
        ``OK`` for one identified cause or a healthy system, ``SEVERAL_CAUSES`` while more than one cause is
        possible, ``NOT_ENOUGH`` where the text is not known or says too little to tell.
    """
    if step.stop_reason in SETTLED:
        return ExitStatus.OK
    left = [cause for cause in step.causes if cause.band != "ruled out"]
    asks_for_the_problem = step.next is not None and step.next.id == "problem"
    if len(left) < 2 or asks_for_the_problem:
        return ExitStatus.NOT_ENOUGH
    return ExitStatus.SEVERAL_CAUSES


def status_of_track(track: Track, engine: Engine) -> ExitStatus:
    """Return the exit code for logs: that of the last run, or of the whole where no run is visible.

    Args:
        track: What the logs say.
        engine: Tells how many causes the recognised problem leaves.

    Returns:
        ``OK`` where nothing is wrong, or one cause is identified; else as for a diagnosis of the first problem.
    """
    from syncsage.observing.logs.model import FailureSignature
    from syncsage.step import Evidence

    last = track.runs[-1] if track.runs else None
    outcome, signature = (last.outcome, last.signature) if last is not None else (track.verdict, track.signature)
    unharmed = last is not None and last.failing_step is None and signature == FailureSignature()
    if outcome == "success" or (outcome == "partial" and unharmed):
        return ExitStatus.OK
    problems = (last.problems if last is not None else ()) or track.problems
    if not problems:
        return ExitStatus.NOT_ENOUGH
    return status_of(engine.diagnose([Evidence("problem", problems[0])], scope=dict(track.known)))
