"""What explanations are made of: reasons, where facts come from, what became of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from syncsage.reasoning.model import RuleKind
from syncsage.step import Band, UnknownReason

ReasonKind = Literal[
    "raised", "excluded", "proof", "for", "against", "alike", "unknown", "rule", "line", "answer", "beforehand"
]
OriginKind = Literal["line", "answer", "beforehand", "rule"]
RuleStatus = Literal["fired", "not-evaluated", "not-met"]


@dataclass(frozen=True, slots=True)
class Said:
    """Which event of a session each fact comes from.

    Attributes:
        numbers: Finding, ``problem:<id>`` or ``fix:<cause>`` -> number of the event.
        texts: Number of an event -> the text that was told with it.
    """

    numbers: Mapping[str, int] = field(default_factory=dict[str, int])
    texts: Mapping[int, str] = field(default_factory=dict[int, str])


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from.

    Attributes:
        kind: A line of a text, an answer, known beforehand, or concluded by a rule.
        said: Number of the event of the session; None outside of one, and for what a rule concluded.
        first: First line of that text, counted from 1; None where no single place shows it.
        last: Last line of that text.
        quote: The words of these lines, masked.
        rule: Id of the rule.
    """

    kind: OriginKind
    said: int | None = None
    first: int | None = None
    last: int | None = None
    quote: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """How a cause would stand without one premise; without a band it would be no candidate."""

    band: Band | None
    probability: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of an explanation, and what it rests on in turn, down to a line, an answer and a source.

    Attributes:
        number: Its address below the cause: ``2``, ``2.1``, ``2.1.1``.
        kind: ``raised`` made the cause a candidate, ``excluded`` rules it out, ``proof`` proves it. ``for`` and
            ``against`` are what it would stand worse or better without; without what is ``alike`` it would stand the
            same. ``unknown`` is what would tell and is not known. Below these: what a ``rule`` concluded, and where
            a fact comes from.
        text: Question and answer, or what else is the case.
        finding: The finding, ``problem:<id>`` or ``fix:<cause>`` that it speaks of; empty where it speaks of several.
        value: Its value, empty where it is not known.
        weight: Word of likelihood that the knowledge gives it, empty where it gives none.
        rule: Id of the rule that fired.
        because: Why the rule holds.
        indirect: The cause says nothing of it: it speaks for other causes, or against them.
        expected: What the cause would rather show, where it says nothing of what is the case.
        not_known: Why the answer is not known, where it was asked for.
        effect: How the cause would stand without it; of several premises, without the one that matters most.
        sources: Where the rule comes from, as "title, section".
        below: What it rests on.
    """

    number: str
    kind: ReasonKind
    text: str
    finding: str = ""
    value: str = ""
    weight: str = ""
    rule: str = ""
    because: str = ""
    indirect: bool = False
    expected: str = ""
    not_known: UnknownReason | None = None
    origin: Origin | None = None
    effect: Effect | None = None
    sources: tuple[str, ...] = ()
    below: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition of a rule.

    Attributes:
        text: The question, or the name of the finding.
        values: What it may be, or, with ``negated``, must not be.
        labels: The same in words.
        known: What it is, None where that is not known.
        not_known: Why it is not known, where it was asked for.
    """

    finding: str
    text: str
    values: tuple[str, ...]
    labels: tuple[str, ...]
    negated: bool
    known: str | None
    not_known: UnknownReason | None


@dataclass(frozen=True, slots=True)
class RuleState:
    """What became of a rule.

    Attributes:
        status: ``not-evaluated`` lacks an input, which is not the same as false: see ``requires``. ``not-met`` is
            false: see ``failed``.
        text: What it concludes.
        target: The finding or cause that it concludes something of.
        premises: The facts that it fired on, in words.
        requires: What has to become known.
        failed: What is known to be otherwise.
    """

    id: str
    kind: RuleKind
    status: RuleStatus
    text: str
    target: str
    because: str
    premises: tuple[str, ...]
    requires: tuple[Requirement, ...]
    failed: tuple[Requirement, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The highest word of confidence that a cause can reach with what can still become known, and what stops it.

    A fix that works lifts every ceiling.
    """

    band: Band
    requires: tuple[Requirement, ...]
