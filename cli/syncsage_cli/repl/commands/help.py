"""``help``: all commands, or more of one; derived from what each says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from syncsage_cli.render.page import BLANK, QUIET, Block, heading, paragraph, rows
from syncsage_cli.repl.command import GROUPS, Choice, Command
from syncsage_cli.repl.listing import every, find
from syncsage_cli.repl.reply import Reply

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

_ANSWERS = (
    "Answer with the number, or in your own words.",
    "? means you don't know; no access, later, skip and does not apply count too.",
    "Anything else you type or paste is read as more about the problem.",
)
_HOW_TO = (
    "help COMMAND tells more of one, with examples.",
    "A / before a command is allowed: /save x.json, or shortened: /sa x.json",
)


def run(_: Conversation, argument: str) -> Reply:
    """Return the list of commands, or what one of them does."""
    chosen = find(argument) if argument else None
    if chosen is not None:
        return Reply(_one(chosen))
    blocks: list[Block] = [heading("Answers"), *(paragraph(text, indent=2) for text in _ANSWERS)]
    widest = max(len(command.line) for command in every())
    for group in GROUPS:
        listed = [(command.line.ljust(widest), command.about) for command in every() if command.group == group]
        blocks += [BLANK, heading(group), rows(listed)]
    return Reply((*blocks, BLANK, *(paragraph(text, style=QUIET) for text in _HOW_TO)), long=True)


def _one(command: Command) -> tuple[Block, ...]:
    blocks: list[Block] = [heading(command.line), paragraph(f"{command.about[:1].upper()}{command.about[1:]}.")]
    if command.examples:
        blocks += [BLANK, rows(command.examples)]
    names = ", ".join(command.aliases)
    return (*blocks, *([BLANK, paragraph(f"Also: {names}", style=QUIET)] if names else []))


def _fits(_: Conversation, argument: str) -> bool:
    return not argument or find(argument) is not None


def _offers(_: Conversation, __: str) -> Iterator[Choice]:
    return (Choice(command.name, command.about) for command in every())


COMMAND = Command(
    "help",
    "[COMMAND]",
    "this list, or more of one command",
    "The interview",
    7,
    run,
    _fits,
    ("commands",),
    (("help", "all commands"), ("help change", "one of them, with examples")),
    offers=_offers,
)
