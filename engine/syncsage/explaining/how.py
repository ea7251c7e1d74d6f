"""How a cause stands, and on what: every ground with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from syncsage.errors import UnknownIdError
from syncsage.evidence import CONFLICT, FIX
from syncsage.explaining.effects import Effects
from syncsage.explaining.proofs import Proofs
from syncsage.explaining.rules import rule_states
from syncsage.explanation import Ceiling, Explanation, Reason, ReasonKind, Said
from syncsage.interview import Interview
from syncsage.knowledge.model import Cause
from syncsage.nearest import hint
from syncsage.reasoning.model import Fact, Firing
from syncsage.step import UNKNOWN, RankedCause, Step, UnknownReason
from syncsage.views import rule_sources, sources, statement

#: How the reasons are ordered, and within a kind the strongest first.
_ORDER: tuple[ReasonKind, ...] = ("excluded", "proof", "for", "against", "alike", "raised", "unknown")
_STRENGTH: Mapping[str, int] = {"always": 3, "never": 3, "likely": 2, "unlikely": 2}
_PROVING: Mapping[str, ReasonKind] = {"raise": "raised", "exclude": "excluded", "confirm": "proof"}


def explain(interview: Interview, step: Step, cause_id: str, said: Said | None = None) -> Explanation:
    """Return how ``cause_id`` stands in ``step`` and on what grounds.

    Raises:
        UnknownIdError: There is no such cause.
    """
    cause = known_cause(interview, cause_id)
    standing, rank = standing_of(step, cause)
    grounds = _Grounds(interview, step, standing, said or Said())
    ordered = sorted(grounds.all(), key=lambda r: (_ORDER.index(r.kind), -_STRENGTH.get(r.weight, 0), r.number))
    return Explanation(
        id=cause.id,
        title=cause.title,
        band=standing.band,
        probability=standing.probability,
        rank=rank,
        summary=cause.summary,
        ceiling=_ceiling(interview, step, standing),
        sources=sources(interview.kb, cause.sources),
        reasons=tuple(renumbered(reason, str(place)) for place, reason in enumerate(ordered, start=1)),
    )


def standing_of(step: Step, cause: Cause) -> tuple[RankedCause, int | None]:
    """Return how ``cause`` stands in ``step``, and its place there; for one that nothing raised, at the bottom."""
    for rank, standing in enumerate(step.causes, start=1):
        if standing.id == cause.id:
            return standing, rank
    return RankedCause(
        cause.id, cause.title, "possible", 0.0, cause.healthy, (), (), tuple(sorted(cause.evidence))
    ), None


def known_cause(interview: Interview, cause_id: str) -> Cause:
    """Return the cause with an id, or that whose fix has it.

    Raises:
        UnknownIdError: There is no such cause.
    """
    causes = interview.kb.causes
    wanted = cause_id.removeprefix(FIX)
    if wanted not in causes:
        raise UnknownIdError(f"no cause {wanted!r}{hint(wanted, causes)}")
    return causes[wanted]


def renumbered(reason: Reason, number: str) -> Reason:
    """Return ``reason`` under another number, with everything below it."""
    below = tuple(renumbered(part, f"{number}.{place}") for place, part in enumerate(reason.below, start=1))
    return replace(reason, number=number, below=below)


class _Grounds:
    """Collects the reasons of one cause; their numbers only keep an order until all are there."""

    def __init__(self, interview: Interview, step: Step, standing: RankedCause, said: Said) -> None:
        self._interview = interview
        self._step = step
        self._standing = standing
        self._proofs = Proofs(interview, step, said)
        self._effects = Effects(interview, step, standing.id)
        self._cause = interview.kb.causes[standing.id]
        self._known = {o.finding: o.value for o in step.observations}
        self._settled = standing.band in ("confirmed", "ruled out")

    def all(self) -> Iterator[Reason]:
        """Yield every reason."""
        cited: set[Fact] = set()
        for firing in self._step.trace.firings:
            made = self._interview.assessor.rules[firing.rule].conclusion
            if made.target == self._cause.id and made.kind != "set":
                cited |= {*firing.premises, *self._proofs.leaves(firing.premises)}
                yield self._fired(firing)
        told = {Fact(f, self._known[f]) for f in self._cause.evidence if f in self._known}
        yield from map(self._unexpected, sorted(told - cited))
        cited |= told | self._proofs.leaves(told)
        yield from self._indirect(cited)
        yield from (self._unknown(f) for f in self._standing.unknown if self._interview.kb.findings[f].ask)

    def _fired(self, firing: Firing) -> Reason:
        rule = self._interview.assessor.rules[firing.rule]
        weight = rule.conclusion.value if rule.conclusion.kind == "support" else ""
        leaves = self._proofs.leaves(firing.premises)
        one = firing.premises[0] if len(firing.premises) == 1 else None
        return Reason(
            number=firing.rule,
            kind=_PROVING.get(rule.conclusion.kind) or self._side(firing.premises, leaves, weight),
            text="; ".join(statement(self._interview.kb, p.finding, p.value) for p in firing.premises),
            finding=one.finding if one else "",
            value=one.value if one else "",
            weight=weight,
            rule=rule.id,
            because=rule.because,
            origin=self._proofs.origin(one) if one else None,
            effect=self._effects.effect(leaves),
            sources=rule_sources(self._interview.kb, rule),
            below=self._proofs.reasons(firing.premises, "1"),
        )

    def _unexpected(self, fact: Fact) -> Reason:
        """Return the reason that a known value is one that the cause does not name."""
        finding = self._interview.kb.findings[fact.finding]
        named = [v for v, word in self._cause.evidence[fact.finding].items() if word in ("always", "likely")]
        leaves = self._proofs.leaves((fact,))
        return replace(
            self._of_fact(fact, self._side((fact,), leaves, "unlikely" if named else "")),
            expected=" or ".join(finding.label(value) for value in named),
            effect=self._effects.effect(leaves),
            sources=sources(self._interview.kb, self._cause.sources),
        )

    def _indirect(self, cited: set[Fact]) -> Iterator[Reason]:
        """Yield what the cause is silent of and what moves it all the same, because it moves the others."""
        if self._standing.id not in {cause.id for cause in self._step.causes} or self._settled:
            return
        for fact in self._proofs.given():
            side = self._effects.direction((fact,), (fact,)) if fact not in cited else 0
            if side:
                effect = self._effects.effect((fact,))
                yield replace(self._of_fact(fact, "for" if side > 0 else "against"), indirect=True, effect=effect)

    def _of_fact(self, fact: Fact, kind: ReasonKind) -> Reason:
        return Reason(
            number=fact.finding,
            kind=kind,
            text=statement(self._interview.kb, fact.finding, fact.value),
            finding=fact.finding,
            value=fact.value,
            origin=self._proofs.origin(fact),
            below=self._proofs.reasons((fact,), "1"),
        )

    def _unknown(self, finding_id: str) -> Reason:
        finding = self._interview.kb.findings[finding_id]
        return Reason(finding_id, "unknown", finding.ask, finding_id, not_known=not_known(self._step).get(finding_id))

    def _side(self, facts: tuple[Fact, ...], leaves: frozenset[Fact], weight: str) -> ReasonKind:
        """Return on which side a ground is: by what it does, or, where the cause is settled, by its word."""
        if self._settled:
            against = weight in ("unlikely", "never")
            return "against" if against else "alike"
        direction = self._effects.direction(facts, leaves)
        return "for" if direction > 0 else "against" if direction < 0 else "alike"


def not_known(step: Step) -> dict[str, UnknownReason]:
    """Return why what was asked for is not known, by finding."""
    known = {o.finding for o in step.observations}
    unknown: dict[str, UnknownReason] = {
        e.id.removeprefix(CONFLICT): e.reason for e in step.evidence if e.value == UNKNOWN
    }
    return {finding: reason for finding, reason in unknown.items() if finding not in known}


def _ceiling(interview: Interview, step: Step, standing: RankedCause) -> Ceiling | None:
    """Return how sure the cause can become by rules whose inputs were not answered with "not known"."""
    if standing.band in ("confirmed", "ruled out"):
        return None
    proving = [
        state
        for state in rule_states(interview, step)
        if state.target == standing.id and state.status == "not-evaluated" and state.id in interview.kb.rules
        and interview.kb.rules[state.id].action == "confirm"
    ]  # fmt: skip
    open_yet = [state for state in proving if not any(r.not_known for r in state.requires)]
    best = min(open_yet or proving, key=lambda state: (len(state.requires), state.id), default=None)
    return Ceiling("confirmed" if open_yet else "likely", best.requires if best else ())
