"""Why, why not, what if: read off the trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from syncsage.engine import Engine
from syncsage.errors import EvidenceError, UnknownIdError
from syncsage.explaining import moves
from syncsage.interview import NOTHING
from syncsage.observing.model import Match, Parsed
from syncsage.step import UNKNOWN, Evidence, Step

Ask = Callable[..., Step]
Understood = Callable[..., Parsed]


# ------------------------------------------------------------------------------------------------------------- explain
def test_an_explanation_names_what_raised_and_what_speaks_for_and_against(
    certain_engine: Engine, ask: Ask, understood: Understood
) -> None:
    parsed = understood("chain-skips", findings={"skips-in": "all-gears"})
    step = ask(parsed, ("cable-tension", "right"))
    worn = certain_engine.explain(step, "chain-worn")
    assert worn.raised_by == ("The chain skips (exact)",)
    (ground,) = worn.supporting
    assert (ground.finding, ground.value, ground.weight) == ("skips-in", "all-gears", "likely")
    assert ground.rule == "support/chain-worn/skips-in=all-gears"
    assert ground.origin == "pasted line 3"
    assert ground.text == "In which gears does it skip: in all gears"
    assert [item.finding for item in worn.unknown] == ["chain-gauge"]
    assert worn.sources == ("The home workshop handbook, “Drivetrain”",)
    slack = certain_engine.explain(step, "shift-cable-slack")
    assert [(g.finding, g.weight, g.origin) for g in slack.against] == [("cable-tension", "never", "answer")]
    assert (worn.band, worn.probability) == (step.causes[0].band, step.causes[0].probability)


def test_the_strongest_ground_stands_first(ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("skips-in", "all-gears"), ("chain-gauge", "drops-in"))
    assert [g.weight for g in step.causes[0].supporting] == ["confirm", "always", "likely"]
    assert step.causes[0].supporting[0].rule == "gauge-proves-wear"
    assert "the definition of a worn chain" in step.causes[0].supporting[0].text


def test_a_derived_premise_names_its_rule(certain_engine: Engine, ask: Ask) -> None:
    step = ask(None, ("display-on", "yes"))
    observation = next(o for o in step.observations if o.finding == "bike-type")
    assert (observation.how, observation.detail) == ("derived", "display-means-e-bike")
    assert certain_engine.explain(step, "magnet-moved").raised_by == ()


def test_a_cause_raised_by_a_rule_says_so(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood(findings={"wheel-signal": "missing"}))
    explained = certain_engine.explain(step, "sensor-cable-loose")
    assert explained.raised_by == ("wheel signal: no signal",)


def test_a_cause_ruled_out_says_by_what(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("bike-squeaks"), ("chain-oiled", "yes"))
    explained = certain_engine.explain(step, "chain-dry")
    assert explained.band == "ruled out"
    assert explained.excluded_by is not None
    assert explained.excluded_by.rule == "oiled-chain-is-not-dry"
    assert explained.excluded_by.origin == "answer"


def test_a_cause_that_nothing_raised_can_be_explained_too(certain_engine: Engine, ask: Ask) -> None:
    explained = certain_engine.explain(ask(), "chain-worn")
    assert (explained.band, explained.probability, explained.raised_by, explained.supporting) == ("possible", 0, (), ())


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


# ----------------------------------------------------------------------------------------------------------------- why
def test_why_tells_what_each_answer_would_speak_for(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("skips-in", UNKNOWN))
    assert step.next is not None
    assert step.next.id == "cable-tension"
    why = certain_engine.why(step)
    assert why.kind == "discriminate"
    assert why.text == step.next.rationale
    assert [(f.option.value, f.causes) for f in why.favours] == [
        ("slack", ("The cable of the rear derailleur is slack",)),
        ("right", ("The chain is worn",)),
    ]


def test_why_of_what_must_be_asked(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    for step in (ask(), ask(understood("chain-skips", "bike-squeaks", level="weak"))):
        assert certain_engine.why(step).kind in ("required-by-rule", "scope")
        assert certain_engine.why(step).favours == ()


def test_why_of_a_fix_and_of_the_end(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    fix = certain_engine.why(ask(understood("chain-skips"), ("chain-gauge", "drops-in")))
    assert fix.kind == "fix"
    assert "The chain is worn" in fix.text
    end = certain_engine.why(ask(understood("frame-cracked", level="strong")))
    assert (end.kind, end.favours) == ("scope", ())
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
    assert {cause for f in why.favours for cause in f.causes} == {
        "The magnet on the spoke has moved",
        "The cable of the speed sensor is loose",
    }


# ------------------------------------------------------------------------------------------------------------- why not
def test_why_not_of_the_first(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("chain-gauge", "drops-in"))
    answer = certain_engine.why_not(step, "chain-worn")
    assert (answer.rank, answer.ahead, answer.text) == (1, (), "It is the first.")
    assert answer.missing == ("skips-in",)


def test_why_not_of_one_that_is_outranked(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("cable-tension", "slack"), ("skips-in", "one-gear"))
    answer = certain_engine.why_not(step, "chain-worn")
    assert (answer.rank, answer.ahead) == (2, ("shift-cable-slack",))
    first, second = step.causes[:2]
    assert f"about {first.probability / second.probability:.0f} times as probable" in answer.text
    assert "Is the derailleur cable slack: yes, slack" in answer.text
    assert "Against it speaks: In which gears does it skip: in one or two gears" in answer.text
    assert answer.missing == ("chain-gauge",)


def test_why_not_of_a_near_tie(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    answer = certain_engine.why_not(ask(understood("chain-skips")), "shift-cable-slack")
    assert "a little more probable" in answer.text
    assert answer.rank == 2


def test_why_not_of_one_that_is_ruled_out(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    answer = certain_engine.why_not(ask(understood("bike-squeaks"), ("chain-oiled", "yes")), "chain-dry")
    assert (answer.rank, answer.missing) == (None, ())
    assert answer.excluded_by is not None
    assert answer.text.startswith("Ruled out: Is there oil on the chain: yes")


def test_why_not_of_one_that_nothing_raised(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"))
    answer = certain_engine.why_not(step, "chain-dry")
    assert "It would be considered with: “The bicycle squeaks”." in answer.text
    assert answer.missing == ("chain-oiled", "last-ride", "noise-when")
    only_by_rule = certain_engine.why_not(step, "bottom-bracket-worn")
    assert "answers that speak of it" in only_by_rule.text


# ------------------------------------------------------------------------------------------------------------- what if
def test_what_if_shows_the_step_and_what_moves(certain_engine: Engine) -> None:
    evidence = [Evidence("problem", "chain-skips")]
    result = certain_engine.what_if(evidence, "chain-gauge", "drops-in")
    assert result.step == certain_engine.diagnose([*evidence, Evidence("chain-gauge", "drops-in")])
    first = result.moved[0]
    assert (first.id, first.before, first.after) == ("chain-worn", "possible", "confirmed")
    assert first.probability_after > first.probability_before
    assert [m.id for m in result.moved] == ["chain-worn", "shift-cable-slack"]


def test_what_if_replaces_an_answer(certain_engine: Engine) -> None:
    evidence = [Evidence("problem", "chain-skips"), Evidence("chain-gauge", "drops-in")]
    result = certain_engine.what_if(evidence, "chain-gauge", "stays-out")
    assert result.step.causes[0].id == "shift-cable-slack"


def test_what_if_takes_a_text(certain_engine: Engine) -> None:
    result = certain_engine.what_if([], "magnet-at-sensor", "no", text="E21 check speed sensor")
    assert result.step.match == "exact"
    assert result.step.causes[0].id == "magnet-moved"
    assert "magnet-moved" in {m.id for m in result.moved}


def test_what_if_of_an_answer_that_changes_nothing(certain_engine: Engine) -> None:
    assert certain_engine.what_if([Evidence("problem", "chain-skips")], "brake-type", "disc").moved == ()


def test_what_if_of_an_unknown_answer(certain_engine: Engine) -> None:
    with pytest.raises(EvidenceError, match="brake-typ"):
        certain_engine.what_if([], "brake-typ", "disc")


def test_moves_name_causes_that_come_and_go(ask: Ask, understood: Understood) -> None:
    nothing, skips = ask(), ask(understood("chain-skips"))
    came = moves(nothing, skips)
    assert {(m.id, m.before, m.after) for m in came} == {
        ("chain-worn", None, "possible"),
        ("shift-cable-slack", None, "possible"),
    }
    assert {(m.id, m.before, m.after) for m in moves(skips, nothing)} == {
        ("chain-worn", "possible", None),
        ("shift-cable-slack", "possible", None),
    }
    assert moves(skips, skips) == ()


def test_a_picked_problem_is_kept_when_why_assesses_again(certain_engine: Engine) -> None:
    match = Match("chain-skips", "The chain skips", 0.5, "weak", "full", "semantic")
    parsed = replace(NOTHING, level="weak", problems=(match,))
    step = certain_engine.diagnose([Evidence("problem", "chain-skips")], parsed=parsed)
    assert step.next is not None
    assert certain_engine.why(step).favours
