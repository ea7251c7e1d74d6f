"""Commands that take and keep texts: paste, load, save."""

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
    """Keep the interview in a file; a file of something else is not overwritten."""
    if not argument:
        return say("Under which name? Such as: save monday.json")
    path = Path(argument.strip("\"'")).expanduser()
    if path.exists() and path.resolve() != conversation.saved_as:
        return say(f"{path} exists already: choose another name.")
    try:
        conversation.session.save(path)
    except (OSError, SyncSageError) as error:
        return say(f"Could not save: {getattr(error, 'strerror', None) or error}.")
    conversation.saved_as = path.resolve()
    return say(f"Saved. To go on another time: syncsage resume {argument}")
