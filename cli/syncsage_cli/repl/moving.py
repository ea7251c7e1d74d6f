"""Commands that move about: back, steps, new, help, quit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from syncsage_cli.render.page import BLANK, QUIET, Verbatim, heading, paragraph, rows
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

_HELP_ENTRIES = (
    "Answer with the number, or in your own words.",
    "? means you don't know; no access, later and skip are answers too.",
    "Anything else you type or paste is read as more about the problem.",
)


def back(conversation: Conversation, argument: str) -> Reply:
    """Take back the last turn."""
    if not conversation.session.events:
        return say("There is nothing to take back.")
    undone = conversation.take_back()
    return Reply((paragraph(f"Taken back: {undone}", style=QUIET), BLANK, *conversation.where_we_are().blocks))


def steps(conversation: Conversation, argument: str) -> Reply:
    """Show the present question or procedure again, with ``all`` as every version words it."""
    return conversation.where_we_are(variants=argument == "all")


def new(conversation: Conversation, argument: str) -> Reply:
    """Forget everything and begin again."""
    conversation.begin()
    return say("A new interview. What do you see?")


def leave(conversation: Conversation, argument: str) -> Reply:
    """Leave, with the summary where something was told."""
    return Reply(conversation.farewell(), done=True)


def help_page(commands: Sequence[tuple[str, str]], *, short: bool) -> Reply:
    """Return the page that lists ``commands``."""
    listing = rows(commands)
    if short:
        return Reply((listing,))
    how_to = [paragraph(text, indent=2) for text in _HELP_ENTRIES]
    slash = paragraph("A / before a command is allowed: /save x.json, or shortened: /sa x.json", indent=2)
    return Reply((heading("Answers"), *how_to, BLANK, heading("Commands"), listing, slash), long=True)


def as_blocks(text: str) -> tuple[Verbatim, ...]:
    """Return a ready-made page as blocks that keep its lines."""
    return tuple(Verbatim(line) for line in text.splitlines())
