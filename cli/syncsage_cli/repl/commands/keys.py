"""``keys``: what the keys of the prompt do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.render.page import BLANK, Block, heading, rows
from syncsage_cli.repl.command import Command
from syncsage_cli.repl.reply import Reply

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

#: Heading -> keys and what they do; the program binds a part of them, prompt-toolkit the others.
KEYS = {
    "Pages": (
        ("F1", "all commands"),
        ("F2", "everything that is known"),
        ("F4", "the causes"),
    ),
    "The line": (
        ("Tab", "completes a command, an answer, a code, a file; / alone opens the menu of commands"),
        ("Right", "takes the grey suggestion"),
        ("Up, Down", "earlier lines that begin like this one"),
        ("Ctrl-R", "searches them for any part"),
        ("Ctrl-O", "begins a new line (so does Alt-Enter, where the window leaves it)"),
        ("Ctrl-X Ctrl-E", "opens the line in your editor"),
    ),
    "Leaving": (
        ("Ctrl-C", "stops what is going on, clears the line; twice on an empty one: leaves"),
        ("Ctrl-D", "leaves with the summary"),
        ("Ctrl-L", "clears the screen; nothing is lost"),
    ),
}


def run(_: Conversation, __: str) -> Reply:
    """Show the keys of the prompt; a plain terminal has only those that it has itself."""
    widest = max(len(key) for of in KEYS.values() for key, _ in of)
    blocks: list[Block] = []
    for title, of in KEYS.items():
        blocks += [BLANK, heading(title), rows([(key.ljust(widest), does) for key, does in of])]
    return Reply(tuple(blocks), long=True)


COMMAND = Command("keys", "", "what the keys do, such as F4, Tab, Ctrl-R", "The interview", 8, run)
