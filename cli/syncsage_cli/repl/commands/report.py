"""``report``: the report for the ticket, to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.errors import SyncSageError
from syncsage_cli.giving import form_of, keep_names, names_beside, now, rendered, write
from syncsage_cli.repl.command import UNMASKED, Command
from syncsage_cli.repl.reply import Reply, refuse, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, argument: str) -> Reply:
    """Write the report to a file; one that this interview did not write is not overwritten."""
    words = argument.split()
    if not words:
        return say("Under which name? Such as: report monday.html")
    if not conversation.session.events:
        return say("Nothing has been told yet.")
    unmasked, path = words[-1] == UNMASKED and len(words) > 1, Path(words[0].strip("\"'")).expanduser()
    if path.exists() and path.resolve() not in conversation.reported:
        return say(f"{path} exists already: choose another name.")
    try:
        remark = _give(conversation, path, unmasked=unmasked)
    except SyncSageError as error:
        return refuse(error)
    conversation.reported.add(path.resolve())
    return say(f"Written: {path}", *([f"{remark}."] if remark else []))


def _give(conversation: Conversation, path: Path, *, unmasked: bool) -> str:
    form, session = form_of(path), conversation.session
    names = None if unmasked else session.names()
    write(path, rendered(session.report(names, unmasked=unmasked, made=now()), form))
    return keep_names(names.map, names_beside(path)) if names is not None else ""


def _fits(_: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is empty or the name of a file, with or without the word unmasked."""
    file, *rest = argument.split() or [""]
    return not argument or (bool(Path(file).suffix) and rest in ([], [UNMASKED]))


COMMAND = Command(
    "report",
    "FILE",
    "a report for the ticket: .md, .html or .json; names masked",
    "The interview",
    2,
    run,
    _fits,
    examples=(
        ("report ticket.md", "with names masked"),
        ("report ticket.html unmasked", "a page, with names as they are"),
    ),
    files=True,
)
