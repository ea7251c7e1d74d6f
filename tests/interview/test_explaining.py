"""Why, how, why not, what if, facts, rules: read off the trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from syncsage.engine import Engine
from syncsage.errors import EvidenceError, UnknownIdError
from syncsage.explanation import Effect, Origin, Reason, RuleState
from syncsage.interview import NOTHING
from syncsage.observing.model import Match, Observation, Parsed, Span
from syncsage.step import UNKNOWN, Evidence, Step

Ask = Callable[..., Step]
Understood = Callable[..., Parsed]
HANDBOOK = "The home workshop handbook, “Drivetrain”"


# ------------------------------------------------------------------------------------------------------------- explain
def test_an_explanation_goes_down_to_line_answer_rule_and_source(
    certain_engine: Engine, ask: Ask, understood: Understood
) -> None:
    parsed = understood("chain-skips", findings={"skips-in": "all-gears"})
    step = ask(parsed, ("cable-tension", "right"))
    worn = certain_engine.explain(step, "chain-worn")
    (ground, other) = worn.of("for")
    assert (other.finding, other.value, other.indirect, other.origin) == (
        "cable-tension",
        "right",
        True,
        Origin("answer"),
    )
    assert ground == Reason(
        number="1",
        kind="for",
        text="In which gears does it skip: in all gears",
        finding="skips-in",
        value="all-gears",
        weight="likely",
        rule="support/chain-worn/skips-in=all-gears",
        origin=Origin("line", None, 3, 3, "the words read"),
        effect=ground.effect,
        sources=(HANDBOOK,),
        below=(
            Reason(
                "1.1",
                "line",
                "In which gears does it skip: in all gears",
                "skips-in",
                "all-gears",
                origin=Origin("line", None, 3, 3, "the words read"),
            ),
        ),
    )
    assert ground.effect is not None
    assert ground.effect.probability < worn.probability
    assert [(r.text, r.rule) for r in worn.of("raised")] == [
        ("The chain skips (exact)", "raise/chain-skips/chain-worn")
    ]
    assert [(r.finding, r.text) for r in worn.of("unknown")] == [
        ("chain-gauge", "Does a chain gauge drop in at the mark 0.75?")
    ]
    assert worn.sources == (HANDBOOK,)
    assert (worn.rank, worn.band, worn.probability) == (1, step.causes[0].band, step.causes[0].probability)
    slack = certain_engine.explain(step, "shift-cable-slack")
    assert [(r.finding, r.weight, r.origin) for r in slack.of("against")] == [
        ("skips-in", "", Origin("line", None, 3, 3, "the words read")),
        ("cable-tension", "never", Origin("answer")),
    ][::-1]


def test_what_moves_a_cause_by_moving_others_is_named(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("bike-squeaks"), ("fix:chain-dry", "failed"))
    (indirect,) = certain_engine.explain(step, "brake-pads-contaminated").of("for")
    assert (indirect.finding, indirect.indirect, indirect.weight) == ("fix:chain-dry", True, "")
    assert indirect.effect is not None
    assert indirect.effect.probability < certain_engine.explain(step, "brake-pads-contaminated").probability


def test_numbers_are_addresses(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("skips-in", "all-gears"), ("chain-gauge", "drops-in"))
    explained = certain_engine.explain(step, "chain-worn")
    assert [reason.number for reason in explained.reasons] == [str(n) for n in range(1, len(explained.reasons) + 1)]
    assert explained.at("1") == explained.reasons[0]
    assert explained.at("1.1") == explained.reasons[0].below[0]
    for nowhere in ("0", "99", "1.2", "1.1.1", "1.", "", "x"):
        assert explained.at(nowhere) is None


def test_what_proves_stands_first(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("skips-in", "all-gears"), ("chain-gauge", "drops-in"))
    reasons = certain_engine.explain(step, "chain-worn").reasons
    assert [(r.kind, r.rule) for r in reasons[:3]] == [
        ("proof", "gauge-proves-wear"),
        ("alike", "support/chain-worn/chain-gauge=drops-in"),
        ("alike", "support/chain-worn/skips-in=all-gears"),
    ]
    assert reasons[0].because == "A gauge that drops in at 0.75 is the definition of a worn chain."
    assert reasons[0].effect == Effect(
        "possible", certain_engine.explain(without_gauge(ask, understood), "chain-worn").probability
    )


def without_gauge(ask: Ask, understood: Understood) -> Step:
    return ask(understood("chain-skips"), ("skips-in", "all-gears"))


def test_a_derived_premise_goes_down_to_what_was_told(certain_engine: Engine) -> None:
    seen = (Observation("start-step", "ready", "exact", Span(7, 8), "ready"),)
    step = certain_engine.diagnose(
        [Evidence("problem", "speed-signal-missing")], parsed=replace(NOTHING, observations=seen)
    )
    facts = {known.finding: known for known in certain_engine.facts(step).known}
    assert facts["start-step"].origin == Origin("line", None, 7, 8, "ready")
    assert facts["display-on"].origin == Origin("rule", rule="ready-means-display-on")
    gated = certain_engine.explain(step, "magnet-moved")
    assert gated.of("excluded") == ()
    bike = next(o for o in step.observations if o.finding == "bike-type")
    assert bike.how == "derived"


def test_proofs_do_not_run_in_circles(certain_engine: Engine) -> None:
    """Two rules that conclude each other's premise: the proof goes on to what was told."""
    kb = certain_engine.kb
    there, back, start = (
        replace(kb.rules["display-means-e-bike"], id=id_, when=(replace(condition, finding=when, values=(value,)),),
                target=target, value=to)
        for condition in kb.rules["display-means-e-bike"].when
        for id_, when, value, target, to in (
            ("a-there", "battery-lights", "lit", "display-on", "yes"),
            ("b-back", "display-on", "yes", "battery-lights", "lit"),
            ("z-start", "chain-oiled", "yes", "battery-lights", "lit"),
        )
    )  # fmt: skip
    cause = replace(kb.causes["magnet-moved"], scope={}, evidence={"display-on": {"yes": "always"}})
    problem = replace(kb.problems["speed-signal-missing"], implies={}, causes=("magnet-moved",))
    engine = Engine(
        replace(
            kb,
            rules={rule.id: rule for rule in (there, back, start)},
            causes={cause.id: cause},
            problems={problem.id: problem},
        )
    )
    step = engine.diagnose([Evidence("problem", problem.id), Evidence("chain-oiled", "yes")])
    (reason,) = engine.explain(step, "magnet-moved").of("for")
    (display,) = reason.below
    (battery,) = display.below
    (oiled,) = battery.below
    assert [(r.kind, r.finding, r.rule) for r in (display, battery, oiled)] == [
        ("rule", "display-on", "a-there"),
        ("rule", "battery-lights", "z-start"),
        ("answer", "chain-oiled", ""),
    ]


def test_a_session_says_which_line_and_which_answer(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("start\nE21 check speed sensor\nend")
    session.answer("magnet-at-sensor", "no")
    explained = certain_engine.explain(session.step, "magnet-moved", session.said)
    assert [r.origin for r in explained.of("raised")] == [Origin("line", 1, 2, 2, "E21 check speed sensor")]
    assert [r.origin for r in explained.of("for") if r.finding == "magnet-at-sensor"] == [Origin("answer", 2)]


def test_what_was_known_beforehand_says_so(certain_engine: Engine) -> None:
    step = certain_engine.diagnose(text="E21 check speed sensor", scope={"magnet-at-sensor": "no"})
    reasons = certain_engine.explain(step, "magnet-moved").of("for")
    assert [r.origin for r in reasons if r.finding == "magnet-at-sensor"] == [Origin("beforehand")]


def test_a_cause_raised_by_a_rule_says_so(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood(findings={"wheel-signal": "missing"}))
    (raised,) = certain_engine.explain(step, "sensor-cable-loose").of("raised")
    assert (raised.text, raised.rule) == ("wheel signal: no signal", "lost-wheel-signal-raises-the-cable")
    assert raised.because == "The log speaks of the wire, not of the magnet."


def test_a_cause_ruled_out_says_by_what(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("bike-squeaks"), ("chain-oiled", "yes"))
    explained = certain_engine.explain(step, "chain-dry")
    assert (explained.band, explained.ceiling) == ("ruled out", None)
    assert [(r.rule, r.origin) for r in explained.of("excluded")] == [("oiled-chain-is-not-dry", Origin("answer"))]
    assert [(r.weight, r.kind) for r in explained.reasons if r.finding == "chain-oiled"][1:] == [("never", "against")]


def test_a_value_that_the_cause_does_not_name_is_a_ground_too(
    certain_engine: Engine, ask: Ask, understood: Understood
) -> None:
    step = ask(understood("chain-skips"), ("skips-in", "all-gears"))
    reason = next(r for r in certain_engine.explain(step, "shift-cable-slack").reasons if r.finding == "skips-in")
    assert (reason.kind, reason.weight, reason.rule) == ("against", "", "")
    assert reason.expected == "in one or two gears"


def test_a_cause_that_nothing_raised_can_be_explained_too(certain_engine: Engine, ask: Ask) -> None:
    explained = certain_engine.explain(ask(), "chain-worn")
    assert (explained.band, explained.probability, explained.rank) == ("possible", 0, None)
    assert {reason.kind for reason in explained.reasons} == {"unknown"}


def test_the_id_of_a_fix_stands_for_its_cause(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("chain-gauge", "drops-in"))
    assert step.next is not None
    assert certain_engine.explain(step, step.next.id) == certain_engine.explain(step, "chain-worn")
    assert certain_engine.why_not(step, step.next.id) == certain_engine.why_not(step, "chain-worn")


def test_an_unknown_cause_is_told_with_the_nearest_name(certain_engine: Engine, ask: Ask) -> None:
    step = ask()
    for call in (certain_engine.explain, certain_engine.why_not):
        with pytest.raises(UnknownIdError, match=r"no cause 'chain-wron'; did you mean 'chain-worn'\?"):
            call(step, "chain-wron")
        with pytest.raises(UnknownIdError, match=r"no cause 'zzzz'$"):
            call(step, "zzzz")


# ------------------------------------------------------------------------------------------------------------- ceiling
def test_a_ceiling_says_what_would_prove(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    ceiling = certain_engine.explain(ask(understood("chain-skips")), "chain-worn").ceiling
    assert ceiling is not None
    assert ceiling.band == "confirmed"
    (requirement,) = ceiling.requires
    assert (requirement.finding, requirement.values, requirement.labels) == (
        "chain-gauge",
        ("drops-in",),
        ("yes, it drops in",),
    )
    assert (requirement.known, requirement.not_known, requirement.negated) == (None, None, False)


@pytest.mark.parametrize("reason", ["dont_know", "no_access", "later", "refused", "not_applicable"])
def test_an_input_that_is_not_known_lowers_the_ceiling(
    certain_engine: Engine, ask: Ask, understood: Understood, reason: str
) -> None:
    step = ask(understood("chain-skips"), ("chain-gauge", UNKNOWN, reason))
    explained = certain_engine.explain(step, "chain-worn")
    assert explained.ceiling is not None
    assert explained.ceiling.band == "likely"
    assert [(r.finding, r.not_known) for r in explained.ceiling.requires] == [("chain-gauge", reason)]
    assert [r.not_known for r in explained.of("unknown")] == [reason, None]


def test_what_no_rule_proves_is_at_most_likely(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    ceiling = certain_engine.explain(ask(understood("chain-skips")), "shift-cable-slack").ceiling
    assert ceiling is not None
    assert (ceiling.band, ceiling.requires) == ("likely", ())
    proven = ask(understood("chain-skips"), ("chain-gauge", "drops-in"))
    assert certain_engine.explain(proven, "chain-worn").ceiling is None


# ----------------------------------------------------------------------------------------------------------------- why
def test_why_tells_what_each_answer_would_speak_for(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("skips-in", UNKNOWN))
    assert step.next is not None
    assert step.next.id == "cable-tension"
    why = certain_engine.why(step)
    assert why.kind == "discriminate"
    assert why.text == step.next.rationale
    assert [(f.option.value, [c.id for c in f.causes]) for f in why.favours] == [
        ("slack", ["shift-cable-slack"]),
        ("right", ["chain-worn"]),
    ]
    for favour in why.favours:
        after = certain_engine.what_if(step, step.next.id, favour.option.value).step
        chances = {cause.id: cause.probability for cause in after.causes}
        assert [(c.after, c.before < c.after) for c in favour.causes] == [(chances[c.id], True) for c in favour.causes]


def test_why_of_what_must_be_asked(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    paste = certain_engine.why(ask())
    assert (paste.kind, paste.favours) == ("required-by-rule", ())
    choice = certain_engine.why(ask(understood("chain-skips", "bike-squeaks", level="weak")))
    assert choice.kind == "scope"
    assert {f.option.value: [c.id for c in f.causes] for f in choice.favours} == {
        "chain-skips": list(certain_engine.kb.problems["chain-skips"].causes),
        "bike-squeaks": list(certain_engine.kb.problems["bike-squeaks"].causes),
    }


def test_why_names_the_rules_that_wait_for_the_answer(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("cable-tension", UNKNOWN), ("skips-in", UNKNOWN))
    assert step.next is not None
    assert step.next.id == "chain-gauge"
    assert [(r.id, r.text) for r in certain_engine.why(step).rules] == [
        ("gauge-proves-wear", "“The chain is worn” is proven")
    ]


def test_why_of_a_risky_fix_is_safety(certain_engine: Engine, understood: Understood) -> None:
    kb = certain_engine.kb
    risky = replace(kb.procedures["replace-the-chain"], risk="high")
    engine = Engine(replace(kb, procedures={**kb.procedures, risky.id: risky}))
    step = engine.diagnose([Evidence("chain-gauge", "drops-in")], parsed=understood("chain-skips"))
    assert step.next is not None
    assert (step.next.kind, engine.why(step).kind, engine.why(step).favours) == ("consent", "safety", ())


def test_why_of_a_contradiction_weighs_as_if_nothing_were_said_of_it(
    certain_engine: Engine, ask: Ask, understood: Understood
) -> None:
    """What each side would speak for does not depend on which side stands meanwhile."""
    shown = understood("chain-skips", findings={"cable-tension": "slack"})
    step = ask(shown, ("cable-tension", "right"), ("skips-in", UNKNOWN))
    assert step.next is not None
    assert step.next.id == "conflict:cable-tension"
    why = certain_engine.why(step)
    assert (why.kind, why.text) == ("contradiction", step.conflicts[0].text)
    untouched = certain_engine.why(ask(understood("chain-skips"), ("skips-in", UNKNOWN)))
    assert why.favours == untouched.favours


def test_a_premise_is_taken_away_by_the_side_that_stands(
    certain_engine: Engine, ask: Ask, understood: Understood
) -> None:
    """While it is open, what the text shows is taken away; once settled, the answer is, and the text stands again."""
    shown, answer = understood("chain-skips", findings={"chain-gauge": "drops-in"}), ("chain-gauge", "stays-out")
    open_yet = certain_engine.explain(ask(shown, answer), "chain-worn").of("proof")[0]
    without_text = ask(understood("chain-skips"), answer)
    assert open_yet.effect == effect_of(without_text, "chain-worn")
    settled = ask(shown, answer, ("conflict:chain-gauge", "stays-out"))
    against = next(r for r in certain_engine.explain(settled, "chain-worn").reasons if r.finding == "chain-gauge")
    assert against.value == "stays-out"
    assert against.effect == effect_of(ask(shown), "chain-worn")


def effect_of(step: Step, cause: str) -> Effect:
    return next(Effect(c.band, c.probability) for c in step.causes if c.id == cause)


def test_why_of_a_fix_and_of_the_end(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    fix = certain_engine.why(ask(understood("chain-skips"), ("chain-gauge", "drops-in")))
    assert fix.kind == "fix"
    assert "The chain is worn" in fix.text
    end = certain_engine.why(ask(understood("frame-cracked", level="strong")))
    assert (end.kind, end.favours) == ("end", ())
    assert "pointer" in end.text


def test_why_with_one_cause_left_is_to_confirm_or_to_exclude(
    certain_engine: Engine, ask: Ask, understood: Understood
) -> None:
    step = ask(understood("chain-skips", level="strong"), ("fix:shift-cable-slack", "failed"))
    assert step.next is not None
    assert step.next.kind == "check"
    assert certain_engine.why(step).kind == "confirm"
    step = ask(understood("chain-skips", level="strong"), ("fix:chain-worn", "failed"))
    assert step.next is not None
    assert step.next.kind == "question"
    assert certain_engine.why(step).kind == "exclude"


def test_why_asks_for_what_bounds_a_cause(certain_engine: Engine, understood: Understood) -> None:
    """Without what the problem implies, the kind of bicycle is asked: one cause is bound to it."""
    kb = certain_engine.kb
    problem = replace(kb.problems["speed-signal-missing"], implies={}, causes=("magnet-moved", "chain-dry"))
    causes = {
        "magnet-moved": replace(kb.causes["magnet-moved"], evidence={}),
        "chain-dry": replace(kb.causes["chain-dry"], evidence={}, scope={"bike-type": ("muscle",)}),
    }
    engine = Engine(replace(kb, problems={problem.id: problem}, causes=causes, rules={}))
    step = engine.diagnose(parsed=understood("speed-signal-missing"))
    assert step.next is not None
    assert step.next.id == "bike-type"
    assert engine.why(step).kind == "scope"


def test_why_knows_the_text_of_the_step(certain_engine: Engine) -> None:
    step = certain_engine.diagnose(text="E21 check speed sensor")
    assert step.next is not None
    why = certain_engine.why(step)
    assert why.text == step.next.rationale
    assert {cause.title for f in why.favours for cause in f.causes} == {
        "The magnet on the spoke has moved",
        "The cable of the speed sensor is loose",
    }


# ------------------------------------------------------------------------------------------------------------- why not
def test_why_not_of_the_first(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("chain-gauge", "drops-in"))
    answer = certain_engine.why_not(step, "chain-worn")
    assert (answer.rank, answer.ahead, answer.text, answer.factors) == (1, (), "It is the first.", ())


def test_why_not_of_one_that_is_outranked_adds_up(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("cable-tension", "slack"), ("skips-in", "one-gear"))
    answer = certain_engine.why_not(step, "chain-worn")
    assert (answer.rank, answer.ahead) == (2, ("shift-cable-slack",))
    first, second = step.causes[:2]
    assert answer.times == pytest.approx(first.probability / second.probability, rel=0.01)
    assert f"about {answer.times:.0f} times as probable" in answer.text
    assert "Most of that comes from “In which gears does it skip: in one or two gears”." in answer.text
    assert [factor.text for factor in answer.factors][:2] == [
        "In which gears does it skip: in one or two gears",
        "Is the derailleur cable slack: yes, slack",
    ]
    product = 1.0
    for factor in answer.factors:
        product *= factor.times
    assert product == pytest.approx(answer.times, rel=0.05)  # what is smaller is left out
    assert answer.missing is not None
    assert (answer.missing.finding, answer.missing.values) == ("chain-gauge", ("drops-in",))
    assert [rule.id for rule in answer.requires] == ["gauge-proves-wear"]


def test_why_not_of_a_near_tie(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    answer = certain_engine.why_not(ask(understood("chain-skips")), "shift-cable-slack")
    assert "a little more probable" in answer.text
    assert (answer.rank, answer.missing) == (2, None)


def test_why_not_beside_a_proven_one(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("chain-gauge", "drops-in"))
    assert certain_engine.why_not(step, "shift-cable-slack").text == "“The chain is worn” is proven."


def test_why_not_of_one_that_is_ruled_out(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    answer = certain_engine.why_not(ask(understood("bike-squeaks"), ("chain-oiled", "yes")), "chain-dry")
    assert (answer.rank, answer.missing) == (None, None)
    assert answer.excluded_by is not None
    assert answer.excluded_by.rule == "oiled-chain-is-not-dry"
    assert answer.text == ("Ruled out by “Is there oil on the chain: yes”. A chain with oil on it does not run dry.")


def test_why_not_of_one_that_nothing_raised(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"))
    answer = certain_engine.why_not(step, "chain-dry")
    assert "It would be considered with: “The bicycle squeaks”." in answer.text
    assert answer.missing is not None
    assert answer.missing.finding == "problem:bike-squeaks"
    only_by_rule = certain_engine.why_not(step, "bottom-bracket-worn")
    assert "answers that speak of it" in only_by_rule.text
    assert [r.finding for r in only_by_rule.requires[0].requires] == ["chain-oiled", "noise-when"]


# ------------------------------------------------------------------------------------------------------------- what if
def test_what_if_shows_the_step_and_what_moves(certain_engine: Engine) -> None:
    evidence = [Evidence("problem", "chain-skips")]
    before = certain_engine.diagnose(evidence)
    result = certain_engine.what_if(before, "chain-gauge", "drops-in")
    assert result.step == certain_engine.diagnose([*evidence, Evidence("chain-gauge", "drops-in")])
    assert result.difference == certain_engine.difference(before, result.step)
    first = result.difference.moved[0]
    assert (first.id, first.before, first.after) == ("chain-worn", "possible", "confirmed")
    assert first.probability_after > first.probability_before
    assert [m.id for m in result.difference.moved] == ["chain-worn", "shift-cable-slack"]
    assert not result.difference.next_same
    assert result.difference.next_after == "Fit a new chain"


def test_what_if_replaces_an_answer(certain_engine: Engine) -> None:
    step = certain_engine.diagnose([Evidence("problem", "chain-skips"), Evidence("chain-gauge", "drops-in")])
    assert certain_engine.what_if(step, "chain-gauge", "stays-out").step.causes[0].id == "shift-cable-slack"


def test_what_if_keeps_the_text(certain_engine: Engine) -> None:
    result = certain_engine.what_if(certain_engine.diagnose(text="E21 check speed sensor"), "magnet-at-sensor", "no")
    assert result.step.match == "exact"
    assert result.step.causes[0].id == "magnet-moved"
    assert "magnet-moved" in {m.id for m in result.difference.moved}


def test_what_if_of_an_answer_that_changes_nothing(certain_engine: Engine) -> None:
    step = certain_engine.diagnose([Evidence("problem", "chain-skips")])
    assert certain_engine.what_if(step, "brake-type", "disc").difference.moved == ()
    assert certain_engine.what_if(step, "chain-gauge", UNKNOWN, "no_access").difference.moved == ()


def test_what_if_of_an_unknown_answer(certain_engine: Engine) -> None:
    with pytest.raises(EvidenceError, match="brake-typ"):
        certain_engine.what_if(certain_engine.diagnose(), "brake-typ", "disc")


def test_a_difference_names_causes_that_come_and_go(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    nothing, skips = ask(), ask(understood("chain-skips"))
    came = certain_engine.difference(nothing, skips)
    assert {(m.id, m.before, m.after) for m in came.moved} == {
        ("chain-worn", None, "possible"),
        ("shift-cable-slack", None, "possible"),
    }
    assert (came.problems_before, came.problems_after) == ((), ("The chain skips",))
    assert {(m.id, m.before, m.after) for m in certain_engine.difference(skips, nothing).moved} == {
        ("chain-worn", "possible", None),
        ("shift-cable-slack", "possible", None),
    }
    same = certain_engine.difference(skips, skips)
    assert (same.moved, same.next_same) == ((), True)


# ----------------------------------------------------------------------------------------------------- facts and rules
def test_facts_say_where_they_come_from_and_what_is_not_known(
    certain_engine: Engine, ask: Ask, understood: Understood
) -> None:
    parsed = understood("chain-skips", findings={"skips-in": "all-gears"})
    facts = certain_engine.facts(ask(parsed, ("display-on", "no"), ("chain-gauge", UNKNOWN, "later")))
    assert [(known.finding, known.label, known.origin) for known in facts.known] == [
        ("bike-type", "yes, it is an e-bike", Origin("rule", rule="display-means-e-bike#2")),
        ("display-on", "no, it stays dark", Origin("answer")),
        ("skips-in", "in all gears", Origin("line", None, 3, 3, "the words read")),
    ]
    (unknown,) = facts.unknown
    assert (unknown.finding, unknown.reason, unknown.said) == ("chain-gauge", "later", None)
    assert unknown.help


def states(engine: Engine, step: Step) -> dict[str, RuleState]:
    return {state.id: state for state in engine.rule_states(step)}


def test_rules_fired_are_false_or_lack_an_input(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    found = states(certain_engine, ask(understood("bike-squeaks"), ("chain-oiled", "yes"), ("noise-when", "braking")))
    fired = found["oiled-chain-is-not-dry"]
    assert (fired.status, fired.requires, fired.failed) == ("fired", (), ())
    assert fired.premises == ("Is there oil on the chain: yes",)
    assert fired.text == "“The chain has run dry” is ruled out"
    assert fired.sources == ("The home workshop handbook, “Noises”",)
    false = found["noise-of-an-oiled-chain-is-deeper"]
    assert (false.status, false.premises, false.requires) == ("not-met", (), ())
    assert [(r.finding, r.values, r.known) for r in false.failed] == [
        ("noise-when", ("pedalling", "always"), "braking")
    ]
    waiting = found["gauge-proves-wear"]
    assert (waiting.status, waiting.failed) == ("not-evaluated", ())
    assert [r.finding for r in waiting.requires] == ["chain-gauge"]
    assert found["other-noises-leave-the-brakes-out"].status == "not-met"


def test_not_known_is_not_false(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("chain-gauge", UNKNOWN, "no_access"))
    state = states(certain_engine, step)["gauge-proves-wear"]
    assert state.status == "not-evaluated"
    assert [(r.finding, r.known, r.not_known) for r in state.requires] == [("chain-gauge", None, "no_access")]


def test_a_negated_condition_says_so(certain_engine: Engine, ask: Ask) -> None:
    state = states(certain_engine, ask(None, ("braking-power", "normal")))["other-noises-leave-the-brakes-out"]
    assert [(r.finding, r.values, r.negated) for r in state.requires] == [("noise-when", ("braking",), True)]


def test_alternatives_are_one_rule(certain_engine: Engine, ask: Ask) -> None:
    found = states(certain_engine, ask(None, ("display-on", "no")))
    assert found["display-means-e-bike"].status == "fired"
    assert not [id_ for id_ in found if "#" in id_]
    assert set(found) >= set(certain_engine.kb.rules)


def test_every_rule_has_exactly_one_state(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("cable-tension", "slack"), ("fix:chain-worn", "failed"))
    fired = {firing.rule.partition("#")[0] for firing in step.trace.firings}
    for id_, state in states(certain_engine, step).items():
        assert (state.status == "fired") == (id_ in fired)
        assert bool(state.requires) == (state.status == "not-evaluated")
        assert bool(state.failed) == (state.status == "not-met")


# ---------------------------------------------------------------------------------------------------------------- JSON
@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads(files("syncsage").joinpath("explanation.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def validator(schema: Any) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema)
    step = json.loads(files("syncsage").joinpath("step.schema.json").read_text("utf-8"))
    registry: Any = Registry().with_resources([(s["$id"], Resource.from_contents(s)) for s in (step, schema)])
    return jsonschema.Draft202012Validator(schema, registry=registry)


def everything(engine: Engine, step: Step, cause: str) -> dict[str, Any]:
    data = {
        "why": engine.why(step).to_dict(),
        "how": engine.explain(step, cause).to_dict(),
        "whynot": engine.why_not(step, cause).to_dict(),
        "what_if": engine.what_if(step, "chain-oiled", "no").to_dict(),
        "facts": engine.facts(step).to_dict(),
    }
    plain: dict[str, Any] = json.loads(json.dumps(data))
    return plain


@pytest.mark.parametrize("cause", ["chain-worn", "shift-cable-slack", "chain-dry"])
def test_explanations_keep_their_schema(
    certain_engine: Engine,
    ask: Ask,
    understood: Understood,
    validator: jsonschema.Draft202012Validator,
    cause: str,
) -> None:
    parsed = understood("chain-skips", findings={"skips-in": "all-gears"})
    for answers in ([], [("chain-gauge", "drops-in")], [("chain-gauge", UNKNOWN, "later"), ("display-on", "yes")],
                    [("fix:shift-cable-slack", "failed")]):  # fmt: skip
        data = everything(certain_engine, ask(parsed, *answers), cause)
        validator.validate(data)
        validator.validate({"how": data["how"]["reasons"][0]})
        for name in data:
            assert not validator.is_valid({name: data[name] | {"extra": 1}})


def test_the_schema_allows_nothing_else(schema: Any) -> None:
    for shape in schema["$defs"].values():
        assert shape["additionalProperties"] is False
        assert sorted(shape["required"]) == sorted(shape["properties"])


def test_a_picked_problem_is_kept_when_why_assesses_again(certain_engine: Engine) -> None:
    match = Match("chain-skips", "The chain skips", 0.5, "weak", "full", "semantic")
    parsed = replace(NOTHING, level="weak", problems=(match,))
    step = certain_engine.diagnose([Evidence("problem", "chain-skips")], parsed=parsed)
    assert step.next is not None
    assert certain_engine.why(step).favours
