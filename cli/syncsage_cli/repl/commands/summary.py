"""``summary``: what the interview came to so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.repl.command import UNMASKED, Command, offering
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, argument: str) -> Reply:
    """Show what the interview came to so far."""
    if not conversation.session.events:
        return say("Nothing has been told yet.")
    return Reply(conversation.summary(unmasked=argument == UNMASKED), long=True)


def _fits(_: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is empty or the word unmasked."""
    return argument in ("", UNMASKED)


COMMAND = Command(
    "summary",
    f"[{UNMASKED}]",
    "what is known, tried, to be collected; names masked",
    "The interview",
    1,
    run,
    _fits,
    offers=offering(UNMASKED),
)
