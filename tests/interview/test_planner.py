"""The planner, checked against numbers worked out by hand."""

from __future__ import annotations

import pytest

from syncsage.knowledge.model import Choice, Finding, Origin
from syncsage.reasoning.planner import SETBACK, Planner, Repair, order, repair_cost

REPAIRS = {"a": Repair(10.0, last=False), "b": Repair(30.0, last=False), "risky": Repair(1.0, last=True)}
EVEN = {"a": 0.5, "b": 0.5}


def finding(name: str, minutes: float = 2.0, values: tuple[str, ...] = ("yes", "no")) -> Finding:
    return Finding(
        id=name, ask=f"{name}?", choices=tuple(Choice(v, v) for v in values), help="", check="", minutes=minutes,
        knowable="usual", needs="", paste=False, requires={}, scope={}, base={}, derive=(), sources=(),
        origin=Origin("findings/x.yaml"),
    )  # fmt: skip


def perfect(cause: str, _finding: str, value: str) -> float:
    return float((cause == "a") == (value == "yes"))


def useless(_cause: str, _finding: str, _value: str) -> float:
    return 0.5


def test_fixes_are_tried_by_chance_over_minutes() -> None:
    assert order(EVEN, REPAIRS) == ["a", "b"]
    assert order({"a": 0.2, "b": 0.8}, REPAIRS) == ["b", "a"]
    assert order({"a": 0.25, "b": 0.75}, REPAIRS) == ["a", "b"]


def test_a_risky_fix_goes_last_however_cheap_and_probable() -> None:
    assert order({"a": 0.01, "b": 0.01, "risky": 0.98}, REPAIRS) == ["a", "b", "risky"]


def test_repair_costs_what_is_spent_on_the_way() -> None:
    # a at once: 10 minutes; b after a failed and was taken back
    assert repair_cost(EVEN, REPAIRS) == pytest.approx(0.5 * 10 + 0.5 * (10 + SETBACK + 30))
    assert repair_cost({"a": 1.0, "b": 0.0}, REPAIRS) == pytest.approx(10)
    assert repair_cost({}, REPAIRS) == 0


def test_a_question_that_tells_all_saves_the_wrong_fix() -> None:
    before, after = 32.5, 0.5 * 10 + 0.5 * 30
    value = Planner(perfect).value(finding("x"), EVEN, REPAIRS, 1.0)
    assert value.value == pytest.approx(before - after - 2.0)
    assert value.finding == "x"
    assert value.minutes == 2.0


def test_a_question_that_few_can_answer_is_worth_less() -> None:
    assert Planner(perfect).value(finding("x"), EVEN, REPAIRS, 0.8).value == pytest.approx(0.8 * 12.5 - 2.0)
    assert Planner(perfect).value(finding("x"), EVEN, REPAIRS, 0.0).value == pytest.approx(-2.0)


def test_a_question_that_tells_nothing_costs_its_minutes() -> None:
    assert Planner(useless).value(finding("x"), EVEN, REPAIRS, 1.0).value == pytest.approx(-2.0)


def test_a_noisy_question_is_worth_what_its_answers_change() -> None:
    def noisy(cause: str, _finding: str, value: str) -> float:
        return 0.9 if (cause == "a") == (value == "yes") else 0.1

    # yes (.5): a .9, b .1: 9 + .1 * 55; no (.5): b .9 / 30 beats a .1 / 10: b first
    after = 0.5 * (0.9 * 10 + 0.1 * 55) + 0.5 * (0.9 * 30 + 0.1 * (30 + SETBACK + 10))
    assert Planner(noisy).value(finding("x"), EVEN, REPAIRS, 1.0).value == pytest.approx(32.5 - after - 2.0)


def test_the_best_question_wins_and_worthless_ones_are_not_asked() -> None:
    planner = Planner(lambda c, f, v: perfect(c, f, v) if f == "good" else 0.5)
    best = planner.best([finding("bad"), finding("good")], EVEN, REPAIRS, lambda _: 1.0)
    assert best is not None
    assert best.finding == "good"
    assert planner.best([finding("bad")], EVEN, REPAIRS, lambda _: 1.0) is None
    assert planner.best([], EVEN, REPAIRS, lambda _: 1.0) is None


@pytest.mark.parametrize("turned", [False, True])
def test_ties_go_to_the_cheaper_and_then_to_the_smaller_id(turned: bool) -> None:
    chances = {"x": 0.96, "y": 0.8, "z": 0.8}
    asked = [finding("x", 4.0), finding("y", 2.0), finding("z", 2.0)]
    planner = Planner(perfect)
    assert len({round(planner.value(f, EVEN, REPAIRS, chances[f.id]).value, 9) for f in asked}) == 1
    best = planner.best(asked[::-1] if turned else asked, EVEN, REPAIRS, lambda f: chances[f.id])
    assert best is not None
    assert best.finding == "y"


def test_an_answer_that_cannot_come_adds_nothing() -> None:
    value = Planner(perfect).value(finding("x"), {"a": 1.0}, REPAIRS, 1.0)
    assert value.value == pytest.approx(-2.0)


def test_each_answer_favours_the_causes_that_it_lifts() -> None:
    def graded(cause: str, _finding: str, value: str) -> float:
        return {"a": 0.9, "b": 0.8, "c": 0.1}[cause] if value == "yes" else {"a": 0.1, "b": 0.2, "c": 0.9}[cause]

    favours = Planner(graded).favours(finding("x"), {"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    assert favours == {"yes": ("a", "b"), "no": ("c",)}


def test_an_answer_that_changes_little_favours_none() -> None:
    assert Planner(useless).favours(finding("x"), EVEN) == {"yes": (), "no": ()}
