"""``whynot``: why a cause is not the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.repl.candidates import candidate, known, named
from syncsage_cli.repl.command import Command, anything
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, argument: str) -> Reply:
    """Explain why a cause is not the first."""
    from syncsage_cli.render.explain import why_not

    cause = candidate(conversation, argument) or known(conversation, argument)
    if cause is None:
        return say("Which cause? Give its number in causes, or its name: whynot 2")
    answer = conversation.engine.why_not(conversation.step, cause, conversation.session.said)
    return Reply(tuple(why_not(answer, conversation.engine.kb)), long=True)


COMMAND = Command(
    "whynot",
    "CAUSE",
    "why a cause is not the first",
    "What it comes from",
    3,
    run,
    anything,
    examples=(("whynot 2", "by its number in causes"),),
    offers=named,
)
