"""The line at the bottom: where one is, and what one can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.render.page import one_line
from syncsage_cli.render.step import in_order, undecided

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

COMMANDS = "why how back help"


def toolbar(conversation: Conversation, width: int) -> str:
    """Return one line of at most ``width`` columns: problem, question, leading cause, commands."""
    if conversation.collecting:
        return " taking lines; a single . ends"
    room = width - len(COMMANDS) - 4
    where = one_line(" · ".join(_where(conversation)), room)
    return f" {where.ljust(room)}  {COMMANDS}"


def _where(conversation: Conversation) -> list[str]:
    step = conversation.step
    if undecided(step):
        return [f"question {step.asked + 1}"]
    parts = [step.problems[0].title] if step.problems else []
    if conversation.asking == "question":
        parts.append(f"question {step.asked + 1}")
    elif conversation.asking in ("consent", "fix"):
        parts.append("fix")
    leading = in_order(step)[:1]
    return parts + [f"{cause.band}: {cause.title}" for cause in leading if cause.band != "ruled out"]
