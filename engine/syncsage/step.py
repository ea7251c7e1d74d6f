"""The step of an interview: one frozen object that REPL, JSON and embedders share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from syncsage.observing.model import NOTHING, Level, Match, Observation, Parsed
from syncsage.reasoning.model import Trace

Band = Literal["confirmed", "likely", "possible", "ruled out"]
NextKind = Literal["question", "check", "consent", "fix"]
#: Why the next step is what it is: it tells causes apart, may prove or rule out the only one, keeps from harm, decides
#: what applies at all, completes a rule, settles two statements that do not fit, or mends.
Reason = Literal["discriminate", "confirm", "exclude", "safety", "scope", "required-by-rule", "contradiction", "fix"]
#: Why the questions end: a fix worked; one cause stands out; one that needs no repair does; a fix costs less than
#: another question; no question is left that pays; enough was asked; too little is known; the fixes left are too risky
#: for the person; not of this field; recognised but no causes known; nothing was told.
StopReason = Literal[
    "resolved",
    "identified",
    "healthy",
    "fix-pays",
    "exhausted",
    "question-limit",
    "not-known",
    "declined",
    "not-covered",
    "pointer",
    "nothing-told",
]
#: What an answer does not fit: what a text shows, what follows from other answers, or every cause known.
ConflictKind = Literal["text", "rule", "ruled-out"]
#: What became of a step of a procedure.
Mark = Literal["done", "skipped"]
UnknownReason = Literal["dont_know", "no_access", "later", "refused", "not_applicable"]

#: The value that says "not known"; always accepted, never declared by a finding.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer: a finding id with one of its values.

    ``asked`` is False for what was known beforehand: it does not count as a question.

    Reserved forms are answers too: ``problem`` (value: a problem id that a person picked), ``fix:<cause id>`` (value:
    ``worked`` or ``failed``), ``consent:<cause id>`` (``yes`` or ``no`` to a risky fix), ``conflict:<finding id>`` (the
    value that holds where an answer was contradicted), and for any id the value ``unknown`` with a reason.
    """

    id: str
    value: str
    reason: UnknownReason = "dont_know"
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for or against a cause, as the trace has it."""

    finding: str
    value: str
    text: str
    rule: str
    weight: str
    origin: str


@dataclass(frozen=True, slots=True)
class RankedCause:
    """A cause with its standing.

    Attributes:
        band: A word of confidence; ``confirmed`` only by a rule or a fix that worked.
        probability: 0..1 among the candidates left.
        supporting: Grounds for it, strongest first.
        against: Grounds against it, strongest first.
        unknown: Ids of findings that would tell and are not known.
        excluded_by: The ground that rules it out, or None.
        ceiling: The highest word of confidence that what is known allows, whatever the probability: *possible* while
            nothing decisive for it is known, *likely* without proof.
    """

    id: str
    title: str
    band: Band
    probability: float
    healthy: bool
    supporting: tuple[Ground, ...]
    against: tuple[Ground, ...]
    unknown: tuple[str, ...]
    excluded_by: Ground | None = None
    ceiling: Band = "confirmed"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the next step: value, label, and other words by which people give the same answer."""

    value: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instruction:
    """One numbered step of a procedure."""

    do: str
    expect: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """A procedure ready to show: the variant that fits what is known is already chosen."""

    id: str
    title: str
    kind: str
    minutes: float
    risk: str
    needs: tuple[str, ...]
    steps: tuple[Instruction, ...]
    notes: tuple[str, ...]
    undo: str
    sources: tuple[str, ...]
    others: tuple[tuple[str, tuple[Instruction, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next.

    ``id`` is what the answer is given to: a finding id, ``problem``, ``conflict:<finding id>``, ``consent:<cause id>``
    (asked before a risky fix is shown), or ``fix:<cause id>``. ``command`` is a line to
    copy that finds the answer out and changes nothing; ``good`` and ``bad`` say what it then shows.
    """

    kind: NextKind
    id: str
    text: str
    choices: tuple[Option, ...]
    help: str
    minutes: float
    risk: str
    rationale: str
    paste: bool = False
    procedure: ProcedureView | None = None
    verify: ProcedureView | None = None
    reason: Reason = "discriminate"
    command: str = ""
    good: str = ""
    bad: str = ""

    @property
    def parts(self) -> tuple[ProcedureView, ...]:
        """The procedures to go through: the one of the question or fix, then that of its verification."""
        return tuple(part for part in (self.procedure, self.verify) if part is not None)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What became of one step of the procedures of a question or a fix.

    Attributes:
        id: What the procedures belong to, as in :class:`Next`.
        step: Number of the step, from 1, over all ``parts``.
        mark: What became of it.
        text: What the step said then; it bears on no step that says something else.
    """

    id: str
    step: int
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer that something contradicts, to be settled by asking again.

    Until then a text goes before the answer, and the answer before what a rule concludes.

    Attributes:
        finding: What was answered.
        answered: The value of the answer.
        shown: The value that contradicts it; empty where the answer only rules out every cause.
        text: Both sides in one sentence.
    """

    finding: str
    kind: ConflictKind
    answered: str
    shown: str
    text: str


@dataclass(frozen=True, slots=True)
class ToCollect:
    """Something to fetch later: the finding, its question, where to look, and the line that finds it out."""

    finding: str
    text: str
    help: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The state of an interview after some evidence: a pure function of knowledge and evidence.

    ``stop_reason`` is None while there is something to ask.
    """

    match: Level
    problems: tuple[Match, ...]
    nearest: tuple[Match, ...]
    causes: tuple[RankedCause, ...]
    next: Next | None
    should_stop: bool
    stop_reason: StopReason | None
    to_collect: tuple[ToCollect, ...]
    observations: tuple[Observation, ...]
    advice: tuple[str, ...]
    procedures: tuple[ProcedureView, ...]
    kb_version: str
    asked: int
    trace: Trace
    evidence: tuple[Evidence, ...] = ()
    parsed: Parsed = NOTHING
    conflicts: tuple[Conflict, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON: sorted, stable, without the trace."""
        from syncsage.serialise import step_to_dict

        return step_to_dict(self)
