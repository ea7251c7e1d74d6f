"""From evidence to ranked causes: facts, forward chaining, candidates, belief."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from syncsage.conflicts import against_all, against_rules, against_text, answers
from syncsage.evidence import CONSENT, FIX, NO_PROBLEM, PROBLEM, check
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import Level, Match, Observation, Parsed
from syncsage.reasoning import fix_finding, problem_finding
from syncsage.reasoning.belief import OTHER, Beliefs, Candidate
from syncsage.reasoning.model import Fact, Firing, RuleMatcher, Rules, Trace
from syncsage.standing import Standings, Verdicts
from syncsage.step import UNKNOWN, Conflict, Evidence, RankedCause

_PICKED = "picked"
_WEIGHT: Mapping[str, float] = {"exact": 1.0, _PICKED: 1.0, "strong": 0.8}
_WEAK_WEIGHT = 0.6
_CONFIRMED_SHARE = 0.97
#: Prior weight of unknown causes by the level of the first problem: the surer the text, the less is left open.
_OTHER: Mapping[str, float] = {"exact": 0.5, "strong": 3.0, "weak": 5.0}
#: Evidence speaks for a cause if it raises its odds this many times.
_TOLD = 1.3


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything known and concluded after some evidence.

    Attributes:
        problems: The problems in play: those of the text, or the one a person picked.
        known: Finding id -> value, as given, read or derived; unknowns are not in it.
        unknown: Finding id -> the reason why it is not known.
        conflicts: Answers that something contradicts, those to be settled first in front.
    """

    parsed: Parsed
    evidence: tuple[Evidence, ...]
    problems: tuple[Match, ...]
    known: Mapping[str, str]
    unknown: Mapping[str, str]
    observations: tuple[Observation, ...]
    trace: Trace
    verdicts: Verdicts
    causes: tuple[RankedCause, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def answered(self) -> frozenset[str]:
        """Ids of all evidence, unknowns included."""
        return frozenset(e.id for e in self.evidence)

    @property
    def asked(self) -> int:
        """How many questions were answered, unknowns included."""
        return sum(1 for e in self.evidence if e.asked and not e.id.startswith((FIX, CONSENT)))


class Assessor:
    """Assesses evidence by one knowledge base.

    Args:
        kb: The knowledge.
        rules: Its compiled rules.
        matcher: The rule engine over them.
    """

    def __init__(self, kb: KnowledgeBase, rules: Rules, matcher: RuleMatcher) -> None:
        self.kb = kb
        self.rules = rules
        self.matcher = matcher
        self.beliefs = Beliefs(kb.findings, kb.causes)
        self._standings = Standings(kb, self.rules)

    def assess(self, evidence: Sequence[Evidence], parsed: Parsed) -> Assessment:
        """Conclude what follows from ``evidence`` and a text.

        Raises:
            EvidenceError: An id or value that the knowledge does not declare, or two values for one id.
        """
        given = check(self.kb, evidence)
        problems = self._problems(parsed, given)
        observed, trace, conflicts = self._match(parsed, problems, given)
        said = {i: o for i, o in observed.items() if o.how == "answer"}
        observed |= self._derived(trace, observed)
        known = {finding: observed[finding].value for finding in sorted(observed)}
        verdicts = self._verdicts(trace, problems, observed)
        nothing_left = problems and not verdicts.belief and not conflicts
        doubts = against_all(self.kb, self._excluding(verdicts, known), said, given) if nothing_left else ()
        return Assessment(
            parsed=parsed,
            evidence=tuple(given.values()),
            problems=problems,
            known=known,
            unknown={i: e.reason for i, e in given.items() if e.value == UNKNOWN and i not in known},
            observations=tuple(observed[finding] for finding in sorted(observed)),
            trace=trace,
            verdicts=verdicts,
            causes=self._standings.rank(verdicts, trace, observed),
            conflicts=(*conflicts, *doubts),
        )

    def _match(
        self, parsed: Parsed, problems: Sequence[Match], given: Mapping[str, Evidence]
    ) -> tuple[dict[str, Observation], Trace, tuple[Conflict, ...]]:
        """Return what is observed, what follows from it, and the answers that something contradicts."""
        read, said = {o.finding: o for o in parsed.observations}, answers(self.kb, given)
        shown = against_text(self.kb, said, read, given)
        aside = {conflict.finding for conflict in shown}
        observed = read | {i: o for i, o in said.items() if i not in aside}
        trace = self.matcher.match(_facts(observed, problems, given))
        concluded = against_rules(self.kb, self.rules, trace, observed, given)
        return observed, trace, (*shown, *concluded)

    def _excluding(self, verdicts: Verdicts, known: Mapping[str, str]) -> list[Firing]:
        """Return what rules each candidate out, that of the one which would be most probable otherwise first."""
        left = {c: Candidate(self.kb.causes[c], 1.0) for c in verdicts.candidates if c in verdicts.excluded}
        belief = self.beliefs.posterior(left, known, 1.0)
        return [verdicts.excluded[c] for c in sorted(left, key=lambda c: (-round(belief[c], 12), c))]

    def _problems(self, parsed: Parsed, given: Mapping[str, Evidence]) -> tuple[Match, ...]:
        """Return the problems of the text, or the one a person picked among them and what is clear beside it."""
        choice = given.get(PROBLEM)
        if choice is None or choice.value == UNKNOWN:
            return parsed.problems
        clear = tuple(m for m in parsed.problems if m.level in ("exact", "strong") and m.id != choice.value)
        if choice.value == NO_PROBLEM:
            return clear
        entry = self.kb.problems[choice.value]
        seen = next((m for m in parsed.problems if m.id == choice.value), None)
        level: Level = "exact" if seen is not None and seen.level == "exact" else "strong"
        return (Match(entry.id, entry.title, 1.0, level, entry.coverage, _PICKED), *clear)

    def _derived(self, trace: Trace, observed: Mapping[str, Observation]) -> dict[str, Observation]:
        """Return what rules set, each with the rule that did; the trace names the value that stands."""
        final = {fact.finding: fact.value for fact in trace.facts}
        new: dict[str, Observation] = {}
        for firing in trace.firings:
            made = self.rules[firing.rule].conclusion
            if made.kind == "set" and made.target not in observed and final[made.target] == made.value:
                new.setdefault(made.target, Observation(made.target, made.value, "derived", None, firing.rule))
        return new

    def _verdicts(self, trace: Trace, problems: Sequence[Match], observed: Mapping[str, Observation]) -> Verdicts:
        known = {finding: observed[finding].value for finding in sorted(observed)}
        fired: dict[str, dict[str, list[Firing]]] = {"raise": {}, "confirm": {}, "exclude": {}}
        for firing in trace.firings:
            made = self.rules[firing.rule].conclusion
            if made.kind in fired:
                fired[made.kind].setdefault(made.target, []).append(firing)
        excluded = {cause: firings[0] for cause, firings in fired["exclude"].items()}
        confirmed = {cause: firings[0] for cause, firings in fired["confirm"].items() if cause not in excluded}
        raised = {cause: tuple(firings) for cause, firings in fired["raise"].items()}
        candidates = self._candidates(raised, [*fired["confirm"]], problems, known)
        left = {cause: candidate for cause, candidate in candidates.items() if cause not in excluded}
        weight = _OTHER[problems[0].level if problems else "weak"]
        before = self.beliefs.posterior(candidates, {}, weight)
        belief, other, told = self._belief(left, confirmed, known, weight, before)
        certain = len(left) == 1 and any(match.level == "exact" for match in problems)
        return Verdicts(tuple(candidates), raised, confirmed, excluded, belief, other, told, certain)

    def _candidates(
        self,
        raised: Mapping[str, tuple[Firing, ...]],
        confirmed: Iterable[str],
        problems: Sequence[Match],
        known: Mapping[str, str],
    ) -> dict[str, Candidate]:
        """Return the causes in question; without any problem, whatever the answers speak of."""
        weight = {problem_finding(m.id): _WEIGHT.get(_kind(m), _WEAK_WEIGHT * m.score) for m in problems}
        found = dict.fromkeys(confirmed, 1.0)
        for cause, firings in raised.items():
            for firing in firings:
                reasons = [weight.get(premise.finding, 1.0) for premise in firing.premises]
                found[cause] = max(found.get(cause, 0.0), min(reasons, default=1.0))
        if not found and not problems:
            found = {cause: 1.0 for finding in known for cause in self._told_by.get(finding, ())}
        return {cause: Candidate(self.kb.causes[cause], found[cause]) for cause in sorted(found)}

    @cached_property
    def _told_by(self) -> Mapping[str, Sequence[str]]:
        """Finding id -> the causes that have evidence on it."""
        told: dict[str, list[str]] = {}
        for cause in self.kb.causes.values():
            for finding in cause.evidence:
                told.setdefault(finding, []).append(cause.id)
        return told

    def _belief(
        self,
        candidates: Mapping[str, Candidate],
        confirmed: Mapping[str, Firing],
        known: Mapping[str, str],
        other: float,
        before: Mapping[str, float],
    ) -> tuple[dict[str, float], float, frozenset[str]]:
        """Return the belief in each cause, in none of them, and the causes that the evidence speaks for."""
        if not candidates:
            return {}, 1.0, frozenset()
        after = self.beliefs.posterior(candidates, known, other)
        telling = {f: v for f, v in known.items() if any(f in k.cause.evidence for k in candidates.values())}
        shown = self.beliefs.posterior(candidates, telling, other)
        told = frozenset(c for c in candidates if c in confirmed or _speaks(before[c], shown[c]))
        proven = [c for c in candidates if c in confirmed]
        if proven:
            left = sum(p for c, p in after.items() if c not in confirmed) or 1.0
            share = _CONFIRMED_SHARE / len(proven)
            after = {c: share if c in confirmed else (1 - _CONFIRMED_SHARE) * p / left for c, p in after.items()}
        return {c: after[c] for c in candidates}, after[OTHER], told


def _speaks(before: float, after: float) -> bool:
    """Tell whether evidence raised the odds clearly: the odds, since a high probability has no room to grow."""
    return after * (1 - before) >= _TOLD * before * (1 - after)


def _kind(match: Match) -> str:
    return _PICKED if match.by == _PICKED else match.level


def _facts(observed: Mapping[str, Observation], problems: Sequence[Match], given: Mapping[str, Evidence]) -> list[Fact]:
    facts = [Fact(o.finding, o.value) for o in observed.values()]
    facts += [Fact(problem_finding(m.id), _kind(m)) for m in problems]
    tried = [e for e in given.values() if e.id.startswith(FIX) and e.value != UNKNOWN]
    facts += [Fact(fix_finding(e.id.removeprefix(FIX)), e.value) for e in tried]
    return sorted(facts)
