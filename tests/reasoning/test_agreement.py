"""The property on which everything rests: both matchers do what the model says, in any order of the facts."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.reasoning.durable import DurableMatcher
from syncsage.reasoning.model import Conclusion, Fact, Firing, Rule, Test, Trace
from syncsage.reasoning.python import PythonMatcher

# Few findings and few values, so that conditions hold, rules chain and wishes collide often.
FINDINGS = ("bell", "brake", "chain", "tyre", 'odd "name"', "f0")
VALUES = ("1", "01", 'ü "q"')

findings = st.sampled_from(FINDINGS)
values = st.sampled_from(VALUES)
tests = st.builds(Test, findings, values, st.booleans())
wishes = st.builds(Conclusion, st.just("set"), findings, values)
verdicts = st.builds(Conclusion, st.sampled_from(("raise", "exclude", "confirm", "support")), st.just("cause"))
bodies = st.tuples(st.lists(tests, min_size=1, max_size=3).map(tuple), wishes | verdicts)


@st.composite
def rulebooks(draw: st.DrawFn) -> list[Rule]:
    """Draw rules whose ids are in no order."""
    count = draw(st.integers(0, 40))
    drawn = draw(st.lists(bodies, min_size=count, max_size=count))
    names = draw(st.permutations([f"r{number}" for number in range(len(drawn))]))
    return [Rule(name, "derive", *body) for name, body in zip(names, drawn, strict=True)]


situations = st.dictionaries(findings, values).map(lambda known: [Fact(*item) for item in known.items()])


def by_definition(rules: Sequence[Rule], facts: Sequence[Fact]) -> Trace:
    """Chain forward word by word as the model says it: no index, nothing shared with the matchers."""
    known = {fact.finding: fact.value for fact in facts}
    while True:
        at_hand = [Fact(*item) for item in known.items()]
        fired = sorted(
            (
                Firing(rule.id, tuple(next(filter(test.holds, at_hand)) for test in rule.tests)),
                rule.conclusion.target,
                rule.conclusion.value if rule.conclusion.kind == "set" else None,
            )
            for rule in rules
            if all(any(map(test.holds, at_hand)) for test in rule.tests)
        )
        news: dict[str, str] = {}
        for _, finding, value in fired:
            if value is not None and finding not in known:
                news.setdefault(finding, value)
        if not news:
            conflicts = [firing for firing, finding, value in fired if value not in (None, known.get(finding))]
            return Trace(tuple(f for f, _, _ in fired), tuple(sorted(at_hand)), tuple(conflicts))
        known |= news


@settings(max_examples=300, deadline=None)
@given(rules=rulebooks(), facts=situations, size=st.sampled_from((1, 8, 1_000)), data=st.data())
def test_the_matchers_agree_with_the_model(
    rules: list[Rule], facts: list[Fact], size: int, data: st.DataObject
) -> None:
    expected = by_definition(rules, facts)
    shuffled = data.draw(st.permutations(facts))
    other_rules = data.draw(st.permutations(rules))
    assert PythonMatcher(rules).match(facts) == expected
    assert PythonMatcher(other_rules).match(shuffled) == expected
    assert DurableMatcher(rules, ruleset_size=size).match(facts) == expected
    assert DurableMatcher(other_rules, ruleset_size=size).match(shuffled) == expected


@settings(max_examples=60, deadline=None)
@given(rules=rulebooks(), cases=st.lists(situations, min_size=2, max_size=8))
def test_a_call_leaves_nothing_behind(rules: list[Rule], cases: list[list[Fact]]) -> None:
    matcher = DurableMatcher(rules)
    assert [matcher.match(case) for case in cases] == [by_definition(rules, case) for case in cases]
