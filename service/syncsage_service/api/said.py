"""What was said in a session, in the words of the knowledge, and how else it could have been answered."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from syncsage import Session
from syncsage.evidence import AGREED, CONFLICT, CONSENT, DECLINED, FAILED, FIX, NO_PROBLEM, PROBLEM, WORKED
from syncsage.knowledge.model import KnowledgeBase
from syncsage.session.events import Event
from syncsage.step import UNKNOWN, Option
from syncsage.views import options

_NOT_KNOWN = {
    "dont_know": "don't know",
    "no_access": "no access",
    "later": "later",
    "refused": "skipped",
    "not_applicable": "does not apply",
}
_FIX = (Option(WORKED, "it worked"), Option(FAILED, "it did not work"))
_CONSENT = (Option(AGREED, "yes"), Option(DECLINED, "no"))
_NONE = Option(NO_PROBLEM, "none of them")


class ChoiceOut(BaseModel):
    """An answer that there is to a question."""

    value: str
    label: str


class EventOut(BaseModel):
    """Something that was said; ``question`` and ``answer`` say it in words, ``choices`` what else could be answered."""

    number: int
    kind: str
    id: str
    value: str
    reason: str
    text: str
    undoes: int
    stands: bool
    question: str
    answer: str
    choices: list[ChoiceOut]

    @classmethod
    def of(cls, kb: KnowledgeBase, event: Event, *, stands: bool) -> EventOut:
        """Return what is told of an event; an id that the knowledge does not have (any more) stays as it is."""
        question, choices = _asked(kb, event)
        labels = {choice.value: choice.label for choice in choices}
        return cls(
            number=event.number,
            kind=event.kind,
            id=event.id,
            value=event.value,
            reason=event.reason,
            text=event.text,
            undoes=event.undoes,
            stands=stands,
            question=question,
            answer=_NOT_KNOWN[event.reason] if event.value == UNKNOWN else labels.get(event.value, event.value),
            choices=[ChoiceOut(value=choice.value, label=choice.label) for choice in choices],
        )


def said(session: Session) -> Iterator[EventOut]:
    """Yield everything that was said, oldest first; what was taken back included, ticks of steps left out."""
    standing = {event.number for event in session.events}
    for event in session.log:
        if event.kind != "ticked":
            yield EventOut.of(session.engine.kb, event, stands=event.number in standing)


def _asked(kb: KnowledgeBase, event: Event) -> tuple[str, tuple[Option, ...]]:
    """Return what was asked and its choices: of a finding, a fix, a consent, or which problem it is."""
    finding = kb.findings.get(event.id.removeprefix(CONFLICT))
    if finding is not None:
        return finding.ask or finding.id, options(finding)
    for prefix, choices in ((FIX, _FIX), (CONSENT, _CONSENT)):
        cause = kb.causes.get(event.id.removeprefix(prefix)) if event.id.startswith(prefix) else None
        if cause is not None:
            return kb.procedures[cause.fix].title, choices
    if event.id != PROBLEM:
        return event.id, ()
    problem = kb.problems.get(event.value)
    picked = (Option(event.value, problem.title),) if problem is not None else ()
    return "Which of the problems is it?", (*picked, _NONE)
