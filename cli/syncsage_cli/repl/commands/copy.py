"""``copy``: something to the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from syncsage_cli.giving import now, rendered
from syncsage_cli.render.page import one_line, paint
from syncsage_cli.repl.command import Command, offering
from syncsage_cli.repl.pastes import counted_lines
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

_THINGS = ("command", "answer", "report")
_SHOWN = 60
_WIDTH = 80


def _fits(_: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is empty or something that can be copied."""
    return argument in ("", *_THINGS)


def run(conversation: Conversation, argument: str) -> Reply:
    """Copy the command to run, the last answer, or the report; without a name the first of these that there is."""
    if argument not in ("", *_THINGS):
        return say(f"Copy what? One of: {', '.join(_THINGS)}.")
    command = _command(conversation)
    thing = argument or ("command" if command else "answer")
    text = command if thing == "command" else _TEXTS[thing](conversation)
    if not text:
        return say(f"There is no {thing} to copy.")
    fault = conversation.world.copy(text) if conversation.world is not None else "nothing here has a clipboard"
    if fault:
        return say(f"Not copied: {fault}. report FILE writes a file." if thing == "report" else f"Not copied: {fault}.")
    shown = one_line(text, _SHOWN) if thing == "command" else f"{thing}, {counted_lines(len(text.splitlines()))}"
    return replace(say(f"To the clipboard: {shown}"), aside=True)


def _command(conversation: Conversation) -> str:
    """Return the command of the step at hand in a walk, else of the question, else of the procedure."""
    ask, walk = conversation.step.next, conversation.walk
    if walk is not None:
        return walk.steps[walk.at][1].command
    if ask is None or conversation.asking in ("nothing", "consent"):
        return ""
    steps = ask.procedure.steps if ask.procedure is not None else ()
    return ask.command or "\n".join(step.command for step in steps if step.command)


def _answer(conversation: Conversation) -> str:
    return paint(conversation.last, width=_WIDTH, colour=False)


def _report(conversation: Conversation) -> str:
    session = conversation.session
    return rendered(session.report(session.names(), made=now()), "md") if session.events else ""


_TEXTS: Mapping[str, Callable[[Conversation], str]] = {"answer": _answer, "report": _report}

COMMAND = Command(
    "copy",
    "[WHAT]",
    "command, answer or report to the clipboard",
    "What is asked",
    5,
    run,
    _fits,
    examples=(
        ("copy", "the command on the screen, else the last answer"),
        ("copy command", "the command to run"),
        ("copy answer", "what was said last"),
        ("copy report", "the report for the ticket, names masked"),
    ),
    offers=offering(*_THINGS),
)
