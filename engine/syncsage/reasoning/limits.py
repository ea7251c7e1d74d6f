"""The measured safe subset of the rule engine, and the division of rules into rulesets that stay inside it.

Outside these bounds durable_rules 2.0.28 refuses with bare numbers, hangs, or answers wrongly. The figures
lie a little under the sizes of its tables (16 messages in a frame, 256 rules on a test, 512 branches of a
node, a stack of 64). Ordered comparisons have a bound of their own there; a `Test` cannot express one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from syncsage.errors import RuleLimitError
from syncsage.reasoning.model import Rule, Test

MAX_CONDITIONS: Final = 16
MAX_RULES: Final = 1_000
MAX_RULES_PER_TEST: Final = 220
MAX_ATTRIBUTES: Final = 450
MAX_TESTS_PER_ATTRIBUTE: Final = 450
MAX_TESTS_MET: Final = 60

#: The adapter adds one rule, on an attribute of its own, to every ruleset.
OWN: Final = 1


class Load:
    """What one ruleset carries so far, measured against the limits."""

    def __init__(self) -> None:
        self._rules = OWN
        self._conditions: Counter[Test] = Counter()
        self._tests: dict[str, set[Test]] = {}

    def refusal(self, rule: Rule) -> str:
        """Tell why ``rule`` does not fit any more; empty when it fits."""
        if self._rules >= MAX_RULES:
            return f"a ruleset takes at most {MAX_RULES - OWN} rules"
        fresh = Counter(rule.tests)
        if any(self._conditions[test] + count > MAX_RULES_PER_TEST for test, count in fresh.items()):
            return f"at most {MAX_RULES_PER_TEST} conditions of a ruleset may be the same test"
        findings = {test.finding for test in fresh}
        if len(self._tests) + len(findings - self._tests.keys()) > MAX_ATTRIBUTES - OWN:
            return f"a ruleset takes at most {MAX_ATTRIBUTES - OWN} findings"
        return next(filter(None, (self._crowding(finding, fresh) for finding in findings)), "")

    def add(self, rule: Rule) -> None:
        """Count ``rule`` in."""
        self._rules += 1
        self._conditions.update(rule.tests)
        for test in rule.tests:
            self._tests.setdefault(test.finding, set()).add(test)

    def _crowding(self, finding: str, fresh: Iterable[Test]) -> str:
        tests = self._tests.get(finding, set()).union(test for test in fresh if test.finding == finding)
        if len(tests) > MAX_TESTS_PER_ATTRIBUTE:
            return f"a ruleset takes at most {MAX_TESTS_PER_ATTRIBUTE} different tests of one finding"
        if most_met(tests) > MAX_TESTS_MET:
            return f"one fact may meet at most {MAX_TESTS_MET} different tests of a ruleset"
        return ""


def most_met(tests: Iterable[Test]) -> int:
    """Return how many of ``tests``, different ones of one finding, a single fact can satisfy at most."""
    tests = tuple(tests)
    equal = {test.value for test in tests if not test.negated}
    negated = {test.value for test in tests if test.negated}
    # A value that is only negated somewhere fails one test; any other value meets all the negated ones.
    return len(negated) + bool(equal - negated)


def check_rules(rules: Iterable[Rule]) -> None:
    """Check what must hold for each rule by itself, whichever matcher runs it.

    Raises:
        RuleLimitError: A rule has no condition or more than 16, or its id occurs twice. The message names it.
    """
    seen: set[str] = set()
    for rule in rules:
        if not 1 <= len(rule.tests) <= MAX_CONDITIONS:
            raise RuleLimitError(f"rule {rule.id} has {len(rule.tests)} conditions; it must have 1 to {MAX_CONDITIONS}")
        if rule.id in seen:
            raise RuleLimitError(f"rule {rule.id}: the id occurs twice")
        seen.add(rule.id)


def check_ruleset(rules: Iterable[Rule]) -> None:
    """Check that ``rules`` may live in one ruleset.

    Raises:
        RuleLimitError: They leave the safe subset. The message names the first rule that does not fit.
    """
    load = Load()
    for rule in rules:
        if why := load.refusal(rule):
            raise RuleLimitError(f"rule {rule.id}: {why}")
        load.add(rule)


def divide(rules: Iterable[Rule]) -> tuple[tuple[Rule, ...], ...]:
    """Divide ``rules``, each of which passed `check_rules`, into as few runs as keep the limits, in order."""
    runs: list[list[Rule]] = [[]]
    load = Load()
    for rule in rules:
        if load.refusal(rule):
            runs.append([])
            load = Load()
        runs[-1].append(rule)
        load.add(rule)
    return tuple(tuple(run) for run in runs if run)
