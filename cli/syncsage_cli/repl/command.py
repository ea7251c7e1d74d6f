"""What a command is, and when its argument makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation
    from syncsage_cli.repl.reply import Reply

Run = Callable[["Conversation", str], "Reply"]
Fits = Callable[["Conversation", str], bool]
#: The headings of the help, in its order.
Group = Literal["What is asked", "What it comes from", "What you said", "Texts and logs", "The interview"]
GROUPS: tuple[Group, ...] = (
    "What is asked",
    "What it comes from",
    "What you said",
    "Texts and logs",
    "The interview",
)


def nothing(_: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is empty."""
    return not argument


def one_word(_: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is a word at most."""
    return len(argument.split()) < 2


def anything(_: Conversation, argument: str) -> bool:
    """Take every argument."""
    return True


def maybe_all(_: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is empty or the word all."""
    return argument in ("", "all")


def a_file(_: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is empty or names something that is there."""
    try:
        return not argument or Path(argument.strip("\"'")).expanduser().exists()
    except (OSError, RuntimeError):
        return False  # longer than a name may be, or the home of nobody


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        name: The word.
        usage: Its argument, as the help shows it.
        about: What it does, in a few words.
        group: The heading that it stands under.
        run: Does it.
        fits: Whether an argument makes sense; where not, the line is a text unless it begins with "/".
        aliases: Other words for it.
        examples: Lines to type, each with what it does.
    """

    name: str
    usage: str
    about: str
    group: Group
    run: Run
    fits: Fits = nothing
    aliases: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
