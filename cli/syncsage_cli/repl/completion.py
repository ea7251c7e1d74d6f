"""Completion by Tab: commands, answers, causes, file names."""

from __future__ import annotations

from collections.abc import Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from syncsage_cli.render.changes import saying
from syncsage_cli.render.step import in_order
from syncsage_cli.repl.answers import options_for
from syncsage_cli.repl.commands import find, words
from syncsage_cli.repl.conversation import Conversation

_ABOUT_CAUSES = ("how", "whynot")
_ABOUT_FILES = ("load", "save", "report")
#: Words that a command takes.
_WORDS = {"rules": ("all",), "steps": ("all",), "summary": ("unmasked",)}
#: Codes offered at once; a beginning of two characters leaves fewer.
_MOST_CODES = 50


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
        if command is not None and command.name in _ABOUT_FILES:
            yield from self._paths.get_completions(Document(argument, len(argument)), complete_event)
        elif command is not None:
            yield from self._arguments(command.name, argument)
        elif word.startswith("/"):
            yield from _starting(before, [f"/{name}" for name in words()])
        else:
            yield from self._choices(before)
            yield from _starting(before, words() if before else ())

    def _choices(self, begun: str) -> Iterable[Completion]:
        """Yield the answers to what is asked: by number, or by the beginning of their words."""
        for number, option in enumerate(self._conversation.options, start=1):
            if option.label.casefold().startswith(begun.casefold()) or begun == str(number):
                yield Completion(option.label, -len(begun), display=f"{number}  {option.label}")

    def _arguments(self, command: str, begun: str) -> Iterable[Completion]:
        talk = self._conversation
        if command in _ABOUT_CAUSES:
            return [_about(begun, c.id, c.title) for c in in_order(talk.step) if c.id.startswith(begun.casefold())]
        if command == "whatif":
            return _starting(begun, [option.label for option in talk.options])
        if command == "lookup":
            codes = [c for c in talk.engine.kb.codes if begun and c.code.casefold().startswith(begun.casefold())]
            return [_about(begun, c.code, c.title) for c in codes[:_MOST_CODES]]
        if command == "change":
            return self._changes(begun)
        if command in ("back", "help"):
            return _starting(begun, self._numbers() if command == "back" else words())
        return _starting(begun, _WORDS.get(command, ()))

    def _numbers(self) -> list[str]:
        return [str(event.number) for event in self._conversation.session.events]

    def _changes(self, begun: str) -> Iterable[Completion]:
        """Yield the numbers of answers that can be changed, and behind one the answers it could have."""
        talk = self._conversation
        number, blank, answer = begun.partition(" ")
        answers = [event for event in talk.session.events if event.kind != "told"]
        if not blank:
            fitting = [event for event in answers if str(event.number).startswith(begun)]
            return [_about(begun, str(event.number), saying(event, talk.engine.kb)) for event in fitting]
        asked = next((event.id for event in answers if str(event.number) == number), "")
        return _starting(answer, [o.label for o in options_for(asked, talk.step.next, talk.engine.kb)])


def _about(begun: str, text: str, title: str) -> Completion:
    return Completion(text, start_position=-len(begun), display_meta=title)


def _starting(begun: str, candidates: Iterable[str]) -> Iterable[Completion]:
    folded = begun.casefold()
    return [Completion(c, start_position=-len(begun)) for c in candidates if c.casefold().startswith(folded)]
