"""What a session came to, short enough to be kept beside each event: the measure of a later replay."""

from __future__ import annotations

from dataclasses import dataclass

from syncsage.explanation import Stand
from syncsage.observing.model import Level
from syncsage.step import Step


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that a session file is, or was last, open in."""

    pid: int
    host: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a session stood after an event, by the knowledge of that time.

    Attributes:
        problems: Ids of the problems in play.
        causes: How each candidate stood, best first.
        next: Id of what was to be answered next, None at the end.
    """

    match: Level
    problems: tuple[str, ...]
    causes: tuple[Stand, ...]
    next: str | None
    stop_reason: str | None


def outcome_of(step: Step) -> Outcome:
    """Return the outcome that ``step`` stands for."""
    return Outcome(
        match=step.match,
        problems=tuple(match.id for match in step.problems),
        causes=tuple(Stand(cause.id, cause.band, cause.probability) for cause in step.causes),
        next=step.next.id if step.next else None,
        stop_reason=step.stop_reason,
    )
