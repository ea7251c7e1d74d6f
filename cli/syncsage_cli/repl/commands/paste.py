"""``paste``: take many lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.repl.command import Command
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, _: str) -> Reply:
    """Take lines as they come, until one is a single full stop."""
    conversation.collect()
    return say("Paste, then end with a line that is a single full stop.")


COMMAND = Command("paste", "", "take many lines, up to a line with a single .", "Texts and logs", 1, run)
