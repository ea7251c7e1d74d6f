"""``steps``: the present procedure, one step at a time or whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.repl import walking
from syncsage_cli.repl.command import ALL, Command, maybe_all, offering

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation
    from syncsage_cli.repl.reply import Reply


def run(conversation: Conversation, argument: str) -> Reply:
    """Go through the present procedure step by step; with ``all`` show it whole, as every version words it."""
    walk = walking.begin(conversation) if not argument else None
    return walk if walk is not None else conversation.where_we_are(variants=argument == ALL)


COMMAND = Command(
    "steps",
    f"[{ALL}]",
    "the procedure step by step; all: on one page",
    "What is asked",
    3,
    run,
    maybe_all,
    examples=(
        ("steps", "Enter ticks a step off, b goes back, s skips, q leaves"),
        ("steps all", "everything on one page, as every version words it"),
    ),
    offers=offering(ALL),
)
