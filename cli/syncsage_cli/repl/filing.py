"""Commands that take and keep texts: paste, edit, load, save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.errors import SyncSageError
from syncsage_cli.inputs import read_file
from syncsage_cli.render.page import QUIET, paragraph
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def paste(conversation: Conversation, argument: str) -> Reply:
    """Take lines as they come, until one is a single full stop."""
    conversation.collect()
    return say("Paste, then end with a line that is a single full stop.")


def edit(conversation: Conversation, argument: str) -> Reply:
    """Have the person write in an editor."""
    return Reply(edit=True)


def load(conversation: Conversation, argument: str) -> Reply:
    """Read a file and take it as told."""
    if not argument:
        return say("Which file? Such as: load messages.log")
    path = Path(argument.strip("\"'")).expanduser()
    try:
        source = read_file(path)
    except SyncSageError as error:
        return say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
    if not source.text.strip():
        return say(f"{path} is empty.")
    lines = source.text.rstrip("\n").count("\n") + 1
    notes = [f"Read {path.name}, {lines:,} lines.", *source.notes]
    reply = conversation.tell(source.text, pasted=True)
    return Reply((*(paragraph(note, style=QUIET) for note in notes), *reply.blocks), long=reply.long)


def save(conversation: Conversation, argument: str) -> Reply:
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
