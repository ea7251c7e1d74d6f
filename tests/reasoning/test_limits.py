"""Every limit of the rule engine: up to it both matchers work, beyond it rules are named and divided."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from syncsage.errors import RuleLimitError
from syncsage.reasoning.durable import DurableMatcher
from syncsage.reasoning.limits import check_rules, check_ruleset, divide, most_met
from syncsage.reasoning.model import Conclusion, Fact, Rule, Test
from syncsage.reasoning.python import PythonMatcher

Build = Callable[[int], list[Rule]]

ONE_RULESET = 100_000


def rule(number: int, *tests: Test) -> Rule:
    return Rule(f"r{number:04}", "support", tests, Conclusion("support", "cause", "likely"))


def any_rules(count: int) -> list[Rule]:
    return [rule(n, Test(f"f{n % 7}", str(n % 35))) for n in range(count)]


def same_test(count: int) -> list[Rule]:
    return [rule(n, Test("f0", "0")) for n in range(count)]


def same_test_in_pairs(count: int) -> list[Rule]:
    return [rule(n, Test("f1", "x", negated=True), Test("f0", "0")) for n in range(count)]


def findings(count: int) -> list[Rule]:
    return [rule(n, Test(f"f{n}", "0")) for n in range(count)]


def values(count: int) -> list[Rule]:
    return [rule(n, Test("f0", str(n))) for n in range(count)]


def met_at_once(count: int) -> list[Rule]:
    return [rule(n, Test("f0", f"not {n}", negated=True)) for n in range(count)]


def met_at_once_with_one_equal(count: int) -> list[Rule]:
    return [*met_at_once(count - 1), rule(count - 1, Test("f0", "0"))]


LIMITS = [
    pytest.param(any_rules, 999, 29, "at most 999 rules", id="rules"),
    pytest.param(same_test, 220, 220, "at most 220 conditions", id="rules on one test"),
    pytest.param(same_test_in_pairs, 220, 220, "at most 220 conditions", id="rules on one pair of tests"),
    pytest.param(findings, 449, 449, "at most 449 findings", id="findings"),
    pytest.param(values, 450, 1, "at most 450 different tests of one finding", id="values of a finding"),
    pytest.param(met_at_once, 60, 60, "one fact may meet at most 60", id="tests met by a fact"),
    pytest.param(met_at_once_with_one_equal, 60, 60, "one fact may meet at most 60", id="tests met, one of them equal"),
]


@pytest.mark.parametrize(("build", "most", "fires", "reason"), LIMITS)
@pytest.mark.parametrize("beside", [-1, 0], ids=["inside", "at the limit"])
def test_a_ruleset_up_to_the_limit(build: Build, most: int, fires: int, reason: str, beside: int) -> None:
    rules = build(most + beside)
    check_ruleset(rules)
    assert divide(rules) == (tuple(rules),)
    facts = [Fact(f"f{n}", "0") for n in range(500)]
    trace = DurableMatcher(rules, ruleset_size=ONE_RULESET).match(facts)
    assert trace == PythonMatcher(rules).match(facts)
    assert fires + beside <= len(trace.firings) <= fires


@pytest.mark.parametrize(("build", "most", "fires", "reason"), LIMITS)
def test_a_ruleset_beyond_the_limit(build: Build, most: int, fires: int, reason: str) -> None:
    rules = build(most + 1)
    with pytest.raises(RuleLimitError, match=f"rule r{most:04}: .*{reason}"):
        check_ruleset(rules)
    assert divide(rules) == (tuple(rules[:-1]), (rules[-1],))
    facts = [Fact(f"f{n}", "0") for n in range(500)]
    trace = DurableMatcher(rules, ruleset_size=ONE_RULESET).match(facts)
    assert trace == PythonMatcher(rules).match(facts)
    assert fires <= len(trace.firings) <= fires + 1


def wide(count: int) -> list[Rule]:
    return [rule(0, *(Test(f"f{n}", "0", negated=n % 2 == 1) for n in range(count)))]


@pytest.mark.parametrize("count", [1, 15, 16])
def test_a_rule_has_up_to_sixteen_conditions(count: int) -> None:
    facts = [Fact(f"f{n}", str(n % 2)) for n in range(count)]
    trace = DurableMatcher(wide(count)).match(facts)
    assert trace == PythonMatcher(wide(count)).match(facts)
    assert [len(firing.premises) for firing in trace.firings] == [count]
    assert DurableMatcher(wide(count)).match(facts[1:]).firings == ()


@pytest.mark.parametrize("count", [0, 17, 40])
@pytest.mark.parametrize("matcher", [DurableMatcher, PythonMatcher])
def test_a_rule_without_conditions_or_with_too_many_is_named(
    matcher: Callable[[list[Rule]], object], count: int
) -> None:
    with pytest.raises(RuleLimitError, match=f"rule r0000 has {count} conditions; it must have 1 to 16"):
        matcher(wide(count))


def test_rules_are_checked_before_any_is_used() -> None:
    with pytest.raises(RuleLimitError, match="rule r0003"):
        check_rules([*findings(3), rule(3)])


@pytest.mark.parametrize("size", [1, 8, 300])
def test_far_beyond_every_limit(size: int) -> None:
    rules = [
        rule(n, Test(f"f{n % 3}", f"not {n % 100}", negated=True), Test(f"f{3 + n % 900}", "0")) for n in range(2_700)
    ]
    facts = [Fact(f"f{n}", "0") for n in range(0, 903, 2)] + [Fact("f1", "not 1")]
    trace = DurableMatcher(rules, ruleset_size=size).match(facts)
    assert trace == PythonMatcher(rules).match(facts)
    assert len(trace.firings) > 800


@pytest.mark.parametrize(
    ("tests", "most"),
    [
        ([], 0),
        ([Test("f", "a"), Test("f", "b")], 1),
        ([Test("f", "a", negated=True)], 1),
        ([Test("f", "a", negated=True), Test("f", "b", negated=True)], 2),
        ([Test("f", "a", negated=True), Test("f", "b")], 2),
        ([Test("f", "a", negated=True), Test("f", "a")], 1),
        ([Test("f", "a", negated=True), Test("f", "b", negated=True), Test("f", "a"), Test("f", "c")], 3),
    ],
)
def test_how_many_tests_a_fact_can_meet(tests: list[Test], most: int) -> None:
    possible = [Fact("f", value) for value in "abcd"]
    assert most_met(tests) == most == max(sum(test.holds(fact) for test in tests) for fact in possible)


def test_dividing_keeps_the_order_and_loses_nothing() -> None:
    rules = any_rules(2_500)
    runs = divide(rules)
    assert [rule for run in runs for rule in run] == rules
    assert [len(run) for run in runs] == [999, 999, 502]
    assert divide([]) == ()
