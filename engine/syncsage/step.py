"""The step of an interview: one frozen object that REPL, JSON and embedders share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from syncsage.observing.model import Level, Match, Observation
from syncsage.reasoning.model import Trace

Band = Literal["confirmed", "likely", "possible", "ruled out"]
NextKind = Literal["question", "check", "fix"]
UnknownReason = Literal["dont_know", "no_access", "later", "refused"]

#: The value that says "not known"; always accepted, never declared by a finding.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer: a finding id with one of its values.

    ``asked`` is False for what was known beforehand: it does not count as a question.

    Three reserved forms are answers too: ``problem`` (value: a problem id that a person picked),
    ``fix:<cause id>`` (value: ``worked`` or ``failed``), and for any id the value ``unknown`` with a reason.
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

    ``id`` is what the answer is given to: a finding id, ``problem``, or ``fix:<cause id>``. ``command`` is a line to
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
    command: str = ""
    good: str = ""
    bad: str = ""


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

    ``stop_reason``: resolved · identified · healthy · exhausted · question-limit · not-known · not-covered ·
    pointer · nothing-told · None while there is something to ask.
    """

    match: Level
    problems: tuple[Match, ...]
    nearest: tuple[Match, ...]
    causes: tuple[RankedCause, ...]
    next: Next | None
    should_stop: bool
    stop_reason: str | None
    to_collect: tuple[ToCollect, ...]
    observations: tuple[Observation, ...]
    advice: tuple[str, ...]
    procedures: tuple[ProcedureView, ...]
    kb_version: str
    asked: int
    trace: Trace
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON: sorted, stable, without the trace."""
        from syncsage.serialise import step_to_dict

        return step_to_dict(self)
