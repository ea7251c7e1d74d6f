"""Reasoning: compiled rules, the two matchers that chain them forward, belief and planning."""

from syncsage.reasoning.compile import compile_rules, fix_finding, problem_finding
from syncsage.reasoning.matchers import default_matcher, matcher_name
from syncsage.reasoning.model import Conclusion, Fact, Firing, Rule, RuleMatcher, Rules, Test, Trace
from syncsage.reasoning.rulebook import RuleBook, RuleList

__all__ = [
    "Conclusion",
    "Fact",
    "Firing",
    "Rule",
    "RuleBook",
    "RuleList",
    "RuleMatcher",
    "Rules",
    "Test",
    "Trace",
    "compile_rules",
    "default_matcher",
    "fix_finding",
    "matcher_name",
    "problem_finding",
]
