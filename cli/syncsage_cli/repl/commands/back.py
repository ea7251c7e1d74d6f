"""``back``: take back what was said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from syncsage_cli.render import changes
from syncsage_cli.render.page import BLANK, QUIET, paragraph
from syncsage_cli.repl.command import Choice, Command
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, argument: str) -> Reply:
    """Take back the last turn, or the one with a number."""
    if not conversation.session.events:
        return say("There is nothing to take back.")
    if argument and argument not in {str(event.number) for event in conversation.session.events}:
        return say(f"Number {argument} is nothing you said: history shows the numbers.")
    before = conversation.step
    undone = conversation.take_back(int(argument) if argument else None)
    moved = changes.moved(conversation.engine.difference(before, conversation.step))
    quiet = paragraph(f"Taken back: {undone}", style=QUIET)
    return Reply((quiet, *moved, BLANK, *conversation.where_we_are().blocks))


def _fits(_: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is a number, or empty."""
    return not argument or (argument.isascii() and argument.isdigit())


def _offers(conversation: Conversation, _: str) -> Iterator[Choice]:
    knowledge = conversation.engine.kb
    return (Choice(str(event.number), changes.saying(event, knowledge)) for event in conversation.session.events)


COMMAND = Command(
    "back",
    "[N]",
    "take back the last answer or text, or number N",
    "What you said",
    2,
    run,
    _fits,
    ("undo",),
    (("back", "the last one"), ("back 2", "number 2 of history")),
    offers=_offers,
)
