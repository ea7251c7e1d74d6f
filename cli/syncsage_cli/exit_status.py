"""What the exit codes of the program mean, and which one a diagnosis deserves."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
