"""Why the next step is what it is."""

from __future__ import annotations

from collections.abc import Mapping

from syncsage.assessment import Assessment
from syncsage.evidence import PROBLEM
from syncsage.explaining.rules import rule_states
from syncsage.explanation import Favour, Favoured, Why, WhyKind
from syncsage.interview import Interview
from syncsage.knowledge.model import Finding
from syncsage.reasoning.belief import OTHER
from syncsage.step import Next, Option, Step

#: How many causes are named for one answer.
_FAVOURED = 3


def why(interview: Interview, step: Step) -> Why:
    """Return why the next step of ``step`` is what it is, and what each answer would speak for."""
    following = step.next
    if following is None:
        return Why("end", "There is nothing left to ask: " + (step.stop_reason or "no reason"), ())
    if following.kind == "fix":
        return Why("safety" if following.risk == "high" else "fix", following.rationale, ())
    if following.id == PROBLEM:
        return Why("required-by-rule", following.rationale, _by_problem(interview, following))
    state = interview.assess(step.evidence, step.parsed)
    finding = interview.kb.findings[following.id]
    waiting = tuple(
        rule
        for rule in rule_states(interview, step)
        if rule.id in interview.kb.rules and {r.finding for r in rule.requires} == {finding.id}
    )
    if finding.paste or not state.verdicts.belief:
        return Why("required-by-rule", following.rationale, (), waiting)
    return Why(_kind(interview, finding.id, state), following.rationale, _favours(interview, finding, state), waiting)


def _favours(interview: Interview, finding: Finding, state: Assessment) -> tuple[Favour, ...]:
    belief = {**state.verdicts.belief, OTHER: state.verdicts.other}
    lifted = interview.chooser.planner().favours(finding, belief)
    return tuple(
        Favour(Option(c.value, c.label), _favoured(interview, finding, c.value, belief, lifted.get(c.value, ())))
        for c in finding.choices
    )


def _favoured(
    interview: Interview, finding: Finding, value: str, belief: Mapping[str, float], causes: tuple[str, ...]
) -> tuple[Favoured, ...]:
    likelihood = interview.assessor.beliefs.likelihood
    after = {cause: p * likelihood(cause, finding.id, value) for cause, p in belief.items()}
    total = sum(after.values()) or 1.0
    named = [cause for cause in causes if cause != OTHER][:_FAVOURED]
    titles = interview.kb.causes
    return tuple(Favoured(c, titles[c].title, round(belief[c], 4), round(after[c] / total, 4)) for c in named)


def _by_problem(interview: Interview, following: Next) -> tuple[Favour, ...]:
    """Return which causes each problem to choose from would bring into question."""
    kb = interview.kb
    return tuple(
        Favour(option, tuple(Favoured(c, kb.causes[c].title, 0.0, 0.0) for c in entry.causes[:_FAVOURED]))
        for option in following.choices
        if (entry := kb.problems.get(option.value)) is not None
    )


def _kind(interview: Interview, finding: str, state: Assessment) -> WhyKind:
    belief = state.verdicts.belief
    if any(finding in interview.kb.problems[match.id].ask_first for match in state.problems[:1]):
        return "required-by-rule"
    if any(finding in interview.kb.causes[cause].scope for cause in belief):
        return "scope"
    if len(belief) > 1:
        return "discriminate"
    conclusions = {
        rule.conclusion.kind
        for rule in interview.assessor.rules.values()
        if rule.conclusion.target in belief and any(test.finding == finding for test in rule.tests)
    }
    return "confirm" if "confirm" in conclusions else "exclude"
