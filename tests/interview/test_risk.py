"""Risky fixes: never first, and never shown without a yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.engine import Engine
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import Parsed
from syncsage.step import UNKNOWN, Evidence, Step

Understood = Callable[..., Parsed]
PROOF = Evidence("chain-gauge", "drops-in")


@pytest.fixture(scope="module")
def risky(bicycle: KnowledgeBase) -> Engine:
    """The bicycle, on which a new chain is a dangerous thing."""
    fix = replace(bicycle.procedures["replace-the-chain"], risk="high", undo="Keep the old chain.")
    return Engine(replace(bicycle, procedures=dict(bicycle.procedures) | {fix.id: fix}))


def ask(engine: Engine, parsed: Parsed, *evidence: Evidence) -> Step:
    return engine.diagnose(evidence, parsed=parsed)


def test_a_proven_cause_with_a_risky_fix_asks_for_a_yes(risky: Engine, understood: Understood) -> None:
    step = ask(risky, understood("chain-skips"), PROOF)
    assert step.next is not None
    assert (step.next.kind, step.next.id, step.next.reason) == ("consent", "consent:chain-worn", "safety")
    assert [c.value for c in step.next.choices] == ["yes", "no"]
    assert (step.next.risk, step.next.procedure, step.stop_reason) == ("high", None, "identified")
    assert step.next.help == "To undo: Keep the old chain."
    agreed = ask(risky, understood("chain-skips"), PROOF, Evidence("consent:chain-worn", "yes"))
    assert agreed.next is not None
    assert agreed.next.id == "fix:chain-worn"
    assert agreed.asked == step.asked


@pytest.mark.parametrize("value", ["no", UNKNOWN])
def test_who_does_not_want_it_is_not_asked_again(risky: Engine, understood: Understood, value: str) -> None:
    step = ask(risky, understood("chain-skips"), PROOF, Evidence("consent:chain-worn", value))
    assert (step.next, step.stop_reason) == (None, "declined")


def test_a_risky_fix_waits_for_a_proof_or_the_end(risky: Engine, understood: Understood) -> None:
    """However probable its cause, it is no more than the last resort while nothing proves it."""
    parsed = understood("chain-skips")
    step = ask(risky, parsed, Evidence("skips-in", "all-gears"), Evidence("cable-tension", "right"))
    assert step.causes[0].id == "chain-worn"
    assert step.next is not None
    assert step.next.id == "chain-gauge"
    last = [Evidence("skips-in", "all-gears"), Evidence("cable-tension", "right"), Evidence("chain-gauge", UNKNOWN)]
    step = ask(risky, parsed, *last)
    assert step.next is not None
    assert (step.next.kind, step.stop_reason) == ("consent", "exhausted")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_risky_fix_is_ever_shown_without_a_yes(risky: Engine, understood: Understood, data: st.DataObject) -> None:
    findings = sorted(f.id for f in risky.kb.findings.values() if f.ask)
    chosen = data.draw(st.lists(st.sampled_from(findings), max_size=6, unique=True))
    evidence = [Evidence(f, data.draw(st.sampled_from([*risky.kb.findings[f].values, UNKNOWN]))) for f in chosen]
    evidence += [Evidence("fix:shift-cable-slack", "failed")] if data.draw(st.booleans()) else []
    step = risky.diagnose(
        evidence, parsed=understood("chain-skips", level=data.draw(st.sampled_from(["exact", "weak"])))
    )
    if step.next is not None and step.next.kind == "fix":
        assert step.next.risk != "high"
    if step.next is not None and step.next.kind == "consent" and step.causes[0].band != "confirmed":
        others = {c.id for c in step.causes if c.band == "likely"} - {"chain-worn"}
        assert not others
