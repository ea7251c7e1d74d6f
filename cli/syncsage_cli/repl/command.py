"""What a command is, when its argument makes sense, and what it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from syncsage_cli.inputs import looks_like_path

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation
    from syncsage_cli.repl.reply import Reply

Run = Callable[["Conversation", str], "Reply"]
Fits = Callable[["Conversation", str], bool]
Offers = Callable[["Conversation", str], Iterable["Choice"]]
#: The headings of the help, in its order.
Group = Literal["What is asked", "What it comes from", "What you said", "Texts and logs", "The interview"]
GROUPS: tuple[Group, ...] = (
    "What is asked",
    "What it comes from",
    "What you said",
    "Texts and logs",
    "The interview",
)
#: Arguments of several commands.
ALL, UNMASKED = "all", "unmasked"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that an argument may be, whole, and what it is about."""

    text: str
    about: str = ""


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
    return argument in ("", ALL)


def a_file(_: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is empty, names something that is there, or can only be meant as the name of a file."""
    name = argument.strip("\"'")
    try:
        return not name or looks_like_path(name) or Path(name).expanduser().exists()
    except (OSError, RuntimeError):
        return False  # longer than a name may be, or the home of nobody


def no_offer(_: Conversation, begun: str) -> Iterable[Choice]:
    """Offer nothing."""
    return ()


def offering(*words: str) -> Offers:
    """Return an offer of the same words at all times."""
    choices = tuple(map(Choice, words))
    return lambda _, __: choices


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        name: The word; that of its module.
        usage: Its argument, as the help shows it.
        about: What it does, in a few words.
        group: The heading that it stands under.
        place: Where it stands there, from 1.
        run: Does it.
        fits: Whether an argument makes sense; where not, the line is a text unless it begins with "/".
        aliases: Other words for it; without a slash they stand alone or before a single word.
        examples: Lines to type, each with what it does.
        offers: What its argument may be, for completion, given how it begins; only what begins so is shown.
        files: Whether names of files are offered, too.
    """

    name: str
    usage: str
    about: str
    group: Group
    place: int
    run: Run
    fits: Fits = nothing
    aliases: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    offers: Offers = no_offer
    files: bool = False

    @property
    def line(self) -> str:
        """The word with its argument, as the help shows it."""
        return f"{self.name} {self.usage}".strip()
