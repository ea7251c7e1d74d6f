"""What a line is: a step done, an answer, a command, a file, a choice in other words, or evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.replying import (
    Answer,
    answer_in_words,
    is_message,
    is_stray,
    leading_yes_or_no,
    read_answer,
    yes_or_no,
)
from syncsage_cli.inputs import looks_like_path
from syncsage_cli.repl import listing, turns, walking
from syncsage_cli.repl.reply import Reply, say
from syncsage_cli.repl.slips import may_mean, which_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syncsage.step import Option, Step
    from syncsage_cli.repl.conversation import Conversation

#: "No it does not" is an answer; "No connection could be made because the target ..." is an error message.
_SHORT_REMARK = 6
#: A line that is no longer than this, and tells nothing, was meant as an answer.
_FEW_WORDS = 2
#: Letters that agree, of a hundred, in a command that is typed wrong behind its slash.
_SLIP = 70
#: Letters of a word without a slash that may be a command with one slip: a letter too many, missing, wrong, or swapped.
_LEAST = 4
_YES = frozenset({"y", "yes", "j", "ja", "oui"})


def hear_line(conversation: Conversation, line: str) -> Reply:
    """Take one line that is not empty."""
    walked = walking.hear(conversation, line) if conversation.walk is not None else None
    if walked is not None:
        return walked
    offered, conversation.offered = conversation.offered, None
    if offered is not None and line.casefold() in _YES and not _says_yes(conversation.options):
        return conversation.answer(offered)
    answer = read_answer(line, conversation.options)
    if answer is not None and conversation.asking != "nothing":
        return conversation.answer(answer)
    found = listing.command_of(conversation, line)
    return found[0].run(conversation, found[1]) if found is not None else _no_command(conversation, line)


def _no_command(conversation: Conversation, line: str) -> Reply:
    if looks_like_path(line) and Path(line).expanduser().is_file():
        return listing.named("load").run(conversation, line)
    unclear = _unclear_command(line)
    if unclear:
        return say(unclear)
    conversation.walk = None
    return _own_words(conversation, line)


def _unclear_command(line: str) -> str:
    """Return what to say where ``line`` is a slash and a word that several commands begin with, or nearly a command."""
    several = listing.beginning_with(line)
    if len(several) > 1:
        return f"{line} may mean " + " or ".join(command.name for command in several) + "."
    word = line.removeprefix("/")
    if word == line or not word.isalpha():
        return ""
    from rapidfuzz.fuzz import ratio

    alike = max(sorted(listing.names()), key=lambda name: ratio(word.casefold(), name))
    near = ratio(word.casefold(), alike) >= _SLIP
    return f"No command is called {line}. " + (f"Did you mean /{alike}?" if near else "help lists them.")


def _slip(line: str) -> Reply | None:
    """Return a question about a single word that is nearly a command; None where it is none."""
    if not line.isalpha() or len(line) < _LEAST:
        return None
    from rapidfuzz.distance import OSA

    alike = next((name for name in sorted(listing.names()) if OSA.distance(line.casefold(), name) == 1), "")
    return say(f"Did you mean {alike}? Type it; to tell me {line}, use more words.") if alike else None


def _own_words(conversation: Conversation, line: str) -> Reply:
    """Take a line in a person's own words: a choice in other words, a yes or no with more, or evidence."""
    if conversation.asking == "nothing":
        return say(turns.nothing_asked(conversation)) if is_stray(line) else _slip(line) or conversation.tell(line)
    options = conversation.options
    worded = answer_in_words(line, options)
    if worded is not None:
        message = is_message(line, conversation.step.next, conversation.engine.parse)
        return conversation.tell(line) if message else conversation.answer(worded)
    leading = leading_yes_or_no(line, options)
    if leading is not None:
        return _yes_or_no(conversation, line, *leading)
    if is_stray(line):
        return say(which_one(options, unknowns=conversation.asking == "question"))
    return _ask_back(conversation, line) or _slip(line) or _evidence(conversation, line)


def _evidence(conversation: Conversation, line: str) -> Reply:
    """Take a line as told; a word or two that bring nothing are not kept, but answered with what can be typed."""
    before, reply = conversation.step, conversation.tell(line)
    if len(line.split()) > _FEW_WORDS or _moved(before, conversation.step):
        return reply
    conversation.take_back()
    hint = which_one(conversation.options, unknowns=conversation.asking == "question")
    return say(f"That tells me nothing new. {hint}")


def _moved(before: Step, after: Step) -> bool:
    """Tell whether anything but the text itself is new."""
    ask = before.next.id if before.next is not None else ""
    return (before.problems, before.observations, ask) != (
        after.problems,
        after.observations,
        after.next.id if after.next is not None else "",
    )


def _ask_back(conversation: Conversation, line: str) -> Reply | None:
    """Return a question about a line that is nearly an answer; None where it is none."""
    options, meant = conversation.options, may_mean(line, conversation.options)
    if len(meant) != 1:
        return say(f"Which one: {' or '.join(map(str, meant))}?") if meant else None
    option = options[meant[0] - 1]
    conversation.offered = Answer(option.value)
    yes = "" if _says_yes(options) else " or y"
    return say(f"Did you mean {meant[0]} ({option.label})? Type {meant[0]}{yes}; anything else is read anew.")


def _says_yes(options: Sequence[Option]) -> bool:
    """Tell whether a yes is an answer to the question itself, so that it cannot confirm anything else."""
    return yes_or_no("yes", options) is not None


def _yes_or_no(conversation: Conversation, line: str, answer: Answer, rest: str, parted: bool) -> Reply:
    """Take a yes or no with more behind it: as evidence, where it is news, else as the answer."""
    if not parted:
        before = conversation.step
        reply = conversation.tell(line)
        if _moved(before, conversation.step) or len(rest.split()) >= _SHORT_REMARK:
            return reply
        conversation.take_back()
    return conversation.answer(answer)
