"""The planner, checked against numbers worked out by hand."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given as supposing
from hypothesis import strategies as st

from syncsage.reasoning.planner import (
    DOUBT,
    HAND_OVER,
    SETBACK,
    Planner,
    Question,
    Repair,
    Row,
    bits,
    doubt,
    favours,
    given,
    order,
)

REPAIRS = {"a": Repair(10.0), "b": Repair(30.0)}
EVEN: Row = (0.5, 0.5, 0.0)
PERFECT: tuple[Row, ...] = ((1.0, 0.0, 0.5), (0.0, 1.0, 0.5))
USELESS: tuple[Row, ...] = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))


def question(
    name: str, rows: tuple[Row, ...] = PERFECT, minutes: float = 2.0, chance: float = 1.0, *opens: tuple[Question, ...]
) -> Question:
    return Question(name, minutes, chance, rows, opens)


# ------------------------------------------------------------------------------------------------------ what is lost
def test_fixes_are_tried_by_chance_over_what_they_lose() -> None:
    assert order({"a": 0.5, "b": 0.5}, REPAIRS) == ["a", "b"]
    assert order({"a": 0.2, "b": 0.8}, REPAIRS) == ["b", "a"]
    # .3 / 25 is more than .5 / 45, though b is the more probable one
    assert order({"a": 0.3, "b": 0.5}, REPAIRS) == ["a", "b"]


def test_a_risky_fix_goes_last_however_cheap_and_probable() -> None:
    repairs = REPAIRS | {"risky": Repair(1.0, last=True)}
    assert order({"a": 0.01, "b": 0.01, "risky": 0.98}, repairs) == ["a", "b", "risky"]


def test_only_what_is_spent_in_vain_is_lost() -> None:
    # a first: in vain half of the time; then b is the right one, and the right one costs nothing here
    one_bit = DOUBT * 1.0
    assert Planner(REPAIRS).loss(EVEN) == pytest.approx(0.5 * (10 + SETBACK) + one_bit)
    assert Planner(REPAIRS).loss((1.0, 0.0, 0.0)) == pytest.approx(0.0)
    assert Planner({}).loss((0.0,)) == 0.0


def test_what_no_fix_mends_costs_a_hand_over_at_once_or_after_the_fixes() -> None:
    planner = Planner(REPAIRS)
    assert planner.loss((0.0, 0.0, 1.0)) == pytest.approx(HAND_OVER)
    # .9 for none of them: a would be tried in vain 95 times in 100, so it is not
    few = (0.05, 0.05, 0.9)
    assert planner.loss(few) == pytest.approx(HAND_OVER + DOUBT * doubt(few))
    assert not planner.pays(few, "a")
    # .2 for none: a in vain .6, b in vain .2, and then the hand-over
    most = (0.4, 0.4, 0.2)
    expected = 0.6 * (10 + SETBACK) + 0.2 * (30 + SETBACK) + 0.2 * HAND_OVER
    assert planner.loss(most) == pytest.approx(expected + DOUBT * doubt(most))
    assert planner.pays(most, "a")


@supposing(st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3), st.floats(0.1, 10.0))
def test_a_loss_grows_in_proportion_to_the_weight_of_its_situation(weights: list[float], factor: float) -> None:
    planner, belief = Planner(REPAIRS), (weights[0], weights[1], weights[2])
    scaled = tuple(factor * w for w in belief)
    assert planner.loss(scaled) == pytest.approx(factor * planner.loss(belief))


# --------------------------------------------------------------------------------------------------- single questions
def test_a_question_that_tells_all_saves_the_wrong_fix_and_the_doubt() -> None:
    planner = Planner(REPAIRS)
    assert planner.value(question("x"), EVEN) == pytest.approx(12.5 + DOUBT - 2.0)
    assert planner.saved(question("x"), EVEN) == pytest.approx(12.5)


def test_a_question_that_few_can_answer_is_worth_less() -> None:
    planner = Planner(REPAIRS)
    assert planner.value(question("x", chance=0.8), EVEN) == pytest.approx(0.8 * (12.5 + DOUBT) - 2.0)
    assert planner.value(question("x", chance=0.0), EVEN) == pytest.approx(-2.0)


def test_a_question_that_tells_nothing_costs_its_minutes() -> None:
    assert Planner(REPAIRS).value(question("x", USELESS), EVEN) == pytest.approx(-2.0)
    assert Planner(REPAIRS).value(question("x"), (1.0, 0.0, 0.0)) == pytest.approx(-2.0)


def test_information_is_counted_in_bits() -> None:
    assert bits(question("x"), EVEN) == pytest.approx(1.0)
    assert bits(question("x", USELESS), EVEN) == pytest.approx(0.0)
    assert bits(question("x"), (2.0, 2.0, 0.0)) == pytest.approx(1.0)
    assert doubt((0.25, 0.25, 0.5)) == pytest.approx(1.5)
    assert doubt((0.0, 0.0, 0.0)) == 0.0


# -------------------------------------------------------------------------------------------------------------- plans
def test_the_best_question_wins_and_worthless_ones_are_not_asked() -> None:
    planner = Planner(REPAIRS)
    plan = planner.plan(EVEN, [question("bad", USELESS), question("good")])
    assert (plan.kind, plan.id) == ("question", "good")
    assert plan.saved == pytest.approx(12.5 + DOUBT - 2.0)
    assert planner.plan(EVEN, [question("bad", USELESS)]).kind == "rest"
    assert planner.plan(EVEN, []).kind == "rest"
    assert planner.plan(EVEN, [question("dear", minutes=60.0)]).kind == "rest"


def test_ties_go_to_the_smaller_id() -> None:
    alike = [question("y"), question("x")]
    assert {Planner(REPAIRS).plan(EVEN, asked).id for asked in (alike, alike[::-1])} == {"x"}


def test_a_question_that_only_opens_another_is_asked() -> None:
    gate = Question("gate", 0.5, 1.0, USELESS, ((question("behind"),), ()))
    plan = Planner(REPAIRS).plan(EVEN, [gate])
    assert (plan.kind, plan.id) == ("question", "gate")
    # half of the time it opens the other one, which is worth 12.5 minutes and a bit, less two minutes
    assert plan.saved == pytest.approx(0.5 * (12.5 + DOUBT - 2.0) - 0.5)
    assert Planner(REPAIRS).plan(EVEN, [Question("closed", 0.5, 1.0, USELESS)]).kind == "rest"


def test_a_cheap_fix_goes_before_a_dear_question() -> None:
    planner = Planner({"a": Repair(1.0), "b": Repair(30.0)})
    belief: Row = (0.8, 0.2, 0.0)
    dear = question("x", minutes=20.0)
    assert planner.plan(belief, [dear], ["a"]).kind == "fix"
    assert planner.plan(belief, [dear], ["a"]).id == "a"
    assert planner.plan(belief, [question("x", minutes=0.5)], ["a"]).kind == "question"
    assert planner.plan(belief, [dear], []).kind == "rest"


@st.composite
def situations(draw: st.DrawFn) -> tuple[Row, list[Question]]:
    belief = tuple(draw(st.floats(0.01, 1.0)) for _ in range(3))
    asked: list[Question] = []
    for name in "pqrst"[: draw(st.integers(0, 5))]:
        yes = tuple(draw(st.floats(0.05, 0.95)) for _ in range(3))
        rows = (yes, tuple(1.0 - p for p in yes))
        asked.append(Question(name, draw(st.floats(0.3, 10.0)), draw(st.floats(0.1, 1.0)), rows))
    return belief, asked


@supposing(situations(), st.randoms())
def test_a_plan_never_costs_more_than_to_rest_and_never_depends_on_order(
    situation: tuple[Row, list[Question]], chance: object
) -> None:
    belief, asked = situation
    plan = Planner(REPAIRS).plan(belief, asked, ["a", "b"])
    assert plan.saved >= 0
    shuffled = asked[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random, which hypothesis types as a protocol
    assert Planner(REPAIRS).plan(belief, shuffled, ["b", "a"]) == plan


@supposing(situations())
def test_knowing_more_never_loses_minutes_of_mending(situation: tuple[Row, list[Question]]) -> None:
    """Value of information is never negative: the expected loss after an answer is at most the loss before."""
    belief, asked = situation
    planner = Planner(REPAIRS)
    for each in asked:
        assert planner.saved(each, belief) >= -1e-9
        assert fsum(planner.loss(given(belief, row)) for row in each.rows) <= planner.loss(belief) + 1e-9


# ------------------------------------------------------------------------------------------------------------ favours
def test_each_answer_favours_the_causes_that_it_lifts() -> None:
    graded = question("x", ((0.9, 0.8, 0.1, 0.5), (0.1, 0.2, 0.9, 0.5)))
    third = 1 / 3
    assert favours(graded, (third, third, third, 0.0), ("a", "b", "c")) == (("a", "b"), ("c",))


def test_an_answer_that_changes_little_favours_none() -> None:
    assert favours(question("x", USELESS), EVEN, ("a", "b")) == ((), ())
