"""An interview told anew as a report: in its own order, with where everything comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from syncsage.evidence import FIX, PROBLEM
from syncsage.explaining import difference
from syncsage.knowledge.model import KnowledgeBase, SourceRef
from syncsage.report import model, parts
from syncsage.report.origins import Origins
from syncsage.report.texts import text_parts
from syncsage.report.turns import Turn
from syncsage.report.walked import walked_parts
from syncsage.report.words import STOPPED, UNFINISHED, unknown
from syncsage.step import UNKNOWN, Band, Ground, Next, ProcedureView, RankedCause, Step, Ticked
from syncsage.views import procedure_view

#: Causes left that are told of in full; moves told of one answer.
_CAUSES, _MOVES = 8, 3
#: Questions named that would tell about a cause, and the words of those that can settle it.
_OPEN = 3
_DECISIVE: frozenset[str] = frozenset({"always", "never"})
_RESULTS = {"worked": "it worked", "failed": "it did not help", UNKNOWN: "not known yet"}


def make_report(
    kb: KnowledgeBase,
    turns: Sequence[Turn],
    versions: model.Versions,
    start: Step,
    ticks: Sequence[Ticked] = (),
    made: datetime | None = None,
) -> model.Report:
    """Return the report of an interview.

    Args:
        kb: The knowledge that it was held with.
        turns: Everything said that holds, oldest first, each with the step after it.
        versions: What it was held with, by name.
        start: The step before anything was said.
        ticks: What became of the steps of procedures.
        made: When the report was made; None leaves that out.
    """
    step = turns[-1].step if turns else start
    origins = Origins(kb, turns)
    left = [cause for cause in step.causes if cause.band != "ruled out"]
    gone = [cause for cause in step.causes if cause.excluded_by is not None]
    tried = tuple(_tried(kb, turns))
    return model.Report(
        title=step.problems[0].title if step.problems else kb.domain.title,
        domain=kb.domain.title,
        stop_reason=step.stop_reason,
        standing=_standing(step, left),
        problems=tuple(
            parts.ProblemPart(match.id, match.title, match.level, kb.problems[match.id].summary)
            for match in step.problems[:3]
        ),
        causes=tuple(_cause(kb, cause, origins) for cause in left[:_CAUSES]),
        ruled_out=tuple(_ruled_out(cause, cause.excluded_by, origins) for cause in gone if cause.excluded_by),
        conflicts=tuple(conflict.text for conflict in step.conflicts),
        texts=text_parts(turns, kb),
        answers=tuple(_answers(kb, turns, start)),
        facts=origins.facts(step),
        tried=tried,
        walked=walked_parts(turns, ticks),
        next=_next(step.next) if step.next else None,
        advice=step.advice,
        procedures=tuple(_procedure(view) for view in step.procedures),
        to_collect=step.to_collect,
        moments=tuple(_moments(turns)),
        titles=_titles(turns),
        sources=_sources(kb, step, left, [part.cause for part in tried]),
        versions=versions,
        made=f"{made:%Y-%m-%d %H:%M %Z}".strip() if made else "",
    )


def _standing(step: Step, left: Sequence[RankedCause]) -> str:
    words = STOPPED[step.stop_reason] if step.stop_reason else UNFINISHED
    if not left:
        return words
    if step.stop_reason in ("identified", "healthy", "resolved"):
        return f"{words} {left[0].title} ({left[0].band})."
    among = f"The first of {len(left)} causes left" if len(left) > 1 else "The only cause left"
    return f"{words} {among}: {left[0].title} ({left[0].band})."


def _cause(kb: KnowledgeBase, cause: RankedCause, origins: Origins) -> parts.CausePart:
    return parts.CausePart(
        id=cause.id,
        title=cause.title,
        band=cause.band,
        probability=cause.probability,
        summary=kb.causes[cause.id].summary,
        supporting=tuple(_reason(ground, origins) for ground in cause.supporting),
        against=tuple(_reason(ground, origins) for ground in cause.against),
        open=_open(kb, cause),
    )


def _open(kb: KnowledgeBase, cause: RankedCause) -> tuple[str, ...]:
    """Return the questions whose answers would tell most of a cause: first those that can settle it."""
    evidence = kb.causes[cause.id].evidence
    asked = [i for i in cause.unknown if kb.findings[i].ask and not kb.findings[i].paste]
    asked.sort(key=lambda i: (_DECISIVE.isdisjoint(evidence[i].values()), i))
    return tuple(kb.findings[i].ask for i in asked[:_OPEN])


def _reason(ground: Ground, origins: Origins) -> parts.Reason:
    return parts.Reason(ground.text, origins.of(ground.finding) or ground.origin)


def _ruled_out(cause: RankedCause, ground: Ground, origins: Origins) -> parts.RuledOutPart:
    return parts.RuledOutPart(cause.id, cause.title, ground.text, origins.of(ground.finding) or ground.origin)


def _answers(kb: KnowledgeBase, turns: Sequence[Turn], start: Step) -> Iterator[parts.AnswerPart]:
    last = {turn.id: place for place, turn in enumerate(turns) if turn.kind == "answered"}
    number, before = 0, start
    for place, turn in enumerate(turns):
        if turn.kind == "answered":
            number += 1
            question, answer = _asked(kb, turn, before.next)
            moved = [m for m in difference(before, turn.step).moved if m.before != m.after]
            yield parts.AnswerPart(
                number=number,
                id=turn.id,
                question=question,
                answer=answer,
                reason=unknown(turn.reason) if turn.value == UNKNOWN else "",
                moved=tuple(_moved(m.title, m.before, m.after) for m in moved[:_MOVES]),
                replaced=last[turn.id] != place,
            )
        before = turn.step


def _asked(kb: KnowledgeBase, turn: Turn, asked: Next | None) -> tuple[str, str]:
    """Return question and answer in the words they were put in, else in those of the knowledge."""
    finding = kb.findings.get(turn.id)
    if asked is not None and asked.id == turn.id:
        labels = {option.value: option.label for option in asked.choices}
        return asked.text, "not known" if turn.value == UNKNOWN else labels.get(turn.value, turn.value)
    if finding is not None:
        return finding.ask or finding.id, "not known" if turn.value == UNKNOWN else finding.label(turn.value)
    if turn.id != PROBLEM:
        return turn.id, turn.value
    problem = kb.problems.get(turn.value)
    return "Which of the problems is it?", problem.title if problem else turn.value


def _moved(title: str, before: Band | None, after: Band | None) -> str:
    return f"{title}: {before or 'not in question'} -> {after or 'no longer in question'}"


def _tried(kb: KnowledgeBase, turns: Sequence[Turn]) -> Iterator[parts.TriedPart]:
    tried = [turn for turn in turns if turn.kind == "tried" and turn.id.removeprefix(FIX) in kb.causes]
    for number, turn in enumerate(tried, start=1):
        cause = kb.causes[turn.id.removeprefix(FIX)]
        known = {o.finding: o.value for o in turn.step.observations}
        view = procedure_view(kb, cause.fix, known)
        yield parts.TriedPart(number, cause.id, _RESULTS.get(turn.value, turn.value), _procedure(view))


def _next(following: Next) -> parts.NextPart:
    return parts.NextPart(
        kind=following.kind,
        id=following.id,
        text=following.text,
        help=following.help,
        minutes=following.minutes,
        risk=following.risk,
        rationale=following.rationale,
        choices=following.choices,
        procedure=_procedure(following.procedure) if following.procedure else None,
        verify=_procedure(following.verify) if following.verify else None,
        command=following.command,
        good=following.good,
        bad=following.bad,
    )


def _procedure(view: ProcedureView) -> parts.ProcedurePart:
    return parts.ProcedurePart(view.title, view.minutes, view.risk, view.needs, view.steps, view.notes, view.undo)


def _moments(turns: Sequence[Turn]) -> Iterator[parts.Moment]:
    counts: dict[str, int] = {}
    names = {"told": "text", "answered": "answer", "tried": "fix"}
    for turn in turns:
        counts[turn.kind] = counts.get(turn.kind, 0) + 1
        causes = (parts.Standing(c.id, c.band, c.probability) for c in turn.step.causes)
        yield parts.Moment(f"{names[turn.kind]} {counts[turn.kind]}", tuple(causes))


def _titles(turns: Sequence[Turn]) -> tuple[parts.Titled, ...]:
    """Return the causes of all moments, those that are first in the end first."""
    found: dict[str, str] = {}
    for turn in reversed(turns):
        found |= {c.id: c.title for c in turn.step.causes if c.id not in found}
    return tuple(parts.Titled(id_, title) for id_, title in found.items())


def _sources(
    kb: KnowledgeBase, step: Step, left: Sequence[RankedCause], tried: Sequence[str]
) -> tuple[parts.SourcePart, ...]:
    """Return the places that what the report says rests on, the first problem's first."""
    found: dict[SourceRef, list[str]] = {}
    for refs, what in _cited(kb, step, left, tried):
        for ref in refs:
            uses = found.setdefault(ref, [])
            if what not in uses:
                uses.append(what)
    titles: Mapping[str, str] = {document.id: document.title for document in kb.sources.values()}
    return tuple(parts.SourcePart(titles[ref.document], ref.section, tuple(uses)) for ref, uses in found.items())


def _cited(
    kb: KnowledgeBase, step: Step, left: Sequence[RankedCause], tried: Sequence[str]
) -> Iterator[tuple[Sequence[SourceRef], str]]:
    for match in step.problems[:3]:
        yield kb.problems[match.id].sources, "problem"
    for number, cause in enumerate(left[:3], start=1):
        yield kb.causes[cause.id].sources, f"cause {number}"
    views = (step.next.procedure, step.next.verify) if step.next else ()
    for view in views:
        if view is not None:
            yield kb.procedures[view.id].sources, "next step"
    for cause_id in tried:
        yield kb.procedures[kb.causes[cause_id].fix].sources, "done so far"
    for view in step.procedures:
        yield kb.procedures[view.id].sources, "procedure"
