"""``lookup``: what a code means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from syncsage_cli.repl.command import Choice, Command, one_word
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

_GOES_ON = "To find the cause behind it, paste the whole message."


def run(conversation: Conversation, argument: str) -> Reply:
    """Explain a code."""
    if not argument:
        return say("Which code? Such as: lookup 404")
    from syncsage_cli.render import codes

    engine = conversation.engine
    return Reply(tuple(codes.lookup(engine.lookup(argument), engine.kb, _GOES_ON)), long=True)


def _offers(conversation: Conversation, begun: str) -> Iterator[Choice]:
    """Offer all codes behind a first character; before it they would be a wall."""
    return (Choice(code.code, code.title) for code in (conversation.engine.kb.codes if begun else ()))


COMMAND = Command(
    "lookup",
    "CODE",
    "what a code means",
    "What it comes from",
    6,
    run,
    one_word,
    examples=(("lookup 404", "in any way of writing it"),),
    offers=_offers,
)
