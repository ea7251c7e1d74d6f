"""Rules by id and by what they test: all given at once, or compiled from the knowledge where something asks for them.

An interview touches a few problems and what belongs to them. Of a large knowledge base only their rules are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from syncsage.knowledge.model import Cause, KnowledgeBase, KnowledgeRule, Problem
from syncsage.reasoning.compile import FIX, PROBLEM, compile_rules, rules_of
from syncsage.reasoning.limits import check_rules
from syncsage.reasoning.model import Rule, Rules


class RuleList(Rules):
    """Rules that are all there.

    Args:
        rules: Rules with unique ids.

    Raises:
        RuleLimitError: A rule is outside the subset that every matcher runs; the message names it.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        ordered = tuple(rules)
        check_rules(ordered)
        self._by_id = {rule.id: rule for rule in ordered}
        self._about: dict[str, list[Rule]] = {}
        for rule in ordered:
            for finding in {test.finding for test in rule.tests}:
                self._about.setdefault(finding, []).append(rule)

    def __getitem__(self, rule_id: str) -> Rule:
        return self._by_id[rule_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def about(self, finding: str) -> tuple[Rule, ...]:
        """Return the rules that test ``finding``."""
        return tuple(self._about.get(finding, ()))


class RuleBook(Rules):
    """The rules of a knowledge base, compiled when first asked for.

    Args:
        kb: The knowledge.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._by_id: dict[str, Rule] = {}
        self._made: dict[tuple[str, str], tuple[Rule, ...]] = {}
        self._about: dict[str, tuple[Rule, ...]] = {}

    def __getitem__(self, rule_id: str) -> Rule:
        rule = self._by_id.get(rule_id)
        return rule if rule is not None else self._all[rule_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def about(self, finding: str) -> tuple[Rule, ...]:
        """Return the rules that test ``finding``.

        Raises:
            RuleLimitError: A rule is outside the subset that every matcher runs; the message names it.
        """
        if finding not in self._about:
            rules = (rule for entry in self._speaking(finding) for rule in self._of(entry))
            self._about[finding] = tuple(rule for rule in rules if any(test.finding == finding for test in rule.tests))
        return self._about[finding]

    def _of(self, entry: Problem | Cause | KnowledgeRule) -> tuple[Rule, ...]:
        key = (type(entry).__name__, entry.id)
        if key not in self._made:
            rules = tuple(rules_of(entry))
            check_rules(rules)
            self._made[key] = rules
            self._by_id |= {rule.id: rule for rule in rules}
        return self._made[key]

    def _speaking(self, finding: str) -> Iterable[Problem | Cause | KnowledgeRule]:
        """Return the entries whose rules test ``finding``."""
        for prefix, entries in ((PROBLEM, self._kb.problems), (FIX, self._kb.causes)):
            if finding.startswith(prefix):
                entry = entries.get(finding.removeprefix(prefix))
                return () if entry is None else (entry,)
        return self._entries.get(finding, ())

    @cached_property
    def _entries(self) -> dict[str, list[Cause | KnowledgeRule]]:
        found: dict[str, list[Cause | KnowledgeRule]] = {}
        for cause in self._kb.causes.values():
            for finding in cause.evidence.keys() | cause.scope.keys():
                found.setdefault(finding, []).append(cause)
        for rule in self._kb.rules.values():
            for finding in {condition.finding for condition in rule.when}:
                found.setdefault(finding, []).append(rule)
        return found

    @cached_property
    def _all(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in compile_rules(self._kb)}
