"""The parts of a report."""

from __future__ import annotations

from dataclasses import dataclass

from syncsage.observing.model import Level
from syncsage.step import Band, Instruction, NextKind, Option


@dataclass(frozen=True, slots=True)
class ProblemPart:
    """What was recognised, in order of certainty."""

    id: str
    title: str
    level: Level
    summary: str


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A line of a text that tells something, and what it tells. ``line`` counts from 1."""

    line: int
    text: str
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogPart:
    """What a text says as a log: its last run."""

    verdict: str
    began: str
    took: str
    about: tuple[str, ...]
    signature: str
    next_log: str


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text that was told: its lines that tell something, or its first ones. ``lines`` counts all of them."""

    number: int
    lines: int
    telling: bool
    quotes: tuple[QuotedLine, ...]
    log: LogPart | None


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A question and its answer.

    Attributes:
        reason: Why it is not known; empty for an answer.
        moved: Causes whose standing it changed, in words.
        replaced: A later answer to the same question holds.
    """

    number: int
    id: str
    question: str
    answer: str
    reason: str
    moved: tuple[str, ...]
    replaced: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is known, and where from: an answer, a line, a rule."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class CausePart:
    """A cause that is left, best first. ``open``: questions whose answers would tell."""

    id: str
    title: str
    band: Band
    probability: float
    summary: str
    supporting: tuple[Reason, ...]
    against: tuple[Reason, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuledOutPart:
    """A cause that is ruled out, and why."""

    id: str
    title: str
    why: str
    origin: str


@dataclass(frozen=True, slots=True)
class ProcedurePart:
    """A procedure in the variant that fits. ``minutes`` is the time of a practised person."""

    title: str
    minutes: float
    risk: str
    needs: tuple[str, ...]
    steps: tuple[Instruction, ...]
    notes: tuple[str, ...]
    undo: str


@dataclass(frozen=True, slots=True)
class TriedPart:
    """A fix that was done, with its steps, and how it went."""

    number: int
    cause: str
    result: str
    procedure: ProcedurePart


@dataclass(frozen=True, slots=True)
class WalkedPart:
    """A procedure that somebody went through, by the numbers of its steps.

    Attributes:
        id: The question or fix that it belongs to.
        steps: How many there are.
    """

    id: str
    title: str
    steps: int
    done: tuple[int, ...]
    skipped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NextPart:
    """What to do next."""

    kind: NextKind
    id: str
    text: str
    help: str
    minutes: float
    risk: str
    rationale: str
    choices: tuple[Option, ...]
    procedure: ProcedurePart | None
    verify: ProcedurePart | None
    command: str = ""
    good: str = ""
    bad: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cause stood at one moment."""

    id: str
    band: Band
    probability: float


@dataclass(frozen=True, slots=True)
class Moment:
    """The causes after one turn, such as ``answer 2``."""

    label: str
    causes: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Titled:
    """A cause that some moment speaks of."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A place in a document, and what of this report rests on it."""

    document: str
    section: str
    uses: tuple[str, ...]
