"""The answers to "why": typed, generated from the trace alone, ready to be shown anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from syncsage.step import Band, Ground, Option, Reason, Step, ToCollect


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a cause stands and on what grounds.

    Attributes:
        unknown: What would still tell, with where to look.
        raised_by: Titles of the problems (or rules) that made it a candidate.
        sources: Where the knowledge comes from, as "title, section".
    """

    id: str
    title: str
    band: Band
    probability: float
    summary: str
    raised_by: tuple[str, ...]
    supporting: tuple[Ground, ...]
    against: tuple[Ground, ...]
    unknown: tuple[ToCollect, ...]
    excluded_by: Ground | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Favour:
    """What one answer would speak for: causes by title, most favoured first."""

    option: Option
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why the next step is what it is."""

    kind: Reason
    text: str
    favours: tuple[Favour, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a cause is not the first: excluded, never raised, or outranked."""

    id: str
    title: str
    text: str
    excluded_by: Ground | None
    missing: tuple[str, ...]
    rank: int | None
    ahead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """How a cause moved between two steps. None where it was no candidate."""

    id: str
    title: str
    before: Band | None
    after: Band | None
    probability_before: float
    probability_after: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The step that an answer would lead to, and what it would move."""

    step: Step
    moved: tuple[Move, ...]
