"""Knowledge becomes rules: which ones, under which ids, with which tests and conclusions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.errors import RuleLimitError
from syncsage.knowledge import load
from syncsage.knowledge.model import Cause, Condition, KnowledgeRule, Likelihood, Origin, Problem
from syncsage.reasoning import compile_rules, default_matcher, fix_finding, problem_finding
from syncsage.reasoning.compile import SURE
from syncsage.reasoning.durable import DurableMatcher
from syncsage.reasoning.model import Conclusion, Fact, Rule, RuleKind, Test
from syncsage.reasoning.python import PythonMatcher

BICYCLE = load(Path(__file__).parents[1] / "fixtures" / "bicycle")

PROBLEM = replace(next(iter(BICYCLE.problems.values())), id="p", scope={}, implies={}, causes=())
CAUSE = replace(next(iter(BICYCLE.causes.values())), id="c", scope={}, evidence={})
WHOLE_DURABLE = DurableMatcher(compile_rules(BICYCLE))
WHOLE_PYTHON = PythonMatcher(compile_rules(BICYCLE))
RULE = KnowledgeRule("r", (), "confirm", "c", "", "for a reason", (), Origin("made-up.yaml"))


def compiled(
    problems: Iterable[Problem] = (), causes: Iterable[Cause] = (), rules: Iterable[KnowledgeRule] = ()
) -> dict[str, Rule]:
    kb = replace(
        BICYCLE,
        problems={problem.id: problem for problem in problems},
        causes={cause.id: cause for cause in causes},
        rules={rule.id: rule for rule in rules},
    )
    ordered = compile_rules(kb)
    assert [rule.id for rule in ordered] == sorted({rule.id for rule in ordered})
    return {rule.id: rule for rule in ordered}


def concluded(rules: Mapping[str, Rule], *facts: Fact) -> set[tuple[str, str, str]]:
    firings = default_matcher(rules.values()).match(facts).firings
    conclusions = (rules[firing.rule].conclusion for firing in firings)
    return {(conclusion.kind, conclusion.target, conclusion.value) for conclusion in conclusions}


def test_a_problem_raises_its_causes_however_it_was_recognised() -> None:
    rules = compiled([replace(PROBLEM, causes=("c", "d"))])
    assert rules["raise/p/c"] == Rule(
        "raise/p/c", "raise", (Test("problem:p", "none", negated=True),), Conclusion("raise", "c")
    )
    for level in ("exact", "strong", "weak", "picked"):
        assert concluded(rules, Fact("problem:p", level)) == {("raise", "c", ""), ("raise", "d", "")}
    assert concluded(rules, Fact("problem:p", "none")) == set()
    assert concluded(rules, Fact("problem:other", "exact")) == set()


def test_a_problem_implies_findings_when_it_is_sure() -> None:
    rules = compiled([replace(PROBLEM, implies={"model": "old", "place": "home"})])
    assert [name for name in rules if name.startswith("implies/p/model")] == [
        "implies/p/model",
        "implies/p/model#2",
        "implies/p/model#3",
    ]
    assert {rule.kind for rule in rules.values()} == {"implies"}
    for level in SURE:
        assert concluded(rules, Fact("problem:p", level)) == {
            ("set", "model", "old"),
            ("set", "place", "home"),
        }
    assert concluded(rules, Fact("problem:p", "weak")) == set()


def test_a_cause_is_excluded_outside_its_scope_only() -> None:
    rules = compiled(causes=[replace(CAUSE, scope={"model": ("old", "older")})])
    gate = rules["gate/c/model"]
    assert (gate.kind, gate.conclusion) == ("gate", Conclusion("exclude", "c"))
    assert gate.tests == (Test("model", "old", negated=True), Test("model", "older", negated=True))
    assert concluded(rules, Fact("model", "new")) == {("exclude", "c", "")}
    for known in ([Fact("model", "old")], [Fact("model", "older")], [Fact("model", "unknown")], []):
        assert concluded(rules, *known) == set()


def test_evidence_supports_with_its_word_unless_it_is_neutral() -> None:
    row: dict[str, Likelihood] = {"yes": "always", "no": "never", "maybe": "neutral"}
    rules = compiled(causes=[replace(CAUSE, evidence={"light-on": row, "rain": {"yes": "likely"}})])
    assert [name for name in rules if name.startswith("support/")] == [
        "support/c/light-on=no",
        "support/c/light-on=yes",
        "support/c/rain=yes",
    ]
    assert rules["support/c/light-on=no"] == Rule(
        "support/c/light-on=no", "support", (Test("light-on", "no"),), Conclusion("support", "c", "never")
    )
    assert concluded(rules, Fact("light-on", "yes"), Fact("rain", "yes")) == {
        ("support", "c", "always"),
        ("support", "c", "likely"),
    }


def test_the_outcome_of_a_fix_decides() -> None:
    rules = compiled(causes=[CAUSE])
    assert {name: rule.kind for name, rule in rules.items()} == {
        "tried/c=failed": "exclude",
        "tried/c=worked": "confirm",
    }
    assert concluded(rules, Fact("fix:c", "failed")) == {("exclude", "c", "")}
    assert concluded(rules, Fact("fix:c", "worked")) == {("confirm", "c", "")}


@pytest.mark.parametrize(
    ("written", "kind", "conclusion"),
    [
        (replace(RULE, action="exclude"), "exclude", Conclusion("exclude", "c")),
        (replace(RULE, action="confirm"), "confirm", Conclusion("confirm", "c")),
        (replace(RULE, action="raise"), "raise", Conclusion("raise", "c")),
        (replace(RULE, action="set", target="z", value="3"), "derive", Conclusion("set", "z", "3")),
    ],
    ids=["exclude", "confirm", "raise", "set"],
)
def test_a_written_rule_keeps_its_id_and_its_reason(
    written: KnowledgeRule, kind: RuleKind, conclusion: Conclusion
) -> None:
    when = (Condition("x", ("1",)), Condition("y", ("2",)))
    expected = Rule("r", kind, (Test("x", "1"), Test("y", "2")), conclusion, "for a reason")
    assert compiled(rules=[replace(written, when=when)]) == {"r": expected}


def test_alternatives_become_rules_with_one_conclusion() -> None:
    when = (Condition("x", ("1", "2")), Condition("y", ("3",)), Condition("z", ("4", "5")))
    rules = compiled(rules=[replace(RULE, when=when)])
    assert {name: [test.value for test in rule.tests] for name, rule in rules.items()} == {
        "r": ["1", "3", "4"],
        "r#2": ["1", "3", "5"],
        "r#3": ["2", "3", "4"],
        "r#4": ["2", "3", "5"],
    }
    assert {rule.conclusion for rule in rules.values()} == {Conclusion("confirm", "c")}


def test_a_refused_list_refuses_every_value_in_it() -> None:
    rules = compiled(rules=[replace(RULE, when=(Condition("x", ("1", "2"), negated=True),))])
    assert rules["r"].tests == (Test("x", "1", negated=True), Test("x", "2", negated=True))
    outcomes = {value: concluded(rules, Fact("x", value)) for value in ("1", "2", "3", "unknown")}
    assert outcomes == {"1": set(), "2": set(), "3": {("confirm", "c", "")}, "unknown": set()}


@pytest.mark.parametrize("accepted", [4, 5])
def test_a_rule_that_multiplies_out_of_hand_is_named(accepted: int) -> None:
    values = tuple(str(number) for number in range(accepted))
    explosive = replace(RULE, id="too-wide", when=tuple(Condition(f"f{n}", values) for n in range(4)))
    if accepted == 4:
        assert len(compiled(rules=[explosive])) == 256
        return
    with pytest.raises(RuleLimitError, match="rule too-wide stands for 625 combinations"):
        compiled(rules=[explosive])


def test_pseudo_findings_carry_the_id() -> None:
    assert (problem_finding("p"), fix_finding("c")) == ("problem:p", "fix:c")


def test_implied_findings_open_the_gates() -> None:
    """The parts work together: a recognised problem settles a finding, which rules a cause out."""
    problem = replace(PROBLEM, causes=("c", "d"), implies={"model": "new"})
    causes = [replace(CAUSE, scope={"model": ("old",)}), replace(CAUSE, id="d", scope={"model": ("new",)})]
    outcome = concluded(compiled([problem], causes), Fact("problem:p", "exact"))
    assert outcome == {("raise", "c", ""), ("raise", "d", ""), ("set", "model", "new"), ("exclude", "c", "")}


@settings(deadline=None)
@given(
    known=st.fixed_dictionaries(
        {},
        optional={
            **{finding.id: st.sampled_from(finding.values) for finding in BICYCLE.findings.values()},
            **{problem_finding(problem): st.sampled_from(("exact", "weak")) for problem in BICYCLE.problems},
            **{fix_finding(cause): st.sampled_from(("failed", "worked")) for cause in BICYCLE.causes},
        },
    )
)
def test_a_whole_knowledge_base_reasons_alike_in_both_matchers(known: dict[str, str]) -> None:
    facts = [Fact(*item) for item in known.items()]
    assert WHOLE_DURABLE.match(facts) == WHOLE_PYTHON.match(facts)
