"""Interviews over the bicycle knowledge, opened with texts that are understood already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from syncsage.engine import Engine
from syncsage.interview import NOTHING
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import Level, Match, Observation, Parsed, Span
from syncsage.step import Evidence, Step

SCORES: dict[Level, float] = {"exact": 1.0, "strong": 0.85, "weak": 0.5, "none": 0.1}


@pytest.fixture(scope="session")
def understood(bicycle: KnowledgeBase) -> Callable[..., Parsed]:
    """Make a parsed text: ``understood("chain-skips", level="weak", findings={...})``."""

    def make(*problems: str, level: Level = "exact", findings: dict[str, str] | None = None) -> Parsed:
        entries = [bicycle.problems[p] for p in problems]
        matches = tuple(
            Match(p.id, p.title, SCORES[level] - i / 100, level, p.coverage, "signature") for i, p in enumerate(entries)
        )
        seen = tuple(
            Observation(finding, value, "exact", Span(3, 3), "the words read")
            for finding, value in sorted((findings or {}).items())
        )
        top: Level = level if problems else "none"
        return replace(NOTHING, level=top, problems=matches, observations=seen, salient=("some words",))

    return make


@pytest.fixture(scope="session")
def ask(certain_engine: Engine) -> Callable[..., Step]:
    """Take a step: ``ask(parsed, ("chain-oiled", "no"), ("last-ride", "unknown", "later"))``."""

    def step(parsed: Parsed | None = None, *answers: Sequence[str]) -> Step:
        evidence = [Evidence(*answer) for answer in answers]  # type: ignore[arg-type]  # reasons as plain words
        return certain_engine.diagnose(evidence, parsed=parsed or NOTHING)

    return step
