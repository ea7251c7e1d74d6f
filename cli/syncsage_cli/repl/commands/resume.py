"""``resume``: go on with a kept interview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from syncsage_cli.render.kept import listed
from syncsage_cli.render.page import BLANK, QUIET, one_line, paragraph
from syncsage_cli.repl.command import Choice, Command, one_word
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.archive import Kept
    from syncsage_cli.repl.conversation import Conversation

#: Kept interviews that are listed; syncsage resume --list has all.
_SHOWN = 9
#: Columns for the first words of one, beside its name.
_ABOUT = 40


def run(conversation: Conversation, argument: str) -> Reply:
    """List the kept interviews, or leave this one for another: by number, name or file. This one stays kept."""
    others = _others(conversation)
    if not argument:
        if not others:
            return Reply(tuple(listed(others)))
        how = paragraph("resume N goes on with one; this one stays kept.", style=QUIET)
        return Reply((*listed(others, numbered=True), BLANK, how))
    path = _path(conversation, argument.strip("\"'"), others)
    if path is None:
        return say(f"No kept interview has the number {argument}: resume lists them.")
    if path.resolve() == conversation.session.kept:
        return say("That is this interview.")
    from syncsage import Session

    conversation.begin(Session.open(conversation.engine, path))
    return conversation.greet()


def _others(conversation: Conversation) -> tuple[Kept, ...]:
    if conversation.archive is None:
        return ()
    entries = conversation.archive.entries()
    return tuple(kept for kept in entries if kept.path.resolve() != conversation.session.kept)[:_SHOWN]


def _path(conversation: Conversation, name: str, others: tuple[Kept, ...]) -> Path | None:
    """Return the file that ``name`` means.

    Raises:
        InputError: No interview or several are called so.
    """
    if len(name) == 1 and name.isdigit():
        return others[int(name) - 1].path if 1 <= int(name) <= len(others) else None
    if conversation.archive is not None:
        return conversation.archive.find(name)
    from syncsage.errors import InputError

    if not Path(name).expanduser().is_file():
        raise InputError(f"no such file: {name}")
    return Path(name).expanduser()


def _offers(conversation: Conversation, _: str) -> Iterator[Choice]:
    return (Choice(kept.name, one_line(kept.about, _ABOUT)) for kept in _others(conversation))


COMMAND = Command(
    "resume",
    "[NAME]",
    "list kept interviews, or go on with one",
    "The interview",
    4,
    run,
    one_word,
    examples=(("resume", "the list"), ("resume 1", "the latest one in it"), ("resume monday.jsonl", "a file")),
    offers=_offers,
    files=True,
)
