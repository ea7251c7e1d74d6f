"""What every fact rests on: the rules that concluded it, down to what was told."""

from __future__ import annotations

from collections.abc import Iterable

from syncsage.evidence import FIX, PROBLEM
from syncsage.explanation import Origin, Reason, ReasonKind, Said
from syncsage.interview import Interview
from syncsage.observing.model import Match, Observation, Span
from syncsage.reasoning import problem_finding
from syncsage.reasoning.model import Fact, Firing
from syncsage.step import Step
from syncsage.views import rule_sources, statement

#: Lines of a text that are quoted for one reason.
_QUOTED = 3
_KINDS: dict[str, ReasonKind] = {"line": "line", "answer": "answer", "beforehand": "beforehand", "rule": "rule"}


class Proofs:
    """The proofs of one step.

    A rule may conclude what its own premises rest on. So every derived fact is given the first rule whose premises
    stand without it: proofs end, and they end at what was told.

    Args:
        interview: The knowledge and its rules.
        step: The step whose trace is read.
        said: Which event each fact comes from.
    """

    def __init__(self, interview: Interview, step: Step, said: Said) -> None:
        self._kb = interview.kb
        self._rules = interview.assessor.rules
        self._said = said
        self._step = step
        self._observed = {o.finding: o for o in step.observations}
        self._beforehand = {e.id for e in step.evidence if not e.asked}
        self._matches = {problem_finding(m.id): m for m in step.problems}
        self._derived = self._derivations(step)

    def leaves(self, facts: Iterable[Fact]) -> frozenset[Fact]:
        """Return what was told or answered that ``facts`` rest on."""
        found: set[Fact] = set()
        for fact in facts:
            firing = self._derived.get(fact)
            found |= self.leaves(firing.premises) if firing else {fact}
        return frozenset(found)

    def given(self) -> tuple[Fact, ...]:
        """Return what was read in a text, answered or tried; the problems aside."""
        return tuple(f for f in self._step.trace.facts if f not in self._derived and f.finding not in self._matches)

    def reasons(self, facts: Iterable[Fact], number: str) -> tuple[Reason, ...]:
        """Return the reasons for ``facts``, numbered below ``number``."""
        return tuple(self._reason(fact, f"{number}.{place}") for place, fact in enumerate(facts, start=1))

    def origin(self, fact: Fact) -> Origin:
        """Return where ``fact`` comes from."""
        firing = self._derived.get(fact)
        if firing is not None:
            return Origin("rule", rule=firing.rule)
        match, observation = self._matches.get(fact.finding), self._observed.get(fact.finding)
        if match is not None and match.by == "picked":
            return Origin("answer", self._said.numbers.get(PROBLEM))
        number = self._said.numbers.get(fact.finding)
        if fact.finding in self._beforehand:
            return Origin("beforehand", number)
        seen = match or observation
        if seen is None or fact.finding.startswith(FIX) or (observation and observation.how == "answer"):
            return Origin("answer", number)
        return self._line(seen, number)

    def _reason(self, fact: Fact, number: str) -> Reason:
        text, origin = statement(self._kb, fact.finding, fact.value), self.origin(fact)
        firing = self._derived.get(fact)
        if firing is None:
            return Reason(number, _KINDS[origin.kind], text, fact.finding, fact.value, origin=origin)
        rule = self._rules[firing.rule]
        return Reason(
            number,
            "rule",
            text,
            fact.finding,
            fact.value,
            rule=rule.id,
            because=rule.because,
            origin=origin,
            sources=rule_sources(self._kb, rule),
            below=self.reasons(firing.premises, number),
        )

    def _line(self, seen: Match | Observation, number: int | None) -> Origin:
        words = seen.quote if isinstance(seen, Match) else seen.detail
        if seen.where is None:
            return Origin("line", number, quote=words)
        told = self._said.texts.get(number, "") if number is not None else ""
        return Origin("line", number, seen.where.first, seen.where.last, _quote(told, seen.where) or words)

    def _derivations(self, step: Step) -> dict[Fact, Firing]:
        """Return the firing behind each derived fact, such that no fact rests on itself."""
        derived = {o.finding for o in step.observations if o.how == "derived"}
        final = frozenset(step.trace.facts)
        stands = {fact for fact in final if fact.finding not in derived}
        setting = [f for f in step.trace.firings if self._rules[f.rule].conclusion.kind == "set"]
        found: dict[Fact, Firing] = {}
        while True:
            fresh: dict[Fact, Firing] = {}
            for firing in setting:
                made = self._rules[firing.rule].conclusion
                fact = Fact(made.target, made.value)
                if fact in final and fact not in stands and stands.issuperset(firing.premises):
                    fresh.setdefault(fact, firing)
            if not fresh:
                return found
            found |= fresh
            stands |= fresh.keys()


def _quote(text: str, where: Span) -> str:
    lines = text.splitlines()[where.first - 1 : where.last]
    shown = lines[:_QUOTED] + ["..."] * (len(lines) > _QUOTED)
    return "\n".join(line.strip() for line in shown)
