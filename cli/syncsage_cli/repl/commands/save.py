"""``save``: keep the interview under a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.errors import SyncSageError
from syncsage_cli.repl.command import Command, one_word
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, argument: str) -> Reply:
    """Keep the interview under a name from now on; a file that exists is not overwritten."""
    if not argument:
        return say("Under which name? Such as: save monday.jsonl")
    path, session = Path(argument.strip("\"'")).expanduser(), conversation.session
    if path.exists():
        mine = path.resolve() == session.kept
        return say("It is kept there already." if mine else f"{path} exists already: choose another name.")
    try:
        conversation.move_to(path)
    except SyncSageError as error:
        return say(f"Could not save: {error}.")
    return say(f"Saved, and so is every answer from now on. To go on another time: syncsage resume {argument}")


COMMAND = Command(
    "save",
    "FILE",
    "keep this interview under a name of yours",
    "The interview",
    3,
    run,
    one_word,
    examples=(("save monday.jsonl", "every later answer is kept there too"),),
    files=True,
)
