"""The choice between the two matchers."""

from __future__ import annotations

from collections.abc import Iterable

from syncsage.reasoning.durable import DurableMatcher
from syncsage.reasoning.model import Rule, RuleMatcher, Rules
from syncsage.reasoning.python import PythonMatcher
from syncsage.reasoning.rulebook import RuleList


def default_matcher(rules: Rules | Iterable[Rule]) -> RuleMatcher:
    """Return the durable_rules matcher, or its plain twin where that library cannot be imported.

    Raises:
        RuleLimitError: A rule is outside the safe subset; the message names it.
    """
    rules = rules if isinstance(rules, Rules) else RuleList(rules)
    try:
        return DurableMatcher(rules)
    except ImportError:
        return PythonMatcher(rules)


def matcher_name() -> str:
    """Return the name of the matcher in use: ``durable_rules`` or ``python``."""
    return default_matcher(()).name
