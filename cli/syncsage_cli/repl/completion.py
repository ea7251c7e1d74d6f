"""Completion by Tab: commands, answers, causes, file names."""

from __future__ import annotations

from collections.abc import Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from syncsage_cli.render.step import in_order
from syncsage_cli.repl.commands import words
from syncsage_cli.repl.conversation import Conversation

_ABOUT_CAUSES = ("how", "whynot")
_ABOUT_FILES = ("load", "save")


class Words(Completer):
    """Completes what makes sense where the conversation stands."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield what the text before the cursor may become."""
        before = document.text_before_cursor
        word, blank, argument = before.partition(" ")
        command = word.removeprefix("/")
        if blank and command in _ABOUT_FILES:
            yield from self._paths.get_completions(Document(argument, len(argument)), complete_event)
        elif blank and command in _ABOUT_CAUSES:
            yield from _starting(argument, [cause.id for cause in in_order(self._conversation.step)])
        elif blank and command == "whatif":
            yield from _starting(argument, [option.label for option in self._conversation.options])
        elif word.startswith("/"):
            yield from _starting(before, [f"/{name}" for name in words()])
        else:
            yield from _starting(before, [option.label for option in self._conversation.options])
            yield from _starting(before, words())


def _starting(begun: str, candidates: Iterable[str]) -> Iterable[Completion]:
    folded = begun.casefold()
    return [Completion(c, start_position=-len(begun)) for c in candidates if c.casefold().startswith(folded)]
