"""Why this question, how a cause stands, why another does not: read off the trace, nothing made up."""

from __future__ import annotations

from collections.abc import Iterable

from syncsage.assessment import Assessment
from syncsage.errors import UnknownIdError
from syncsage.evidence import CONFLICT, FIX
from syncsage.explanation import Explanation, Favour, Move, Why, WhyNot
from syncsage.interview import Interview
from syncsage.knowledge.model import Cause
from syncsage.nearest import hint
from syncsage.step import Option, RankedCause, Step, ToCollect
from syncsage.views import sources, statement

#: How many causes are named for one answer.
_FAVOURED = 3


def explain(interview: Interview, step: Step, cause_id: str) -> Explanation:
    """Return how ``cause_id`` stands in ``step`` and on what grounds.

    Raises:
        UnknownIdError: There is no such cause.
    """
    kb = interview.kb
    cause = _cause(interview, cause_id)
    standing = _standing(step, cause.id) or RankedCause(
        cause.id, cause.title, "possible", 0.0, cause.healthy, (), (), ()
    )
    rules = interview.assessor.rules
    raised = [
        "; ".join(statement(kb, p.finding, p.value) for p in firing.premises)
        for firing in step.trace.firings
        if rules[firing.rule].conclusion.kind == "raise" and rules[firing.rule].conclusion.target == cause.id
    ]
    return Explanation(
        id=cause.id,
        title=cause.title,
        band=standing.band,
        probability=standing.probability,
        summary=cause.summary,
        raised_by=tuple(dict.fromkeys(raised)),
        supporting=standing.supporting,
        against=standing.against,
        unknown=tuple(ToCollect(f.id, f.ask, f.help) for f in (kb.findings[i] for i in standing.unknown) if f.ask),
        excluded_by=standing.excluded_by,
        sources=sources(kb, cause.sources),
    )


def why(interview: Interview, step: Step, state: Assessment) -> Why:
    """Return why the next step of ``step`` is what it is, and what each answer would speak for."""
    following = step.next
    if following is None:
        return Why("scope", "There is nothing left to ask: " + (step.stop_reason or "no reason"), ())
    finding = interview.kb.findings.get(following.id.removeprefix(CONFLICT))
    if finding is None or finding.paste or not state.verdicts.belief:
        return Why(following.reason, following.rationale, ())
    favoured = interview.chooser.questions.favours(finding.id, state)
    favours = tuple(
        Favour(Option(c.value, c.label), _titles(interview, favoured.get(c.value, ()))) for c in finding.choices
    )
    return Why(following.reason, following.rationale, favours)


def _titles(interview: Interview, causes: Iterable[str]) -> tuple[str, ...]:
    return tuple(interview.kb.causes[cause].title for cause in causes)[:_FAVOURED]


def why_not(interview: Interview, step: Step, cause_id: str) -> WhyNot:
    """Return why ``cause_id`` is not first: ruled out, never raised, or outranked.

    Raises:
        UnknownIdError: There is no such cause.
    """
    cause = _cause(interview, cause_id)
    standing = _standing(step, cause.id)
    asks = interview.kb.findings
    if standing is None:
        shown = ", ".join(f"“{p.title}”" for p in interview.kb.problems.values() if cause.id in p.causes)
        text = f"Nothing raised it. It would be considered with: {shown or 'answers that speak of it'}."
        return WhyNot(cause.id, cause.title, text, None, tuple(sorted(cause.evidence)), None, ())
    missing = tuple(f for f in standing.unknown if asks[f].ask)
    if standing.excluded_by is not None:
        return WhyNot(
            cause.id, cause.title, f"Ruled out: {standing.excluded_by.text}.", standing.excluded_by, (), None, ()
        )
    left = [c for c in step.causes if c.band != "ruled out"]
    rank = next(i for i, c in enumerate(left, start=1) if c.id == cause.id)
    if rank == 1:
        return WhyNot(cause.id, cause.title, "It is the first.", None, missing, 1, ())
    text = _outranked(left[0], standing)
    return WhyNot(cause.id, cause.title, text, None, missing, rank, tuple(c.id for c in left[: rank - 1]))


def moves(before: Step, after: Step) -> tuple[Move, ...]:
    """Return the causes whose band or probability (by more than a point in a hundred) differs, largest move first."""
    old, new = ({c.id: c for c in step.causes} for step in (before, after))
    found: list[Move] = []
    for cause in sorted(old.keys() | new.keys()):
        a, b = old.get(cause), new.get(cause)
        then, now = (a.probability if a else 0.0), (b.probability if b else 0.0)
        if (a.band if a else None) != (b.band if b else None) or abs(then - now) > 0.01:
            titles = {c.id: c.title for step in (before, after) for c in step.causes}
            found.append(Move(cause, titles[cause], a.band if a else None, b.band if b else None, then, now))
    return tuple(sorted(found, key=lambda m: (-abs(m.probability_after - m.probability_before), m.id)))


def _outranked(first: RankedCause, standing: RankedCause) -> str:
    by = first.probability / standing.probability if standing.probability else float("inf")
    how = f"about {by:.0f} times as probable" if by != float("inf") and by >= 1.5 else "a little more probable"
    against = f" Against it speaks: {standing.against[0].text}." if standing.against else ""
    for_first = f" For that one speaks: {first.supporting[0].text}." if first.supporting else ""
    return f"“{first.title}” is {how}.{for_first}{against}"


def _standing(step: Step, cause_id: str) -> RankedCause | None:
    return next((c for c in step.causes if c.id == cause_id), None)


def _cause(interview: Interview, cause_id: str) -> Cause:
    causes = interview.kb.causes
    wanted = cause_id.removeprefix(FIX)
    if wanted not in causes:
        raise UnknownIdError(f"no cause {wanted!r}{hint(wanted, causes)}")
    return causes[wanted]
