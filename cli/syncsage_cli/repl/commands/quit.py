"""``quit``: leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.repl.command import Command
from syncsage_cli.repl.reply import Reply

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, _: str) -> Reply:
    """Leave, with the summary where something was told."""
    return Reply(conversation.farewell(), done=True)


COMMAND = Command("quit", "", "leave", "The interview", 6, run, aliases=("exit", "q"))
