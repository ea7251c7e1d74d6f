"""From evidence to ranked causes: facts, forward chaining, candidates, belief, bands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from syncsage.errors import EvidenceError
from syncsage.knowledge.model import KnowledgeBase
from syncsage.nearest import hint
from syncsage.observing.model import Match, Observation, Parsed
from syncsage.reasoning.belief import OTHER, Beliefs, Candidate
from syncsage.reasoning.model import Fact, Firing, Rule, RuleMatcher, Trace
from syncsage.step import UNKNOWN, Band, Evidence, Ground, RankedCause
from syncsage.views import origin, statement

PROBLEM = "problem"
NO_PROBLEM = "none"
FIX = "fix:"
WORKED, FAILED = "worked", "failed"

_LEVEL_WEIGHT: Mapping[str, float] = {"exact": 1.0, "picked": 1.0, "strong": 0.8}
_CONFIRMED_SHARE = 0.97
_LIKELY = 0.5
#: Prior weight of unknown causes by the level of the first problem: the surer the text, the less is left open.
_OTHER: Mapping[str, float] = {"exact": 0.5, "strong": 3.0, "weak": 5.0}
#: Evidence speaks for a cause if it makes it this many times as probable.
_TOLD = 1.3
_STRENGTH: Mapping[str, int] = {"confirm": 4, "always": 3, "likely": 2, "unlikely": -2, "never": -3}


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything known and concluded after some evidence.

    Attributes:
        known: Finding id -> value, as given, read or derived; unknowns are not in it.
        unknown: Finding id -> the reason why it is not known.
        belief: Probability of each cause that is still in question.
        other: Probability that it is none of them.
        told: Causes that the evidence made clearly more probable than they were without it.
        confirmed: Causes that a rule proved or a fix that worked.
        excluded: Cause id -> the firing that rules it out.
        raised: Cause id -> the firings that made it a candidate.
    """

    parsed: Parsed
    evidence: tuple[Evidence, ...]
    problems: tuple[Match, ...]
    known: Mapping[str, str]
    unknown: Mapping[str, str]
    observations: tuple[Observation, ...]
    trace: Trace
    belief: Mapping[str, float]
    other: float
    told: frozenset[str]
    confirmed: frozenset[str]
    excluded: Mapping[str, Firing]
    raised: Mapping[str, tuple[Firing, ...]]
    causes: tuple[RankedCause, ...]

    @property
    def asked(self) -> int:
        """How many questions were answered, unknowns included."""
        return sum(1 for e in self.evidence if not e.id.startswith(FIX))


class Assessor:
    """Assesses evidence by one knowledge base.

    Args:
        kb: The knowledge.
        rules: Its compiled rules.
        matcher: The rule engine over them.
    """

    def __init__(self, kb: KnowledgeBase, rules: Iterable[Rule], matcher: RuleMatcher) -> None:
        self.kb = kb
        self.rules: Mapping[str, Rule] = {rule.id: rule for rule in rules}
        self.matcher = matcher
        self.beliefs = Beliefs(kb.findings, kb.causes)

    def assess(self, evidence: Sequence[Evidence], parsed: Parsed) -> Assessment:
        """Conclude what follows from ``evidence`` and a text.

        Raises:
            EvidenceError: An id or value that the knowledge does not declare, or two values for one id.
        """
        given = self.check(evidence)
        problems = self._problems(parsed, given)
        observed = {o.finding: o for o in parsed.observations}
        observed |= {i: Observation(i, e.value, "answer") for i, e in given.items() if i in self.kb.findings and e.value != UNKNOWN}
        trace = self.matcher.match(self._facts(observed, problems, given))
        observed |= self._derived(trace, observed)
        known = {finding: observed[finding].value for finding in sorted(observed)}
        raised, confirmed, excluded = self._conclusions(trace)
        candidates = self._candidates(raised, confirmed, problems, known)
        open_causes = {c: k for c, k in candidates.items() if c not in excluded}
        belief, other, told = self._belief(open_causes, confirmed, known, _other_weight(problems))
        unknown = {i: e.reason for i, e in given.items() if e.value == UNKNOWN and i not in known}
        causes = self._ranked(candidates, belief, told, confirmed, excluded, trace, observed, problems)
        return Assessment(
            parsed=parsed,
            evidence=tuple(given[i] for i in sorted(given)),
            problems=problems,
            known=known,
            unknown=unknown,
            observations=tuple(observed[f] for f in sorted(observed)),
            trace=trace,
            belief=belief,
            other=other,
            told=told,
            confirmed=frozenset(confirmed) & frozenset(belief),
            excluded=excluded,
            raised=raised,
            causes=causes,
        )

    def check(self, evidence: Sequence[Evidence]) -> dict[str, Evidence]:
        """Return the evidence by id.

        Raises:
            EvidenceError: An id or value that the knowledge does not declare, or two values for one id.
        """
        given: dict[str, Evidence] = {}
        for item in sorted(evidence, key=lambda e: (e.id, e.value, e.reason)):
            self._check_one(item)
            before = given.setdefault(item.id, item)
            if before.value != item.value:
                raise EvidenceError(f"two answers for {item.id!r}: {before.value!r} and {item.value!r}")
        return given

    def _check_one(self, item: Evidence) -> None:
        if item.id == PROBLEM:
            allowed: Sequence[str] = (*self.kb.problems, NO_PROBLEM)
        elif item.id.startswith(FIX):
            if item.id.removeprefix(FIX) not in self.kb.causes:
                raise EvidenceError(f"no cause {item.id.removeprefix(FIX)!r}{hint(item.id.removeprefix(FIX), self.kb.causes)}")
            allowed = (WORKED, FAILED)
        elif item.id in self.kb.findings:
            allowed = self.kb.findings[item.id].values
        else:
            raise EvidenceError(f"no finding {item.id!r}{hint(item.id, self.kb.findings)}")
        if item.value != UNKNOWN and item.value not in allowed:
            shown = ", ".join(allowed) if len(allowed) <= 8 else hint(item.value, allowed).strip() or "see 'kb list'"
            raise EvidenceError(f"{item.id!r} cannot be {item.value!r}; it can be: {shown}, unknown")

    def _problems(self, parsed: Parsed, given: Mapping[str, Evidence]) -> tuple[Match, ...]:
        """Return the problems in play: those of the text, or the one a person picked among them."""
        choice = given.get(PROBLEM)
        if choice is None or choice.value == UNKNOWN:
            return parsed.problems
        clear = tuple(m for m in parsed.problems if m.level in ("exact", "strong") and m.id != choice.value)
        if choice.value == NO_PROBLEM:
            return clear
        entry = self.kb.problems[choice.value]
        seen = next((m for m in parsed.problems if m.id == choice.value), None)
        level = seen.level if seen and seen.level in ("exact", "strong") else "strong"
        picked = Match(entry.id, entry.title, 1.0, level, entry.coverage, "picked")
        return (picked, *clear)

    @staticmethod
    def _facts(observed: Mapping[str, Observation], problems: Sequence[Match], given: Mapping[str, Evidence]) -> list[Fact]:
        facts = [Fact(o.finding, o.value) for o in observed.values()]
        facts += [Fact(f"problem:{m.id}", "picked" if m.by == "picked" else m.level) for m in problems]
        facts += [Fact(i, e.value) for i, e in given.items() if i.startswith(FIX) and e.value != UNKNOWN]
        return sorted(facts)

    def _derived(self, trace: Trace, observed: Mapping[str, Observation]) -> dict[str, Observation]:
        new: dict[str, Observation] = {}
        final = {fact.finding: fact.value for fact in trace.facts}
        for firing in trace.firings:
            conclusion = self.rules[firing.rule].conclusion
            if conclusion.kind == "set" and conclusion.target not in observed and final.get(conclusion.target) == conclusion.value:
                new.setdefault(conclusion.target, Observation(conclusion.target, conclusion.value, "derived", None, firing.rule))
        return new

    def _conclusions(
        self, trace: Trace
    ) -> tuple[dict[str, tuple[Firing, ...]], dict[str, Firing], dict[str, Firing]]:
        raised: dict[str, tuple[Firing, ...]] = {}
        confirmed: dict[str, Firing] = {}
        excluded: dict[str, Firing] = {}
        for firing in trace.firings:
            conclusion = self.rules[firing.rule].conclusion
            if conclusion.kind == "raise":
                raised[conclusion.target] = (*raised.get(conclusion.target, ()), firing)
            elif conclusion.kind == "confirm":
                confirmed.setdefault(conclusion.target, firing)
            elif conclusion.kind == "exclude":
                excluded.setdefault(conclusion.target, firing)
        return raised, {c: f for c, f in confirmed.items() if c not in excluded}, excluded

    def _candidates(
        self,
        raised: Mapping[str, tuple[Firing, ...]],
        confirmed: Mapping[str, Firing],
        problems: Sequence[Match],
        known: Mapping[str, str],
    ) -> dict[str, Candidate]:
        """Return the causes in question; without any problem, whatever the answers speak of."""
        weight = {f"problem:{m.id}": _LEVEL_WEIGHT.get("picked" if m.by == "picked" else m.level, 0.6 * m.score) for m in problems}
        found: dict[str, float] = dict.fromkeys(confirmed, 1.0)
        for cause, firings in raised.items():
            for firing in firings:
                reasons = [weight.get(premise.finding, 1.0) for premise in firing.premises]
                found[cause] = max(found.get(cause, 0.0), min(reasons, default=1.0))
        if not found and not problems:
            spoken = {f for f in known if f in self.kb.findings}
            found = {c.id: 1.0 for c in self.kb.causes.values() if spoken & set(c.evidence)}
        return {c: Candidate(self.kb.causes[c], w) for c, w in sorted(found.items())}

    def _belief(
        self,
        candidates: Mapping[str, Candidate],
        confirmed: Mapping[str, Firing],
        known: Mapping[str, str],
        other: float,
    ) -> tuple[dict[str, float], float, frozenset[str]]:
        """Return the belief in each cause, in none of them, and the causes that the evidence speaks for."""
        if not candidates:
            return {}, 1.0, frozenset()
        before = self.beliefs.posterior(candidates, {}, other)
        after = self.beliefs.posterior(candidates, known, other)
        told = frozenset(c for c in candidates if after[c] >= _TOLD * before[c] or c in confirmed)
        proven = [c for c in candidates if c in confirmed]
        if proven:
            left = sum(p for c, p in after.items() if c not in confirmed) or 1.0
            share = _CONFIRMED_SHARE / len(proven)
            after = {c: share if c in confirmed else (1 - _CONFIRMED_SHARE) * p / left for c, p in after.items()}
        return {c: after[c] for c in candidates}, after[OTHER], told

    def _ranked(
        self,
        candidates: Mapping[str, Candidate],
        belief: Mapping[str, float],
        told: frozenset[str],
        confirmed: Mapping[str, Firing],
        excluded: Mapping[str, Firing],
        trace: Trace,
        observed: Mapping[str, Observation],
        problems: Sequence[Match],
    ) -> tuple[RankedCause, ...]:
        certain = len(candidates) == 1 and any(m.level == "exact" for m in problems)
        grounds = self._grounds(trace, observed)
        result: list[RankedCause] = []
        for cause_id in sorted(candidates, key=lambda c: (c in excluded, -round(belief.get(c, 0.0), 12), c)):
            cause = self.kb.causes[cause_id]
            supporting, against = grounds.get(cause_id, ((), ()))
            excluding = self._ground(excluded[cause_id], observed) if cause_id in excluded else None
            band = self._band(cause_id, belief, confirmed, cause_id in told or certain)
            unknown = tuple(sorted(f for f in cause.evidence if f not in observed))
            result.append(
                RankedCause(
                    id=cause_id,
                    title=cause.title,
                    band="ruled out" if excluding else band,
                    probability=round(belief.get(cause_id, 0.0), 4),
                    healthy=cause.healthy,
                    supporting=supporting,
                    against=against,
                    unknown=unknown,
                    excluded_by=excluding,
                )
            )
        return tuple(result)

    @staticmethod
    def _band(cause: str, belief: Mapping[str, float], confirmed: Mapping[str, Firing], grounded: bool) -> Band:
        if cause in confirmed:
            return "confirmed"
        return "likely" if grounded and belief.get(cause, 0.0) >= _LIKELY else "possible"

    def _grounds(
        self, trace: Trace, observed: Mapping[str, Observation]
    ) -> dict[str, tuple[tuple[Ground, ...], tuple[Ground, ...]]]:
        split: dict[str, tuple[list[Ground], list[Ground]]] = {}
        for firing in trace.firings:
            conclusion = self.rules[firing.rule].conclusion
            if conclusion.kind in ("support", "confirm"):
                ground = self._ground(firing, observed)
                split.setdefault(conclusion.target, ([], []))[_STRENGTH[ground.weight] < 0].append(ground)
        return {
            cause: (
                tuple(sorted(good, key=lambda g: (-_STRENGTH[g.weight], g.finding))),
                tuple(sorted(bad, key=lambda g: (_STRENGTH[g.weight], g.finding))),
            )
            for cause, (good, bad) in split.items()
        }

    def _ground(self, firing: Firing, observed: Mapping[str, Observation]) -> Ground:
        rule = self.rules[firing.rule]
        weight = rule.conclusion.value if rule.conclusion.kind == "support" else rule.conclusion.kind
        first = firing.premises[0] if firing.premises else Fact(rule.conclusion.target, "")
        texts = [statement(self.kb, premise.finding, premise.value) for premise in firing.premises]
        origins = [origin(observed[p.finding]) for p in firing.premises if p.finding in observed]
        return Ground(
            finding=first.finding,
            value=first.value,
            text="; ".join(texts) + (f" ({rule.because})" if rule.because else ""),
            rule=rule.id,
            weight=weight,
            origin=", ".join(dict.fromkeys(origins)) or "told",
        )


def _other_weight(problems: Sequence[Match]) -> float:
    return _OTHER[problems[0].level] if problems else _OTHER["weak"]
