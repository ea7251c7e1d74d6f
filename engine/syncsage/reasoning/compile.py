"""Knowledge to rules: everything that can be concluded becomes a forward rule, so there is one way to infer.

Two kinds of findings exist only here: ``problem:<id>`` (how surely a problem was recognised: ``exact``,
``strong``, ``weak``, or ``picked`` by a person) and ``fix:<cause id>`` (its fix ``worked`` or ``failed``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, product
from math import prod
from typing import Final

from syncsage.errors import RuleLimitError
from syncsage.knowledge.model import Cause, Condition, KnowledgeBase, KnowledgeRule, Problem
from syncsage.reasoning.model import Conclusion, Rule, RuleKind, Test

#: Values of ``problem:<id>`` that are sure enough for what the problem implies.
SURE: Final = ("exact", "strong", "picked")

#: How the findings begin that exist only here.
PROBLEM: Final = "problem:"
FIX: Final = "fix:"

#: How the ids of rules begin that say what a problem implies.
IMPLIES: Final = "implies/"

#: A written rule stands for at most this many combinations of its accepted values.
MAX_COMBINATIONS: Final = 256

_Entry = Problem | Cause | KnowledgeRule

_KINDS: Final[dict[str, RuleKind]] = {
    "set": "derive",
    "raise": "raise",
    "exclude": "exclude",
    "confirm": "confirm",
}


def problem_finding(problem: str) -> str:
    """Return the finding that says how surely ``problem`` was recognised."""
    return f"{PROBLEM}{problem}"


def fix_finding(cause: str) -> str:
    """Return the finding that says how the fix of ``cause`` went."""
    return f"{FIX}{cause}"


def compile_rules(kb: KnowledgeBase) -> tuple[Rule, ...]:
    """Compile problems, causes and written rules to forward rules.

    =========================================  ======================================================
    ``raise/<problem>/<cause>``                the problem is recognised: its cause is a candidate
    ``implies/<problem>/<finding>``            it is surely recognised: the finding is settled
    ``gate/<cause>/<finding>``                 the finding has a value outside the scope of the cause
    ``support/<cause>/<finding>=<value>``      a row of evidence that is not neutral
    ``tried/<cause>=<outcome>``                the fix worked or failed
    ``<rule>``                                 a rule as written
    =========================================  ======================================================

    Alternatives become rules of their own with one conclusion, the second of them with ``#2`` behind the id.

    Returns:
        The rules, sorted by id.

    Raises:
        RuleLimitError: A written rule stands for more than 256 combinations of values.
    """
    entries: Iterable[_Entry] = chain(kb.problems.values(), kb.causes.values(), kb.rules.values())
    return tuple(sorted(chain.from_iterable(map(rules_of, entries)), key=lambda rule: rule.id))


def rules_of(entry: _Entry) -> Iterator[Rule]:
    """Return the rules that one entry stands for; see `compile_rules`.

    Raises:
        RuleLimitError: A written rule stands for more than 256 combinations of values.
    """
    match entry:
        case Problem():
            return _of_problem(entry)
        case Cause():
            return _of_cause(entry)
        case KnowledgeRule():
            return _of_rule(entry)


def _of_problem(problem: Problem) -> Iterator[Rule]:
    finding = problem_finding(problem.id)
    seen = (Test(finding, "none", negated=True),)
    for cause in problem.causes:
        yield Rule(f"raise/{problem.id}/{cause}", "raise", seen, Conclusion("raise", cause))
    sure = [(Test(finding, value),) for value in SURE]
    for target, value in problem.implies.items():
        yield from _alternatives(f"{IMPLIES}{problem.id}/{target}", "implies", sure, Conclusion("set", target, value))


def _of_cause(cause: Cause) -> Iterator[Rule]:
    excluded, confirmed = Conclusion("exclude", cause.id), Conclusion("confirm", cause.id)
    for finding, accepted in cause.scope.items():
        tests = tuple(Test(finding, value, negated=True) for value in accepted)
        yield Rule(f"gate/{cause.id}/{finding}", "gate", tests, excluded)
    for finding, row in cause.evidence.items():
        for value, word in row.items():
            if word != "neutral":
                rule_id = f"support/{cause.id}/{finding}={value}"
                yield Rule(rule_id, "support", (Test(finding, value),), Conclusion("support", cause.id, word))
    tried = fix_finding(cause.id)
    yield Rule(f"tried/{cause.id}=failed", "exclude", (Test(tried, "failed"),), excluded)
    yield Rule(f"tried/{cause.id}=worked", "confirm", (Test(tried, "worked"),), confirmed)


def _of_rule(rule: KnowledgeRule) -> Iterator[Rule]:
    options = [_options(condition) for condition in rule.when]
    if (count := prod(map(len, options))) > MAX_COMBINATIONS:
        raise RuleLimitError(
            f"rule {rule.id} stands for {count} combinations of values, at most {MAX_COMBINATIONS} are "
            "possible: set a finding from some of its conditions and test that one"
        )
    combinations = [tuple(chain.from_iterable(choice)) for choice in product(*options)]
    conclusion = Conclusion(rule.action, rule.target, rule.value)
    yield from _alternatives(rule.id, _KINDS[rule.action], combinations, conclusion, rule.because)


def _options(condition: Condition) -> list[tuple[Test, ...]]:
    """Return the ways to meet ``condition``: one for every accepted value, or all refused values at once."""
    tests = tuple(Test(condition.finding, value, condition.negated) for value in condition.values)
    return [tests] if condition.negated else [(test,) for test in tests]


def _alternatives(
    rule_id: str,
    kind: RuleKind,
    options: Iterable[tuple[Test, ...]],
    conclusion: Conclusion,
    because: str = "",
) -> Iterator[Rule]:
    for number, tests in enumerate(options, start=1):
        yield Rule(rule_id if number == 1 else f"{rule_id}#{number}", kind, tests, conclusion, because)
