"""How causes stand and move."""

from __future__ import annotations

from dataclasses import dataclass

from syncsage.step import Band


@dataclass(frozen=True, slots=True)
class Stand:
    """How a cause stands."""

    id: str
    band: Band
    probability: float


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
class Difference:
    """What two steps differ in.

    Attributes:
        moved: Causes by the size of their move.
        problems_before: Titles of the problems in play.
        next_before: What came next, in words; empty at the end.
        next_same: Whether the same comes next.
    """

    moved: tuple[Move, ...]
    problems_before: tuple[str, ...]
    problems_after: tuple[str, ...]
    next_before: str
    next_after: str
    next_same: bool
