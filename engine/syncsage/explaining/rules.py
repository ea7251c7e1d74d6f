"""What became of every rule: fired, false, or not evaluated for want of an input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from syncsage.evidence import CONFLICT
from syncsage.explanation import Requirement, RuleState, RuleStatus
from syncsage.interview import Interview
from syncsage.knowledge.model import KnowledgeBase
from syncsage.reasoning.model import Conclusion, Rule, Test
from syncsage.step import UNKNOWN, Step, UnknownReason
from syncsage.views import rule_sources, statement

_SAYS: Mapping[str, str] = {
    "raise": "“{}” comes into question",
    "exclude": "“{}” is ruled out",
    "confirm": "“{}” is proven",
}


def rule_states(interview: Interview, step: Step) -> tuple[RuleState, ...]:
    """Return the state of every rule, by id; alternatives of one rule count as one."""
    rules = sorted(interview.assessor.rules.values(), key=lambda rule: _written(rule.id))
    look = _Look(interview.kb, step)
    return tuple(look.state(list(group)) for _, group in groupby(rules, key=lambda rule: _written(rule.id)))


class _Look:
    """Holds rules against what one step knows."""

    def __init__(self, kb: KnowledgeBase, step: Step) -> None:
        self._kb = kb
        self._facts = {fact.finding: fact for fact in step.trace.facts}
        self._fired = {firing.rule: firing for firing in step.trace.firings}
        self._unknown: dict[str, UnknownReason] = {
            e.id.removeprefix(CONFLICT): e.reason for e in step.evidence if e.value == UNKNOWN
        }

    def state(self, alternatives: Sequence[Rule]) -> RuleState:
        """Return the state of a rule, given as its alternatives."""
        first = alternatives[0]
        firing = next((self._fired[rule.id] for rule in alternatives if rule.id in self._fired), None)
        viable = [rule for rule in alternatives if not self._failed(rule.tests)]
        status: RuleStatus = "fired" if firing else "not-evaluated" if viable else "not-met"
        missing = [test for rule in viable for test in rule.tests if test.finding not in self._facts]
        failed = [test for rule in alternatives for test in self._failed(rule.tests)]
        return RuleState(
            id=_written(first.id),
            kind=first.kind,
            status=status,
            text=self._says(first.conclusion),
            target=first.conclusion.target,
            because=first.because,
            premises=tuple(statement(self._kb, p.finding, p.value) for p in firing.premises) if firing else (),
            requires=self._requirements(missing) if status == "not-evaluated" else (),
            failed=self._requirements(failed) if status == "not-met" else (),
            sources=rule_sources(self._kb, first),
        )

    def _failed(self, tests: Iterable[Test]) -> list[Test]:
        return [t for t in tests if t.finding in self._facts and not t.holds(self._facts[t.finding])]

    def _requirements(self, tests: Iterable[Test]) -> tuple[Requirement, ...]:
        values: dict[tuple[str, bool], dict[str, None]] = {}
        for test in tests:
            values.setdefault((test.finding, test.negated), {})[test.value] = None
        return tuple(self._requirement(f, negated, tuple(found)) for (f, negated), found in values.items())

    def _requirement(self, finding_id: str, negated: bool, values: tuple[str, ...]) -> Requirement:
        finding, fact = self._kb.findings.get(finding_id), self._facts.get(finding_id)
        return Requirement(
            finding=finding_id,
            text=self._name(finding_id),
            values=values,
            labels=tuple(finding.label(value) for value in values) if finding else values,
            negated=negated,
            known=fact.value if fact else None,
            not_known=None if fact else self._unknown.get(finding_id),
        )

    def _name(self, finding_id: str) -> str:
        finding = self._kb.findings.get(finding_id)
        if finding is not None:
            return finding.ask or finding.id.replace("-", " ")
        kind, _, target = finding_id.partition(":")
        if kind == "problem":
            return f"the problem “{self._kb.problems[target].title}”"
        return f"the fix “{self._kb.procedures[self._kb.causes[target].fix].title}”"

    def _says(self, made: Conclusion) -> str:
        if made.kind == "set":
            return statement(self._kb, made.target, made.value)
        title = self._kb.causes[made.target].title
        if made.kind == "support":
            return f"{'for' if made.value in ('always', 'likely') else 'against'} “{title}”"
        return _SAYS[made.kind].format(title)


def _written(rule_id: str) -> str:
    """Return the id that a rule has in the knowledge; its alternatives carry a number behind it."""
    return rule_id.partition("#")[0]
