"""``why``: why the present question or fix comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.repl import turns
from syncsage_cli.repl.command import Command
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, _: str) -> Reply:
    """Explain why the present question or fix comes next."""
    if conversation.asking == "nothing":
        return say(turns.nothing_asked(conversation))
    from syncsage_cli.render.explain import why

    return Reply(tuple(why(conversation.engine.why(conversation.step))))


COMMAND = Command("why", "", "why this question, and what each answer would speak for", "What is asked", 1, run)
