"""Completion by Tab: commands, answers, and what the arguments of a command may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from syncsage_cli.repl.command import Choice, Command
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.listing import every, find

#: Words offered at once; a character more leaves fewer.
_MOST = 50
#: Characters that say enough to look for them inside of words.
_TELLING = 2


class Words(Completer):
    """Completes what makes sense where the conversation stands."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield what the text before the cursor may become."""
        before = document.text_before_cursor.lstrip()
        word, blank, argument = before.partition(" ")
        command = find(word) if blank else None
        if command is not None:
            yield from self._arguments(command, argument, complete_event)
        elif word.startswith("/"):
            yield from _starting(before, (Choice(f"/{command.name}", command.about) for command in every()))
        else:
            yield from self._answers(before)
            yield from _starting(before, (Choice(c.name, c.about) for c in every()) if before else ())

    def _answers(self, begun: str) -> Iterator[Completion]:
        """Yield the answers to what is asked: by number, or by the beginning of their words."""
        for number, option in enumerate(self._conversation.options, start=1):
            if option.label.casefold().startswith(begun.casefold()) or begun == str(number):
                yield Completion(option.label, -len(begun), display=f"{number}  {option.label}")

    def _arguments(self, command: Command, begun: str, event: CompleteEvent) -> Iterator[Completion]:
        yield from islice(_fitting(begun, command.offers(self._conversation, begun)), _MOST)
        if command.files:
            yield from self._paths.get_completions(Document(begun, len(begun)), event)


def _starting(begun: str, choices: Iterable[Choice]) -> Iterator[Completion]:
    folded = begun.casefold()
    fitting = (choice for choice in choices if choice.text.casefold().startswith(folded))
    return _shown(begun, fitting)


def _fitting(begun: str, choices: Iterable[Choice]) -> Iterator[Completion]:
    """Yield the choices that begin so; where none does, those that have it in their words or in what they are about."""
    listed, folded = tuple(choices), begun.casefold()
    found = tuple(_starting(begun, listed))
    holding = [c for c in listed if folded in f"{c.text} {c.about}".casefold()] if len(folded) >= _TELLING else []
    yield from found or _shown(begun, holding)


def _shown(begun: str, choices: Iterable[Choice]) -> Iterator[Completion]:
    return (Completion(choice.text, -len(begun), display_meta=choice.about) for choice in choices)
