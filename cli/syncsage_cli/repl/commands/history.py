"""``history``: everything that was said, by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.render import changes
from syncsage_cli.repl.command import Command
from syncsage_cli.repl.reply import Reply

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, _: str) -> Reply:
    """Show everything that was said, by number."""
    return Reply(tuple(changes.said(conversation.session.events, conversation.engine.kb)), long=True)


COMMAND = Command("history", "", "everything you said, by number", "What you said", 1, run)
