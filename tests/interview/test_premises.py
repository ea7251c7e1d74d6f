"""Take a cited premise away, and the conclusion weakens or goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.engine import Engine
from syncsage.explaining.effects import without
from syncsage.explanation import Reason
from syncsage.observing.model import NOTHING, Level, Match, Observation, Span
from syncsage.reasoning.model import Fact
from syncsage.step import Evidence, Step

BANDS = ("ruled out", "possible", "likely", "confirmed")


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine.load(cache_dir=tmp_path_factory.mktemp("cache"))


def steps(engine: Engine) -> st.SearchStrategy[Step]:
    """Steps after any problems, any facts read in a text, and any answers."""
    kb = engine.kb

    def step(levels: dict[str, Level], read: dict[str, int], answered: dict[str, int], fixed: set[str]) -> Step:
        matches = tuple(
            Match(p, kb.problems[p].title, 0.9, level, kb.problems[p].coverage, "signature", Span(1, 1), "words")
            for p, level in sorted(levels.items())
        )
        values = {f: kb.findings[f].values for f in (*read, *answered)}
        seen = tuple(
            Observation(f, values[f][n % len(values[f])], "exact", Span(2, 2), "words") for f, n in sorted(read.items())
        )
        parsed = replace(NOTHING, level=matches[0].level if matches else "none", problems=matches, observations=seen)
        evidence = [Evidence(f, values[f][n % len(values[f])]) for f, n in answered.items()]
        return engine.diagnose([*evidence, *(Evidence(f"fix:{cause}", "failed") for cause in fixed)], parsed=parsed)

    problems = st.sampled_from([p.id for p in kb.problems.values() if p.causes])
    findings = st.sampled_from([f.id for f in kb.findings.values() if len(f.values) > 1])
    levels: st.SearchStrategy[Level] = st.sampled_from(["exact", "strong", "weak"])
    places = st.integers(0, 11)
    return st.builds(
        step,
        st.dictionaries(problems, levels, max_size=2),
        st.dictionaries(findings, places, max_size=4),
        st.dictionaries(findings, places, max_size=6),
        st.sets(st.sampled_from(sorted(kb.causes)), max_size=1),
    )


def leaves(reason: Reason) -> Iterator[Reason]:
    """Yield what was told or answered that ``reason`` rests on."""
    if reason.kind in ("line", "answer", "beforehand"):
        yield reason
    for part in reason.below:
        yield from leaves(part)


def facts(reason: Reason) -> set[Fact]:
    """Return the facts that ``reason`` is directly about."""
    return {Fact(part.finding, part.value) for part in reason.below}


def odds(engine: Engine, step: Step, cause: str) -> float:
    chance = engine.interview.assess(step.evidence, step.parsed).verdicts.belief.get(cause, 0.0)
    return chance / (1 - chance) if chance < 1 else float("inf")


def weakens(engine: Engine, step: Step, cause: str, reason: Reason, leaf: Reason) -> bool:
    """Tell whether ``cause`` stands worse without ``leaf``, or has something else to show for the same."""
    evidence, parsed = without(step, Fact(leaf.finding, leaf.value))
    after = engine.diagnose(evidence, parsed=parsed)
    if facts(reason) <= set(after.trace.facts):
        return True
    standing = {c.id: c for c in after.causes}.get(cause)
    before = next(c for c in step.causes if c.id == cause)
    if standing is None or BANDS.index(standing.band) < BANDS.index(before.band):
        return True
    if reason.kind == "proof":
        proofs = engine.explain(after, cause).of("proof")
        return len(proofs) < len(engine.explain(step, cause).of("proof"))
    return odds(engine, after, cause) < odds(engine, step, cause)


def check_premises(engine: Engine, step: Step) -> None:
    for cause in step.causes:
        explained = engine.explain(step, cause.id)
        for reason in explained.of("proof", "for"):
            assert list(leaves(reason)), reason
            for leaf in leaves(reason):
                assert weakens(engine, step, cause.id, reason, leaf), (cause.id, reason, leaf)
        for reason in explained.of("excluded"):
            for leaf in leaves(reason):
                evidence, parsed = without(step, Fact(leaf.finding, leaf.value))
                after = engine.diagnose(evidence, parsed=parsed)
                left = {r.rule for r in engine.explain(after, cause.id).of("excluded")}
                assert reason.rule not in left or facts(reason) <= set(after.trace.facts), (cause.id, reason, leaf)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("knowledge", ["bicycle", "bundled"])
def test_without_a_cited_premise_a_conclusion_weakens_or_goes(
    certain_engine: Engine, bundled: Engine, knowledge: str, data: st.DataObject
) -> None:
    engine = certain_engine if knowledge == "bicycle" else bundled
    check_premises(engine, data.draw(steps(engine)))
