"""The answers to "why", "how", "why not", "what if", and what is known: typed, ready to be shown anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from syncsage.explanation.moves import Difference
from syncsage.explanation.reasons import Ceiling, Origin, Reason, ReasonKind, Requirement, RuleState
from syncsage.knowledge.model import CodeEntry
from syncsage.serialise import plain
from syncsage.step import Band, Option, Step, UnknownReason
from syncsage.step import Reason as NextReason

WhyKind = NextReason | Literal["end"]


class Plain:
    """Something with a form for JSON; its schema is ``syncsage/explanation.schema.json``."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        data: dict[str, Any] = plain(self)
        return data


@dataclass(frozen=True, slots=True)
class Explanation(Plain):
    """How a cause stands and on what grounds.

    Attributes:
        rank: Its place among the causes of the step, counted from 1; None where nothing raised it.
        ceiling: How sure it can become, None where it is proven or ruled out.
        sources: Where the knowledge of it comes from, as "title, section".
        reasons: All grounds, numbered.
    """

    id: str
    title: str
    band: Band
    probability: float
    rank: int | None
    summary: str
    ceiling: Ceiling | None
    sources: tuple[str, ...]
    reasons: tuple[Reason, ...]

    def of(self, *kinds: ReasonKind) -> tuple[Reason, ...]:
        """Return the reasons of some kinds."""
        return tuple(reason for reason in self.reasons if reason.kind in kinds)

    def at(self, number: str) -> Reason | None:
        """Return the reason with the address ``number``, at any depth."""
        level, found = self.reasons, None
        for place in range(1, len(parts := number.split(".")) + 1):
            found = next((r for r in level if r.number == ".".join(parts[:place])), None)
            if found is None:
                return None
            level = found.below
        return found


@dataclass(frozen=True, slots=True)
class Favoured:
    """A cause that an answer would speak for, with its probability before and after."""

    id: str
    title: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Favour:
    """What one answer would speak for, most favoured first."""

    option: Option
    causes: tuple[Favoured, ...]


@dataclass(frozen=True, slots=True)
class Why(Plain):
    """Why the next step is what it is.

    Attributes:
        rules: Rules that wait for the answer.
    """

    kind: WhyKind
    text: str
    favours: tuple[Favour, ...]
    rules: tuple[RuleState, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """A part of how far one cause is ahead of another: ``times`` above 1 speaks for the one ahead."""

    text: str
    times: float


@dataclass(frozen=True, slots=True)
class WhyNot(Plain):
    """Why a cause is not the first: ruled out, never raised, or outranked.

    Attributes:
        text: The reason in a sentence.
        excluded_by: What rules it out.
        requires: Rules that would raise or prove it and lack an input, the one that lacks least first.
        missing: The first condition that is not known.
        rank: Its place, None where it is ruled out or was never raised.
        ahead: Ids of the causes before it.
        times: How many times as probable the first one is.
        factors: What that comes from, the greatest first; their product is ``times``.
    """

    id: str
    title: str
    text: str
    excluded_by: Reason | None
    requires: tuple[RuleState, ...]
    missing: Requirement | None
    rank: int | None
    ahead: tuple[str, ...]
    times: float | None
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class WhatIf(Plain):
    """The step that an answer would lead to, and how it differs from the one without it."""

    step: Step
    difference: Difference


@dataclass(frozen=True, slots=True)
class Known:
    """A fact: the question or name, the value with its label, and where it comes from."""

    finding: str
    text: str
    value: str
    label: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A question that was asked and not answered: why, by which event, and where to look."""

    finding: str
    text: str
    reason: UnknownReason
    said: int | None
    help: str


@dataclass(frozen=True, slots=True)
class Facts(Plain):
    """Everything that is known, and what was asked for and is not."""

    known: tuple[Known, ...]
    unknown: tuple[NotKnown, ...]


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What the knowledge says of a code: entries, and titles of the problems that show it by id."""

    query: str
    entries: tuple[CodeEntry, ...]
    problems: tuple[tuple[str, str], ...]
    nearest: tuple[str, ...] = ()
