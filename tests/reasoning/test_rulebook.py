"""Rules that are compiled when they are asked for are those that are compiled all at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.errors import RuleLimitError
from syncsage.knowledge.model import Condition, KnowledgeBase, KnowledgeRule, Origin
from syncsage.reasoning import Fact, RuleBook, RuleList, RuleMatcher, Rules, compile_rules
from syncsage.reasoning.durable import DurableMatcher
from syncsage.reasoning.python import PythonMatcher


@pytest.fixture(params=[RuleBook, lambda kb: RuleList(compile_rules(kb))], ids=["book", "list"])
def rules(request: pytest.FixtureRequest, bicycle: KnowledgeBase) -> Rules:
    made: Rules = request.param(bicycle)
    return made


def test_rules_are_found_by_what_they_test(rules: Rules, bicycle: KnowledgeBase) -> None:
    every = compile_rules(bicycle)
    tested = {test.finding for rule in every for test in rule.tests}
    assert any(finding.startswith("fix:") for finding in tested)
    for finding in tested:
        expected = [rule for rule in every if any(test.finding == finding for test in rule.tests)]
        assert sorted(rules.about(finding), key=lambda rule: rule.id) == expected


@pytest.mark.parametrize("finding", ["no-such-finding", "problem:no-such-problem", "fix:no-such-cause", "fix:", ""])
def test_nothing_is_about_what_does_not_exist(rules: Rules, finding: str) -> None:
    assert rules.about(finding) == ()


def test_rules_are_a_mapping_by_id(rules: Rules, bicycle: KnowledgeBase) -> None:
    every = {rule.id: rule for rule in compile_rules(bicycle)}
    assert rules["gauge-proves-wear"] == every["gauge-proves-wear"]
    assert dict(rules) == every
    assert len(rules) == len(every)


def test_only_what_is_asked_for_is_compiled(bicycle: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def count(entry: object) -> object:
        made.append(entry.id)  # type: ignore[attr-defined]
        return original(entry)

    original = RuleBook.__init__.__globals__["rules_of"]
    monkeypatch.setitem(RuleBook.__init__.__globals__, "rules_of", count)
    book = RuleBook(bicycle)
    assert made == []
    first = book.about("problem:chain-skips")
    assert made == ["chain-skips"]
    assert book.about("problem:chain-skips") is first
    assert [book[rule.id] for rule in first] == list(first)
    assert made == ["chain-skips"]


def test_a_rule_beyond_the_limits_is_named_when_it_wakes(bicycle: KnowledgeBase) -> None:
    conditions = tuple(Condition(f"f{n}", ("yes",)) for n in range(17))
    wide = KnowledgeRule("too-wide", conditions, "confirm", "chain-dry", "", "why", (), Origin("r.yaml"))
    book = RuleBook(replace(bicycle, rules={"too-wide": wide}))
    assert PythonMatcher(book).match([Fact("problem:chain-skips", "exact")]).firings
    with pytest.raises(RuleLimitError, match="rule too-wide has 17 conditions"):
        PythonMatcher(book).match([Fact("f3", "yes")])


@pytest.mark.parametrize("make", [DurableMatcher, PythonMatcher])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_matchers_conclude_the_same_from_both(
    bicycle: KnowledgeBase, make: Callable[[Rules], RuleMatcher], data: st.DataObject
) -> None:
    values = {f.id: f.values for f in bicycle.findings.values() if f.values}
    values |= {f"problem:{p}": ("exact", "weak", "none") for p in bicycle.problems}
    values |= {f"fix:{c}": ("worked", "failed") for c in bicycle.causes}
    chosen = data.draw(st.lists(st.sampled_from(sorted(values)), unique=True, max_size=6))
    facts = [Fact(finding, data.draw(st.sampled_from(values[finding]))) for finding in chosen]
    expected = PythonMatcher(compile_rules(bicycle)).match(facts)
    assert make(RuleBook(bicycle)).match(facts) == expected
