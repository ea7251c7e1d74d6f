"""``again``: the present question or fix once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.repl.command import Command

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation
    from syncsage_cli.repl.reply import Reply


def run(conversation: Conversation, _: str) -> Reply:
    """Show the present question or fix again, whole."""
    return conversation.where_we_are()


COMMAND = Command("again", "", "the question or fix once more", "What is asked", 4, run)
