"""The numbered choices of what is asked, and of everything else that can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from syncsage_cli.render.step import answers_of

if TYPE_CHECKING:
    from syncsage.knowledge.model import KnowledgeBase
    from syncsage.step import Next, Option

#: What is asked right now; ``consent`` comes before a dangerous fix is shown.
Asking = Literal["nothing", "question", "consent", "fix"]

NOT_TRIED = "not-tried"


def options_of(ask: Next, asking: Asking) -> tuple[Option, ...]:
    """Return the numbered choices for what is asked, in the order of their numbers."""
    from syncsage.step import Option

    if asking == "fix":
        return (Option("worked", "yes"), Option("failed", "no"), Option(NOT_TRIED, "not tried yet"))
    return answers_of(ask)


def options_for(question: str, ask: Next | None, knowledge: KnowledgeBase) -> tuple[Option, ...]:
    """Return the numbered answers to any question, fix or choice of a problem by its id; none where there is none.

    Args:
        question: Its id.
        ask: What is asked at the moment.
        knowledge: Declares everything else that can be asked.
    """
    from syncsage.evidence import AGREED, CONFLICT, CONSENT, DECLINED, FAILED, FIX, WORKED
    from syncsage.step import Option
    from syncsage.views import options as choices_of

    if ask is not None and ask.id == question:
        return answers_of(ask)
    finding = knowledge.findings.get(question.removeprefix(CONFLICT))
    if finding is not None:
        return choices_of(finding)
    if question == "problem":
        return tuple(Option(problem.id, problem.title) for problem in knowledge.problems.values())
    if question.removeprefix(CONSENT) in knowledge.causes:
        return (Option(AGREED, "yes"), Option(DECLINED, "no"))
    if question.removeprefix(FIX) in knowledge.causes:
        return (Option(WORKED, "yes"), Option(FAILED, "no"))
    return ()
