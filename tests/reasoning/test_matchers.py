"""Both matchers, held to one behaviour: what they conclude and refuse, and how they share a process."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from syncsage.errors import EvidenceError, RuleLimitError
from syncsage.reasoning.durable import DurableMatcher
from syncsage.reasoning.model import Conclusion, Fact, Firing, Rule, RuleMatcher, Test
from syncsage.reasoning.python import PythonMatcher

Build = Callable[[Iterable[Rule]], RuleMatcher]

LONG = "long " * 20_000


def one_ruleset_a_finding(rules: Iterable[Rule]) -> RuleMatcher:
    return DurableMatcher(rules, ruleset_size=1)


@pytest.fixture(params=[PythonMatcher, DurableMatcher, one_ruleset_a_finding])
def build(request: pytest.FixtureRequest) -> Build:
    matcher: Build = request.param
    return matcher


def support(rule_id: str, *tests: Test) -> Rule:
    return Rule(rule_id, "support", tests, Conclusion("support", "cause", "likely"))


def derive(rule_id: str, finding: str, value: str, *tests: Test) -> Rule:
    return Rule(rule_id, "derive", tests, Conclusion("set", finding, value))


def fired(matcher: RuleMatcher, *facts: Fact) -> list[str]:
    return [firing.rule for firing in matcher.match(facts).firings]


# -------------------------------------------------------------------------------------------------- one rule
def test_all_conditions_must_hold(build: Build) -> None:
    matcher = build([support("r", Test("bell", "loud"), Test("tyre", "flat"))])
    assert fired(matcher, Fact("bell", "loud")) == []
    assert fired(matcher, Fact("bell", "loud"), Fact("tyre", "full")) == []
    assert fired(matcher, Fact("bell", "loud"), Fact("tyre", "flat")) == ["r"]


def test_premises_stand_in_the_order_of_the_tests(build: Build) -> None:
    matcher = build([support("r", Test("tyre", "flat"), Test("bell", "loud", negated=True))])
    trace = matcher.match([Fact("bell", "mute"), Fact("tyre", "flat")])
    assert trace.firings == (Firing("r", (Fact("tyre", "flat"), Fact("bell", "mute"))),)


def test_a_negated_test_wants_a_value_that_is_known(build: Build) -> None:
    matcher = build([support("r", Test("bell", "loud", negated=True))])
    assert fired(matcher) == []
    assert fired(matcher, Fact("bell", "unknown")) == []
    assert fired(matcher, Fact("bell", "loud")) == []
    assert fired(matcher, Fact("bell", "mute")) == ["r"]


def test_two_tests_of_one_finding_are_met_by_its_one_fact(build: Build) -> None:
    outside = support("outside", Test("gear", "1", negated=True), Test("gear", "2", negated=True))
    matcher = build([outside, support("never", Test("gear", "1"), Test("gear", "2"))])
    assert fired(matcher, Fact("gear", "1")) == []
    assert fired(matcher, Fact("gear", "2")) == []
    trace = matcher.match([Fact("gear", "3")])
    assert trace.firings == (Firing("outside", (Fact("gear", "3"), Fact("gear", "3"))),)


def test_the_same_test_twice_fires_once(build: Build) -> None:
    assert fired(build([support("r", Test("gear", "1"), Test("gear", "1"))]), Fact("gear", "1")) == ["r"]


# ----------------------------------------------------------------------------------------------------- facts
def test_an_unknown_value_is_not_a_fact_at_rest(build: Build) -> None:
    matcher = build([support("r", Test("bell", "unknown"))])
    trace = matcher.match([Fact("bell", "unknown"), Fact("tyre", "flat")])
    assert (trace.facts, trace.firings) == ((Fact("tyre", "flat"),), ())


def test_facts_that_no_rule_tests_are_kept(build: Build) -> None:
    matcher = build([support("r", Test("bell", "loud"))])
    facts = (Fact("bell", "loud"), Fact("tyre", "flat"))
    assert matcher.match(facts).facts == facts


def test_duplicates_do_not_matter(build: Build) -> None:
    matcher = build([support("r", Test("bell", "loud"))])
    assert matcher.match([Fact("bell", "loud")] * 3) == matcher.match([Fact("bell", "loud")])


def test_two_values_of_one_finding_are_refused(build: Build) -> None:
    matcher = build([support("r", Test("bell", "loud"))])
    with pytest.raises(EvidenceError, match="bell was given two values, 'loud' and 'mute'"):
        matcher.match([Fact("bell", "mute"), Fact("bell", "loud")])
    assert fired(matcher, Fact("bell", "loud")) == ["r"]


@pytest.mark.parametrize(
    "value",
    [
        *("1", "01", "1.0", "-1", "1e3", "true", "null", "", " ", "v", "v0", "v1", "f0", "open", "$neq"),
        *('a "quoted" one', "back\\slash", "new\nline", "tab\t", "nul\0in it", '{"a": 1}', "[1]", "it's"),
        *("Größe", "日本語", "🚲", "e\u0301", "\u00e9", "\ud800", LONG, LONG + "x"),
    ],
    ids=lambda value: ascii(value)[:16],
)
def test_any_text_is_a_value(build: Build, value: str) -> None:
    others = ("1", "v0", "\u00e9", LONG)
    rules = [support(f"is/{number}", Test("odd", other)) for number, other in enumerate(others)]
    rules += [support("same", Test("odd", value)), support("other", Test("odd", value, negated=True))]
    matcher = build(rules)
    equal = [f"is/{number}" for number, other in enumerate(others) if other == value]
    assert fired(matcher, Fact("odd", value)) == [*equal, "same"]
    assert fired(matcher, Fact("odd", value + "+")) == ["other"]


@pytest.mark.parametrize(
    "finding",
    ["a", "s", "id", "sid", "$and", "open", "m", "Größe", 'q"', LONG, ""],
    ids=lambda name: ascii(name)[:16],
)
def test_any_text_names_a_finding(build: Build, finding: str) -> None:
    matcher = build([support("r", Test(finding, "1")), support("s", Test("f0", "1"))])
    assert fired(matcher, Fact(finding, "1")) == ["r"]


# ----------------------------------------------------------------------------------------------- conclusions
def test_what_a_rule_sets_is_a_fact_for_the_others(build: Build) -> None:
    matcher = build(
        [
            derive("a", "third", "x", Test("second", "x"), Test("first", "x")),
            derive("b", "second", "x", Test("first", "x")),
            support("c", Test("third", "y", negated=True)),
        ]
    )
    trace = matcher.match([Fact("first", "x")])
    assert [firing.rule for firing in trace.firings] == ["a", "b", "c"]
    assert trace.facts == (Fact("first", "x"), Fact("second", "x"), Fact("third", "x"))
    assert trace.conflicts == ()


def test_a_given_value_stays_and_the_wish_is_recorded(build: Build) -> None:
    matcher = build([derive("a", "bell", "loud", Test("tyre", "flat"))])
    trace = matcher.match([Fact("tyre", "flat"), Fact("bell", "mute")])
    assert trace.facts == (Fact("bell", "mute"), Fact("tyre", "flat"))
    assert trace.conflicts == trace.firings == (Firing("a", (Fact("tyre", "flat"),)),)


def test_the_smallest_rule_id_wins_among_derived_values(build: Build) -> None:
    rules = [derive(name, "bell", value, Test("tyre", "flat")) for name, value in ("bz", "ay", "cy", "dz")]
    trace = build(rules).match([Fact("tyre", "flat")])
    assert Fact("bell", "y") in trace.facts
    assert [conflict.rule for conflict in trace.conflicts] == ["b", "d"]


def test_a_rule_may_undermine_its_own_ground_without_a_loop(build: Build) -> None:
    rules = [derive("a", "y", "1", Test("x", "1")), derive("b", "x", "2", Test("y", "1"))]
    trace = build(rules).match([Fact("x", "1")])
    assert [conflict.rule for conflict in trace.conflicts] == ["b"]


def test_a_long_chain_is_followed_to_its_end(build: Build) -> None:
    chain = [derive(f"r{n:03}", f"f{n + 1}", "1", Test(f"f{n}", "1")) for n in range(300)]
    assert len(build(chain).match([Fact("f0", "1")]).facts) == 301


# ----------------------------------------------------------------------------------------------------- rules
def test_no_rules_and_no_facts(build: Build) -> None:
    assert build([]).match([]).firings == ()
    assert build([]).match([Fact("bell", "loud")]).facts == (Fact("bell", "loud"),)


def test_a_rule_id_occurs_once(build: Build) -> None:
    with pytest.raises(RuleLimitError, match="rule twin: the id occurs twice"):
        build([support("twin", Test("x", "1")), support("twin", Test("x", "2"))])


def test_rules_may_come_from_an_iterator(build: Build) -> None:
    assert fired(build(iter([support("r", Test("x", "1"))])), Fact("x", "1")) == ["r"]


# ------------------------------------------------------------------------------------------------- processes
def many(seed: int) -> tuple[list[Rule], list[list[Fact]]]:
    dice = random.Random(seed)

    def test(negated: bool) -> Test:
        return Test(f"f{dice.randrange(30)}", dice.choice("xyz"), negated)

    rules = [support(f"r{n:03}", test(n % 3 == 0), test(n % 5 == 0)) for n in range(200)]
    cases = [[Fact(f"f{n}", dice.choice("xyz")) for n in dice.sample(range(30), 12)] for _ in range(60)]
    return rules, cases


def test_two_matchers_of_the_same_rules_do_not_meet(build: Build) -> None:
    rules, cases = many(1)
    one, two = build(rules), build(rules)
    assert [one.match(case) for case in cases] == [two.match(case) for case in cases]


def test_matchers_of_different_rules_do_not_meet(build: Build) -> None:
    alike = [build([support(name, Test("x", value))]) for name, value in ("a1", "b1", "c2")]
    assert [fired(matcher, Fact("x", "1")) for matcher in alike] == [["a"], ["b"], []]


def test_threads_share_a_matcher(build: Build) -> None:
    rules, cases = many(2)
    expected = [PythonMatcher(rules).match(case) for case in cases]
    shared = build(rules)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shared.match, cases * 4)) == expected * 4
