"""Why a cause is not the first: what is missing, what rules it out, or by how much it is outranked and by what."""

from __future__ import annotations

from collections.abc import Collection
from math import prod

from syncsage.explaining.how import explain, known_cause, standing_of
from syncsage.explaining.rules import rule_states
from syncsage.explanation import Factor, RuleState, Said, WhyNot
from syncsage.interview import Interview
from syncsage.knowledge.model import Cause
from syncsage.step import RankedCause, Step
from syncsage.views import statement

#: Parts of a lead that are named; the rest is put into one.
_FACTORS = 4
#: A part below this (or above one by it) decides nothing.
_TELLS = 1.05
_REST = "how common they are, and how surely the problem was recognised"


def why_not(interview: Interview, step: Step, cause_id: str, said: Said | None = None) -> WhyNot:
    """Return why ``cause_id`` is not first: ruled out, never raised, or outranked.

    Raises:
        UnknownIdError: There is no such cause.
    """
    cause = known_cause(interview, cause_id)
    standing, place = standing_of(step, cause)
    waiting = _waiting(interview, step, cause, ("raise", "confirm") if place is None else ("confirm",))
    missing = waiting[0].requires[0] if waiting else None
    if place is None:
        text = _never_raised(interview, cause)
        return WhyNot(cause.id, cause.title, text, None, waiting, missing, None, (), None, ())
    if standing.band == "ruled out":
        by = explain(interview, step, cause.id, said).of("excluded")[0]
        because = f" {by.because}" if by.because else ""
        return WhyNot(cause.id, cause.title, f"Ruled out by “{by.text}”.{because}", by, (), None, None, (), None, ())
    first, ahead = step.causes[0], tuple(c.id for c in step.causes[: place - 1])
    if place == 1:
        return WhyNot(cause.id, cause.title, "It is the first.", None, waiting, missing, 1, (), None, ())
    belief = interview.assess(step.evidence, step.parsed).verdicts.belief
    times = belief[first.id] / belief[cause.id] if belief.get(cause.id) else None
    factors = _factors(interview, step, (first.id, cause.id), times) if times else ()
    text = _outranked(first, times, factors)
    return WhyNot(cause.id, cause.title, text, None, waiting, missing, place, ahead, times, factors)


def _waiting(interview: Interview, step: Step, cause: Cause, kinds: Collection[str]) -> tuple[RuleState, ...]:
    """Return the rules that would conclude one of ``kinds`` of the cause and lack an input, the best served first."""
    rules = interview.assessor.rules
    states = [
        state
        for state in rule_states(interview, step)
        if state.target == cause.id
        and state.status == "not-evaluated"
        and rules[state.id].conclusion.kind in kinds
        and rules[state.id].tests[0].finding != f"fix:{cause.id}"
    ]
    return tuple(sorted(states, key=lambda state: (len(state.requires), state.kind != "raise", state.id)))


def _never_raised(interview: Interview, cause: Cause) -> str:
    shown = ", ".join(f"“{p.title}”" for p in interview.kb.problems.values() if cause.id in p.causes)
    return f"Nothing raised it. It would be considered with: {shown or 'answers that speak of it'}."


def _factors(interview: Interview, step: Step, pair: tuple[str, str], times: float) -> tuple[Factor, ...]:
    """Return what a lead is made of: the ratio of likelihoods of each finding, and of what was before them.

    The odds of two causes are the ratio of their priors times that of the likelihoods of each known finding (Bayes);
    so the parts multiply up to the lead.
    """
    likelihood = interview.assessor.beliefs.likelihood
    parts = [
        Factor(
            statement(interview.kb, o.finding, o.value),
            likelihood(pair[0], o.finding, o.value) / likelihood(pair[1], o.finding, o.value),
        )
        for o in step.observations
    ]
    telling = sorted(parts, key=lambda f: (-max(f.times, 1 / f.times), f.text))[:_FACTORS]
    shown = [factor for factor in telling if _tells(factor.times)]
    rest = times / prod(factor.times for factor in shown)
    return (*shown, *([Factor(_REST, rest)] if _tells(rest) else []))


def _tells(times: float) -> bool:
    return max(times, 1 / times) >= _TELLS


def _outranked(first: RankedCause, times: float | None, factors: tuple[Factor, ...]) -> str:
    if first.band == "confirmed":
        return f"“{first.title}” is proven."
    how = f"about {times:.0f} times as probable" if times and times >= 1.5 else "a little more probable"
    decisive = next((factor.text for factor in factors if factor.times >= _TELLS), "")
    return f"“{first.title}” is {how}." + (f" Most of that comes from “{decisive}”." if decisive else "")
