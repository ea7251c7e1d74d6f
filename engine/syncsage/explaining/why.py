"""Why the next step is what it is."""

from __future__ import annotations

from collections.abc import Mapping

from syncsage.assessment import Assessment
from syncsage.evidence import CONFLICT, PROBLEM
from syncsage.explaining.effects import without_finding
from syncsage.explaining.rules import rule_states
from syncsage.explanation import Favour, Favoured, Why
from syncsage.interview import Interview
from syncsage.knowledge.model import Finding
from syncsage.reasoning.belief import OTHER
from syncsage.step import Next, Step
from syncsage.views import options

#: How many causes are named for one answer.
_FAVOURED = 3


def why(interview: Interview, step: Step) -> Why:
    """Return why the next step of ``step`` is what it is, and what each answer would speak for."""
    following = step.next
    if following is None:
        return Why("end", "There is nothing left to ask: " + (step.stop_reason or "no reason"), ())
    if following.id == PROBLEM:
        return Why(following.reason, following.rationale, _by_problem(interview, following))
    finding = interview.kb.findings.get(following.id.removeprefix(CONFLICT))
    if finding is None:
        return Why(following.reason, following.rationale, ())
    waiting = tuple(
        rule
        for rule in rule_states(interview, step)
        if rule.id in interview.kb.rules and {r.finding for r in rule.requires} == {finding.id}
    )
    state = interview.assess(*without_finding(step, finding.id))
    telling = not finding.paste and state.verdicts.belief
    favours = _favours(interview, finding, state) if telling else ()
    return Why(following.reason, following.rationale, favours, waiting)


def _favours(interview: Interview, finding: Finding, state: Assessment) -> tuple[Favour, ...]:
    belief = {**state.verdicts.belief, OTHER: state.verdicts.other}
    lifted = interview.chooser.questions.favours(finding.id, state)
    return tuple(
        Favour(option, _favoured(interview, finding, option.value, belief, lifted.get(option.value, ())))
        for option in options(finding)
    )


def _favoured(
    interview: Interview, finding: Finding, value: str, belief: Mapping[str, float], causes: tuple[str, ...]
) -> tuple[Favoured, ...]:
    likelihood = interview.assessor.beliefs.likelihood
    after = {cause: p * likelihood(cause, finding.id, value) for cause, p in belief.items()}
    total = sum(after.values()) or 1.0
    titles = interview.kb.causes
    shown = causes[:_FAVOURED]
    return tuple(Favoured(c, titles[c].title, round(belief[c], 4), round(after[c] / total, 4)) for c in shown)


def _by_problem(interview: Interview, following: Next) -> tuple[Favour, ...]:
    """Return which causes each problem to choose from would bring into question."""
    kb = interview.kb
    return tuple(
        Favour(option, tuple(Favoured(c, kb.causes[c].title, 0.0, 0.0) for c in entry.causes[:_FAVOURED]))
        for option in following.choices
        if (entry := kb.problems.get(option.value)) is not None
    )
