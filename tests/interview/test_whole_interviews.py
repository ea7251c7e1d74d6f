"""Interviews held to the end, with administrators who answer anything, on both knowledge bases."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from syncsage.choosing import MOST_QUESTIONS
from syncsage.engine import Engine
from syncsage.evidence import FAILED
from syncsage.interview import NOTHING
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import Match, Parsed
from syncsage.report import Versions, make_report
from syncsage.step import UNKNOWN, Evidence, Step

#: Shares of "not known" among the answers; 1.0 knows nothing at all.
IGNORANCE = (0.0, 0.2, 0.5, 1.0)
SEEDS = range(3)


@pytest.fixture(scope="module")
def bundled() -> Engine:
    return Engine.load(cache_dir=None)


@pytest.fixture(params=["bicycle", "bundled"])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    name = "certain_engine" if request.param == "bicycle" else "bundled"
    return request.getfixturevalue(name)  # type: ignore[no-any-return]


def seen(kb: KnowledgeBase, problem: str) -> Parsed:
    entry = kb.problems[problem]
    match = Match(problem, entry.title, 1.0, "exact", entry.coverage, "signature")
    return Parsed("exact", (match,), (), (), (), ("text",), 0, ())


def hold(engine: Engine, parsed: Parsed, start: Sequence[Evidence], ignorance: float, seed: int) -> list[Step]:
    """Hold an interview to its end; every fix but the third fails."""
    chance = random.Random(seed)
    evidence, steps, tried = list(start), list[Step](), 0
    while True:
        step = engine.diagnose(evidence, parsed=parsed)
        steps.append(step)
        if step.next is None:
            return steps
        assert len(steps) < 80, f"no end: {[e.id for e in evidence]}"
        assert step.next.id not in {e.id for e in evidence}, f"asked twice: {step.next.id}"
        assert step.next.id not in {o.finding for o in step.observations}, f"known already: {step.next.id}"
        values = [choice.value for choice in step.next.choices]
        if step.next.kind == "fix":
            tried += 1
            evidence.append(Evidence(step.next.id, "worked" if tried == 3 else FAILED))
        elif chance.random() < ignorance:
            reason = chance.choice(("dont_know", "no_access", "later", "refused"))
            evidence.append(Evidence(step.next.id, UNKNOWN, reason))  # type: ignore[arg-type]  # one of the reasons
        else:
            evidence.append(Evidence(step.next.id, chance.choice(values)))


def starts(kb: KnowledgeBase) -> list[tuple[Parsed, tuple[Evidence, ...]]]:
    full = [problem.id for problem in kb.problems.values() if problem.coverage == "full"]
    return [(seen(kb, p), ()) for p in full] + [(NOTHING, (Evidence("problem", p, asked=False),)) for p in full]


@pytest.mark.parametrize("ignorance", IGNORANCE)
def test_every_interview_ends_with_a_reason_within_its_limits(any_engine: Engine, ignorance: float) -> None:
    for parsed, start in starts(any_engine.kb):
        for seed in SEEDS:
            steps = hold(any_engine, parsed, start, ignorance, seed)
            last = steps[-1]
            failed = sum(1 for e in last.evidence if e.value == FAILED)
            doubts = sum(1 for e in last.evidence if e.id.startswith("conflict:"))
            assert last.stop_reason is not None
            assert last.asked <= MOST_QUESTIONS + 3 * failed + doubts
            assert (last.stop_reason == "resolved") == any(e.value == "worked" for e in last.evidence)
            for step in steps:
                wanted = step.next is not None and step.next.kind != "fix"
                assert (step.stop_reason is None) == wanted or step.stop_reason == "not-covered"
            assert make_report(any_engine.kb, (), Versions("", "", "", ""), last).standing


def test_who_knows_nothing_is_told_that_it_cannot_be_told(any_engine: Engine) -> None:
    for parsed, start in starts(any_engine.kb):
        last = hold(any_engine, parsed, start, 1.0, 0)[-1]
        if len(last.causes) > 1:
            assert {c.band for c in last.causes} == {"possible"}
            assert last.asked <= 6


def test_a_step_depends_on_the_answers_alone(any_engine: Engine) -> None:
    """Undo is a replay: every step of an interview comes again from the answers it had, in any order."""
    for parsed, start in starts(any_engine.kb)[::4]:
        for step in hold(any_engine, parsed, start, 0.2, 1):
            again = any_engine.diagnose(step.evidence[::-1], parsed=parsed)
            assert again == step


def test_ceilings_hold(any_engine: Engine) -> None:
    words = ("ruled out", "possible", "likely", "confirmed")
    for parsed, start in starts(any_engine.kb):
        for step in hold(any_engine, parsed, start, 0.2, 2):
            for cause in step.causes:
                assert words.index(cause.band) <= words.index(cause.ceiling), cause
                if cause.ceiling == "likely":
                    assert cause.supporting or step.match == "exact", cause
            if step.stop_reason in ("identified", "healthy"):
                assert step.next is not None
                proposed = next(c for c in step.causes if c.id == step.next.id.partition(":")[2])
                assert proposed.ceiling in ("likely", "confirmed")


def test_nothing_is_called_healthy_on_the_word_of_a_text_alone(bundled: Engine) -> None:
    healthy = {c.id for c in bundled.kb.causes.values() if c.healthy}
    for problem in bundled.kb.problems.values():
        if healthy & set(problem.causes):
            assert bundled.diagnose(parsed=seen(bundled.kb, problem.id)).stop_reason != "healthy", problem.id
