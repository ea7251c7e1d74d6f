"""``steps``: the present procedure, one step at a time or whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.render.page import BLANK, paragraph
from syncsage_cli.repl import walking
from syncsage_cli.repl.command import ALL, Command, maybe_all, offering
from syncsage_cli.repl.reply import Reply

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

NO_STEPS = "This has no steps of its own."


def run(conversation: Conversation, argument: str) -> Reply:
    """Go through the present procedure step by step; with ``all`` show it whole, as every version words it."""
    walk = walking.begin(conversation) if not argument else None
    if walk is not None:
        return walk
    here = conversation.where_we_are(variants=argument == ALL)
    missing = not argument and conversation.asking != "nothing"
    return Reply((*([paragraph(NO_STEPS), BLANK] if missing else []), *here.blocks))


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
