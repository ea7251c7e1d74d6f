"""``facts``: everything that is known, and where from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.repl.command import Command
from syncsage_cli.repl.reply import Reply

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, _: str) -> Reply:
    """Show everything that is known."""
    from syncsage_cli.render.explain import facts

    return Reply(tuple(facts(conversation.engine.facts(conversation.step, conversation.session.said))), long=True)


COMMAND = Command("facts", "", "everything that is known, and where from", "What it comes from", 4, run)
