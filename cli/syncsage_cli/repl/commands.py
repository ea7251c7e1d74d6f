"""The words that are commands, and when a line is one of them rather than a text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syncsage_cli.repl import explaining, filing, moving, reporting

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation
    from syncsage_cli.repl.reply import Reply

Run = Callable[["Conversation", str], "Reply"]
Fits = Callable[["Conversation", str], bool]


def _nothing(_: Conversation, argument: str) -> bool:
    return not argument


def _at_most_one_word(_: Conversation, argument: str) -> bool:
    return len(argument.split()) < 2


def _anything(_: Conversation, argument: str) -> bool:
    return True


def _all(_: Conversation, argument: str) -> bool:
    return argument in ("", "all")


def _maybe_command(_: Conversation, argument: str) -> bool:
    return not argument or find(argument) is not None


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        name: The word.
        usage: Its argument, as the help shows it.
        about: What it does, in a few words.
        run: Does it.
        fits: Whether an argument makes sense; where not, the line is a text unless it begins with "/".
        aliases: Other words for it.
    """

    name: str
    usage: str
    about: str
    run: Run
    fits: Fits = _nothing
    aliases: tuple[str, ...] = ()


def show_help(conversation: Conversation, argument: str) -> Reply:
    """Return the list of commands, or what one of them does."""
    chosen = find(argument) if argument else None
    rows = [(f"{c.name} {c.usage}".strip(), c.about) for c in ([chosen] if chosen else COMMANDS)]
    return moving.help_page(rows, short=chosen is not None)


COMMANDS: tuple[Command, ...] = (
    Command("why", "", "why this question, and what each answer would speak for", explaining.why),
    Command(
        "how",
        "[CAUSE]",
        "how a cause stands; how 1.2 what its reason rests on",
        explaining.how,
        explaining.names_a_candidate,
    ),
    Command("whynot", "CAUSE", "why a cause is not the first", explaining.why_not, _anything),
    Command("whatif", "[ID=]ANSWER", "what an answer would change", explaining.what_if, _anything),
    Command("back", "[N]", "take back the last answer or text, or number N", moving.back, moving.is_number, ("undo",)),
    Command("history", "", "everything you said, by number", moving.history),
    Command("change", "N ANSWER", "answer number N anew", moving.change, moving.names_an_event),
    Command("facts", "", "everything that is known, and where from", explaining.facts),
    Command("rules", "[all]", "which rules fired, which lack an input", explaining.rules, _all),
    Command("causes", "", "all causes with their standing", explaining.causes),
    Command("lookup", "CODE", "what a code means", explaining.lookup, _at_most_one_word),
    Command("steps", "[all]", "the procedure again; all: for all versions", moving.steps, _all, ("again",)),
    Command(
        "summary",
        "[unmasked]",
        "what is known, tried, to be collected; names masked",
        reporting.summary,
        reporting.asks_for_summary,
    ),
    Command(
        "report",
        "FILE",
        "a report for the ticket: .md, .html or .json; names masked",
        reporting.report,
        reporting.asks_for_report,
    ),
    Command("paste", "", "take many lines, up to a line with a single .", filing.paste),
    Command("edit", "", "write in your own editor; so does Ctrl-X Ctrl-E", filing.edit),
    Command("load", "FILE", "read a log or a copied message from a file", filing.load, _at_most_one_word),
    Command("save", "FILE", "keep this interview under a name of yours", filing.save, _at_most_one_word),
    Command("new", "", "begin a new interview", moving.new),
    Command("help", "[COMMAND]", "this list", show_help, _maybe_command, aliases=("commands",)),
    Command("quit", "", "leave", moving.leave, aliases=("exit", "q")),
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
