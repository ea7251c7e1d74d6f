"""``edit``: write or paste in an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.repl.command import Command
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, _: str) -> Reply:
    """Take what the person writes in an editor."""
    text = conversation.world.edit() if conversation.world is not None else None
    return conversation.tell(text, pasted=True) if text and text.strip() else say("Nothing was written.")


COMMAND = Command("edit", "", "write or paste in your editor", "Texts and logs", 2, run)
