"""The line at the bottom: where one is, and what one can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.render.page import one_line
from syncsage_cli.render.step import in_order, undecided

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

#: What the keys do; the first that leaves room for the rest is shown.
KEYS = ("F1 help  F2 facts  F4 causes  ^D leave", "F1 help F2 facts F4 causes", "F1 help")
#: What they do while a menu of completions is open.
IN_MENU = "Tab or arrows choose  Enter takes it  Esc closes"
#: Columns that the place in the interview needs at least.
_LEAST = 48


def toolbar(conversation: Conversation, width: int) -> str:
    """Return one line of at most ``width`` columns: question, problem, leading cause, keys."""
    if conversation.collecting:
        return fitted(" taking lines; a single . ends", width)
    keys = next((keys for keys in KEYS if width - len(keys) - 4 >= _LEAST), "")
    room = width - len(keys) - 4
    if not keys:
        return fitted(f" {' · '.join(_where(conversation))}", width)
    where = one_line(" · ".join(_where(conversation)), room)
    return f" {where.ljust(room)}  {keys}"


def fitted(text: str, width: int) -> str:
    """Return ``text`` cut to less than ``width`` columns: a full last column wraps when a window is narrowed."""
    return f" {one_line(text, max(width - 2, 4))}"


def _where(conversation: Conversation) -> list[str]:
    step = conversation.step
    if undecided(step):
        return [f"question {step.asked + 1}"]
    asked = {"question": [f"question {step.asked + 1}"], "consent": ["fix"], "fix": ["fix"]}
    parts = asked.get(conversation.asking, []) + [problem.title for problem in step.problems[:1]]
    leading = in_order(step)[:1]
    return parts + [f"{cause.band}: {cause.title}" for cause in leading if cause.band != "ruled out"]
