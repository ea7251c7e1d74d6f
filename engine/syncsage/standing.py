"""How causes stand: order, band, and the grounds for and against, all read off the trace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from syncsage.knowledge.model import Cause, KnowledgeBase
from syncsage.observing.model import Observation
from syncsage.reasoning.compile import IMPLIES
from syncsage.reasoning.model import Fact, Firing, Rule, Trace
from syncsage.step import Band, Ground, RankedCause
from syncsage.views import origin, statement

_LIKELY = 0.5
_DECISIVE = 3
_STRENGTH: Mapping[str, int] = {"confirm": 4, "always": 3, "likely": 2, "unlikely": -2, "never": -3}
_Sides = tuple[tuple[Ground, ...], tuple[Ground, ...]]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the rules and the belief say of each candidate.

    Attributes:
        candidates: Causes that something raised.
        raised: Cause id -> the firings that made it a candidate.
        confirmed: Cause id -> the firing that proves it.
        excluded: Cause id -> the firing that rules it out.
        belief: Probability of each cause still in question.
        other: Probability that it is none of them.
        told: Causes that the evidence made clearly more probable than they were without it.
        certain: Whether the text alone leaves one candidate.
    """

    candidates: tuple[str, ...]
    raised: Mapping[str, tuple[Firing, ...]]
    confirmed: Mapping[str, Firing]
    excluded: Mapping[str, Firing]
    belief: Mapping[str, float]
    other: float
    told: frozenset[str]
    certain: bool


class Standings:
    """Turns verdicts into ranked causes.

    Args:
        kb: The knowledge.
        rules: Its compiled rules by id.
    """

    def __init__(self, kb: KnowledgeBase, rules: Mapping[str, Rule]) -> None:
        self._kb = kb
        self._rules = rules

    def rank(self, verdicts: Verdicts, trace: Trace, observed: Mapping[str, Observation]) -> tuple[RankedCause, ...]:
        """Return the candidates, best first, those ruled out behind."""
        grounds = self._grounds(trace.firings, observed)
        order = sorted(
            verdicts.candidates,
            key=lambda c: (c in verdicts.excluded, -round(verdicts.belief.get(c, 0.0), 12), c),
        )
        return tuple(self._one(cause, verdicts, observed, grounds.get(cause, ((), ()))) for cause in order)

    def _one(
        self, cause_id: str, verdicts: Verdicts, observed: Mapping[str, Observation], sides: _Sides
    ) -> RankedCause:
        cause = self._kb.causes[cause_id]
        excluding = verdicts.excluded.get(cause_id)
        ceiling = _ceiling(cause, verdicts, sides[0], observed)
        return RankedCause(
            id=cause_id,
            title=cause.title,
            band=_band(cause_id, verdicts, ceiling),
            probability=round(verdicts.belief.get(cause_id, 0.0), 4),
            healthy=cause.healthy,
            supporting=sides[0],
            against=sides[1],
            unknown=tuple(sorted(f for f in cause.evidence if f not in observed)),
            excluded_by=self._ground(excluding, observed) if excluding else None,
            ceiling=ceiling,
        )

    def _grounds(self, firings: Iterable[Firing], observed: Mapping[str, Observation]) -> dict[str, _Sides]:
        found: dict[str, list[Ground]] = {}
        for firing in firings:
            conclusion = self._rules[firing.rule].conclusion
            if conclusion.kind in ("support", "confirm"):
                found.setdefault(conclusion.target, []).append(self._ground(firing, observed))
        return {cause: _sides(grounds) for cause, grounds in found.items()}

    def _ground(self, firing: Firing, observed: Mapping[str, Observation]) -> Ground:
        rule = self._rules[firing.rule]
        first = firing.premises[0] if firing.premises else Fact(rule.conclusion.target, "")
        texts = [statement(self._kb, premise.finding, premise.value) for premise in firing.premises]
        origins = [origin(observed[p.finding]) for p in firing.premises if p.finding in observed]
        return Ground(
            finding=first.finding,
            value=first.value,
            text="; ".join(texts) + (f" ({rule.because})" if rule.because else ""),
            rule=rule.id,
            weight=rule.conclusion.value if rule.conclusion.kind == "support" else rule.conclusion.kind,
            origin=", ".join(dict.fromkeys(origins)) or "told",
        )


def _ceiling(
    cause: Cause, verdicts: Verdicts, supporting: tuple[Ground, ...], observed: Mapping[str, Observation]
) -> Band:
    """Return the highest band that the inputs allow, however probable the cause.

    *Confirmed* takes a proof. *Likely* takes a ground that is nearly always there with this cause, or two weaker ones,
    or a text that leaves no other cause; what a problem implies is no ground, for it says the same again. That nothing
    is broken is never said on the word of a text alone.
    """
    if cause.id in verdicts.excluded:
        return "ruled out"
    if cause.id in verdicts.confirmed:
        return "confirmed"
    own = [g for g in supporting if g.finding in observed and not _implied(observed[g.finding])]
    decisive = any(_STRENGTH[ground.weight] >= _DECISIVE for ground in own) or len(own) > 1
    return "likely" if decisive or (verdicts.certain and not cause.healthy) else "possible"


def _implied(seen: Observation) -> bool:
    return seen.how == "derived" and seen.detail.startswith(IMPLIES)


def _band(cause: str, verdicts: Verdicts, ceiling: Band) -> Band:
    """Return the word of confidence; without anything that speaks for a cause it stays *possible*."""
    if ceiling != "likely":
        return ceiling
    grounded = cause in verdicts.told or verdicts.certain
    return "likely" if grounded and verdicts.belief.get(cause, 0.0) >= _LIKELY else "possible"


def _sides(grounds: Iterable[Ground]) -> _Sides:
    ranked = sorted(grounds, key=lambda g: (-abs(_STRENGTH[g.weight]), g.finding, g.rule))
    return (
        tuple(g for g in ranked if _STRENGTH[g.weight] > 0),
        tuple(g for g in ranked if _STRENGTH[g.weight] < 0),
    )
