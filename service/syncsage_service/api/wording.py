"""What was said in a session, in the words of the knowledge, and how else it could have been answered."""

from __future__ import annotations

from dataclasses import dataclass

from syncsage.evidence import CONFLICT, CONSENT, FIX, NO_PROBLEM, PROBLEM
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
_FIX = (Option("worked", "it worked"), Option("failed", "it did not work"))
_NONE = Option(NO_PROBLEM, "none of them")
_CONSENT = (Option("yes", "yes"), Option("no", "no"))


@dataclass(frozen=True, slots=True)
class Worded:
    """A question, the answer to it, and the choices there were; empty for a text."""

    question: str = ""
    answer: str = ""
    choices: tuple[Option, ...] = ()


def worded(kb: KnowledgeBase, event: Event) -> Worded:
    """Return what ``event`` says in words; an id that the knowledge does not have (any more) stays as it is."""
    if event.kind in ("told", "undone"):
        return Worded()
    question, choices = _asked(kb, event)
    labels = {choice.value: choice.label for choice in choices}
    answer = _NOT_KNOWN[event.reason] if event.value == UNKNOWN else labels.get(event.value, event.value)
    return Worded(question, answer, choices)


def _asked(kb: KnowledgeBase, event: Event) -> tuple[str, tuple[Option, ...]]:
    """Return what was asked and its choices: of a finding, a fix, a consent, or which problem it is."""
    finding = kb.findings.get(event.id.removeprefix(CONFLICT))
    if finding is not None:
        return finding.ask or finding.id, options(finding)
    for prefix, choices in ((FIX, _FIX), (CONSENT, _CONSENT)):
        cause = kb.causes.get(event.id.removeprefix(prefix)) if event.id.startswith(prefix) else None
        if cause is not None:
            return kb.procedures[cause.fix].title, choices
    problem = kb.problems.get(event.value)
    picked = (Option(event.value, problem.title),) if problem is not None else ()
    return ("Which of the problems is it?", (*picked, _NONE)) if event.id == PROBLEM else (event.id, ())
