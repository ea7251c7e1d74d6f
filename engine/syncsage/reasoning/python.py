"""The plain matcher: the oracle of the tests, and the fallback where durable_rules cannot be installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from syncsage.reasoning.chain import chain
from syncsage.reasoning.model import Fact, Firing, Rule, RuleMatcher, Rules, Test, Trace
from syncsage.reasoning.rulebook import RuleList


class PythonMatcher(RuleMatcher):
    """Forward chaining in plain Python over rules by finding."""

    name = "python"

    def __init__(self, rules: Rules | Iterable[Rule]) -> None:
        """Take ``rules``.

        Raises:
            RuleLimitError: A rule is outside the subset; the same rules are refused by every matcher.
        """
        self._rules = rules if isinstance(rules, Rules) else RuleList(rules)

    def match(self, facts: Iterable[Fact]) -> Trace:
        """Chain forward from ``facts``; see `RuleMatcher.match`."""
        known: dict[str, Fact] = {}

        def fire(fresh: Sequence[Fact]) -> Iterator[Firing]:
            known.update((fact.finding, fact) for fact in fresh)
            touched = {rule.id: rule for fact in fresh for rule in self._rules.about(fact.finding)}
            for rule in touched.values():
                premises = tuple(known[test.finding] for test in rule.tests if test.finding in known)
                if len(premises) == len(rule.tests) and all(map(Test.holds, rule.tests, premises)):
                    yield Firing(rule.id, premises)

        return chain(self._rules, facts, fire)
