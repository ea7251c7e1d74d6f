"""What a report is made from: everything that was said, each with where it led."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from syncsage.observing.logs.model import Track
from syncsage.observing.model import Parsed
from syncsage.step import Step, UnknownReason

TurnKind = Literal["told", "answered", "tried"]


@dataclass(frozen=True, slots=True)
class Turn:
    """Something a person said in an interview, and the step that it led to.

    Attributes:
        parsed: What was understood of a text; None for answers.
        track: What a text says as a log; None for answers.
    """

    kind: TurnKind
    id: str
    value: str
    reason: UnknownReason
    text: str
    step: Step
    parsed: Parsed | None = None
    track: Track | None = None
