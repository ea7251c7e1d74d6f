"""``causes``: all causes, the ones ruled out as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.render import step as view
from syncsage_cli.repl.candidates import NONE_YET
from syncsage_cli.repl.command import Command
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, _: str) -> Reply:
    """Show all causes, the ones ruled out as well."""
    blocks = view.causes(conversation.step, limit=None)
    return Reply(tuple(blocks[1:]), long=True) if blocks else say(NONE_YET)


COMMAND = Command("causes", "", "all causes with their standing", "What it comes from", 1, run)
