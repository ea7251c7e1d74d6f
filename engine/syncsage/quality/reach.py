"""Lint of what the reasoning can reach: idle questions, and causes that can never come first."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from syncsage.errors import Fault
from syncsage.evidence import PROBLEM
from syncsage.interview import Interview
from syncsage.knowledge.model import Cause, Finding, KnowledgeBase
from syncsage.reasoning import RuleList, compile_rules
from syncsage.reasoning.belief import OTHER
from syncsage.reasoning.python import PythonMatcher
from syncsage.step import Evidence

#: A question is idle if no answer changes the odds of any two causes by more than this factor.
_TELLING = 1.25


def lint_reasoning(kb: KnowledgeBase) -> tuple[Fault, ...]:
    """Return questions that cannot change a ranking and causes that no evidence brings first, sorted by place."""
    rules = RuleList(compile_rules(kb))
    interview = Interview(kb, rules, PythonMatcher(rules))
    return tuple(sorted([*_idle(kb, interview), *_unreachable(kb, interview)]))


def _idle(kb: KnowledgeBase, interview: Interview) -> Iterator[Fault]:
    wanted = {c.finding for rule in kb.rules.values() for c in rule.when}
    wanted |= {f for finding in kb.findings.values() for f in (*finding.requires, *finding.scope)}
    wanted |= {f for p in kb.procedures.values() for v in p.variants for f in v.scope}
    speaking: dict[str, set[str]] = {}
    for cause in kb.causes.values():
        for name in (*cause.evidence, *cause.scope):
            speaking.setdefault(name, set()).add(cause.id)
    for finding in kb.findings.values():
        asked = finding.ask and not finding.paste and finding.id not in wanted
        told = speaking.get(finding.id, set())
        if asked and not _tells(interview, finding, told, silent=len(told) < len(kb.causes)):
            yield Fault(
                finding.origin.file, finding.origin.line, finding.id, "no answer can change a ranking", "idle-question"
            )


def _tells(interview: Interview, finding: Finding, speaking: Collection[str], silent: bool) -> bool:
    """Tell whether an answer changes the odds of two causes; those that are silent of it are all alike."""
    likelihood = interview.assessor.beliefs.likelihood
    for value in finding.values:
        chances = [likelihood(cause, finding.id, value) for cause in (*speaking, *([OTHER] if silent else ()))]
        if chances and max(chances) > _TELLING * min(chances):
            return True
    return False


def _unreachable(kb: KnowledgeBase, interview: Interview) -> Iterator[Fault]:
    raised: dict[str, list[str]] = {}
    for problem in kb.problems.values():
        for name in problem.causes:
            raised.setdefault(name, []).append(problem.id)
    for cause in kb.causes.values():
        problems = raised.get(cause.id)
        if problems and not any(_comes_first(kb, interview, cause, problem) for problem in problems):
            place = cause.origin
            yield Fault(place.file, place.line, "evidence", "no evidence brings this cause first", "unreachable-cause")


def _comes_first(kb: KnowledgeBase, interview: Interview, cause: Cause, problem: str) -> bool:
    evidence = [Evidence(PROBLEM, problem)]
    for finding_id in cause.evidence:
        values = kb.findings[finding_id].values
        likelihood = interview.assessor.beliefs.likelihood
        best = max(values, key=lambda v: (likelihood(cause.id, finding_id, v), v))
        evidence.append(Evidence(finding_id, best))
    evidence += [Evidence(f, v[0]) for f, v in cause.scope.items() if f not in cause.evidence]
    step = interview.step(evidence)
    return bool(step.causes) and step.causes[0].id == cause.id
