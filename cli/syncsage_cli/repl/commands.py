"""When a line is a command rather than a text, and the help, which is derived from the list of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.render.page import BLANK, QUIET, Block, heading, paragraph, rows
from syncsage_cli.repl.command import GROUPS, Command
from syncsage_cli.repl.listing import LISTED
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


def show_help(conversation: Conversation, argument: str) -> Reply:
    """Return the list of commands, or what one of them does."""
    chosen = find(argument) if argument else None
    if chosen is not None:
        return Reply(_one(chosen))
    blocks: list[Block] = [heading("Answers"), *(paragraph(text, indent=2) for text in _ANSWERS)]
    widest = max(len(_usage(command)) for command in COMMANDS)
    for group in GROUPS:
        listed = [(_usage(c).ljust(widest), c.about) for c in COMMANDS if c.group == group]
        blocks += [BLANK, heading(group), rows(listed)]
    return Reply((*blocks, BLANK, *(paragraph(text, style=QUIET) for text in _HOW_TO)), long=True)


def _is_command(_: Conversation, argument: str) -> bool:
    return not argument or find(argument) is not None


COMMANDS: tuple[Command, ...] = (
    *LISTED,
    Command(
        "help",
        "[COMMAND]",
        "this list, or more of one command",
        "The interview",
        show_help,
        _is_command,
        ("commands",),
        (("help", "all commands"), ("help change", "one of them, with examples")),
    ),
)


def words() -> tuple[str, ...]:
    """Return every word that is a command, in the order of the help."""
    return tuple(command.name for command in COMMANDS)


def find(word: str) -> Command | None:
    """Return the command called ``word``, with or without a slash; with one, a unique prefix is enough."""
    bare = word.removeprefix("/").casefold()
    exact = [command for command in COMMANDS if bare in (command.name, *command.aliases)]
    matching = exact or beginning_with(word)
    return matching[0] if len(matching) == 1 else None


def beginning_with(word: str) -> list[Command]:
    """Return the commands that ``word``, a slash and the beginning of a name, may mean."""
    bare = word.removeprefix("/").casefold()
    return [c for c in COMMANDS if c.name.startswith(bare)] if word.startswith("/") and bare else []


def command_of(conversation: Conversation, line: str) -> tuple[Command, str] | None:
    """Return the command that ``line`` is, with its argument; None where it is a text.

    "why does it fail" or "/var/log is full" are texts; "why" and "/why" are the command.
    """
    word, _, argument = line.strip().partition(" ")
    command, argument = find(word), argument.strip()
    if command is None:
        return None
    return (command, argument) if word.startswith("/") or command.fits(conversation, argument) else None


def _usage(command: Command) -> str:
    return f"{command.name} {command.usage}".strip()


def _one(command: Command) -> tuple[Block, ...]:
    blocks: list[Block] = [heading(_usage(command)), paragraph(f"{command.about[:1].upper()}{command.about[1:]}.")]
    if command.examples:
        blocks += [BLANK, rows(command.examples)]
    names = ", ".join(command.aliases)
    return (*blocks, *([BLANK, paragraph(f"Also: {names}", style=QUIET)] if names else []))
