"""The commands of the interview by name, imported when one is used, and when a line is a command rather than a text."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from syncsage_cli.repl import commands
from syncsage_cli.repl.command import GROUPS, Command

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

#: Words of a line, without a slash, that begins with another word for a command: it stands alone or before one more.
#: Longer lines are texts, for which no command has to be imported to know its other words.
_LONGEST_ALIASED = 2


@cache
def names() -> frozenset[str]:
    """Return the names of all commands, without importing any."""
    return frozenset(module.name for module in iter_modules(commands.__path__))


@cache
def named(name: str) -> Command:
    """Import and return the command called ``name``, one of :func:`names`."""
    command: Command = import_module(f"{commands.__name__}.{name}").COMMAND
    return command


@cache
def every() -> tuple[Command, ...]:
    """Return all commands in the order of the help."""
    return tuple(sorted(map(named, names()), key=_place))


def find(word: str) -> Command | None:
    """Return the command called ``word``, with or without a slash; with one, a unique prefix is enough."""
    bare = word.removeprefix("/").casefold()
    if bare in names():
        return named(bare)
    matching = [command for command in every() if bare in command.aliases] or beginning_with(word)
    return matching[0] if len(matching) == 1 else None


def beginning_with(word: str) -> list[Command]:
    """Return the commands that ``word``, a slash and the beginning of a name, may mean."""
    bare = word.removeprefix("/").casefold()
    if not word.startswith("/") or not bare:
        return []
    return sorted((named(name) for name in names() if name.startswith(bare)), key=_place)


def command_of(conversation: Conversation, line: str) -> tuple[Command, str] | None:
    """Return the command that ``line`` is, with its argument; None where it is a text.

    "why does it fail" or "/var/log is full" are texts; "why" and "/why" are the command.
    """
    word, _, argument = line.strip().partition(" ")
    slash, argument = word.startswith("/"), argument.strip()
    if not slash and word.casefold() not in names() and len(line.split()) > _LONGEST_ALIASED:
        return None
    command = find(word)
    if command is None:
        return None
    return (command, argument) if slash or command.fits(conversation, argument) else None


def _place(command: Command) -> tuple[int, int]:
    return GROUPS.index(command.group), command.place
