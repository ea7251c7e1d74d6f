"""``load``: read a file as told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.errors import SyncSageError
from syncsage_cli.inputs import read_file
from syncsage_cli.render.page import QUIET, paragraph
from syncsage_cli.repl.command import Command, one_word
from syncsage_cli.repl.pastes import counted_lines
from syncsage_cli.repl.reply import Reply, refuse, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, argument: str) -> Reply:
    """Read a file and take it as told."""
    if not argument:
        return say("Which file? Such as: load messages.log")
    path = Path(argument.strip("\"'")).expanduser()
    try:
        source = read_file(path)
    except SyncSageError as error:
        return refuse(error)
    if not source.text.strip():
        return say(f"{path} is empty.")
    lines = source.text.rstrip("\n").count("\n") + 1
    notes = [f"Read {path.name}, {counted_lines(lines)}.", *source.notes]
    reply = conversation.tell(source.text, pasted=True)
    return Reply((*(paragraph(note, style=QUIET) for note in notes), *reply.blocks), long=reply.long)


COMMAND = Command(
    "load",
    "FILE",
    "read a log or a copied message from a file",
    "Texts and logs",
    3,
    run,
    one_word,
    examples=(("load messages.log", "takes it as told"),),
    files=True,
)
