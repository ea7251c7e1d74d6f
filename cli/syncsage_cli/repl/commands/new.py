"""``new``: a new interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.repl.command import Command
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, _: str) -> Reply:
    """Forget everything and begin again."""
    conversation.begin()
    return say("A new interview. What do you see?")


COMMAND = Command("new", "", "begin a new interview", "The interview", 5, run)
