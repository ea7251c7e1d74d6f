"""The front for real terminals: line editing, history, completion, pastes and a toolbar by prompt-toolkit."""

from __future__ import annotations

import re

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory, ConditionalAutoSuggest
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import History, InMemoryHistory
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.styles import Style

from syncsage.errors import InputError
from syncsage_cli.environment import Environment
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.render.page import paint
from syncsage_cli.render.themes import PROMPT_STYLES
from syncsage_cli.repl.bursts import BurstInput
from syncsage_cli.repl.completion import Words
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.history import CarefulHistory, history_path
from syncsage_cli.repl.keyboard import OrderlyEnd, hushed
from syncsage_cli.repl.keys import Entry, Leaving, bindings
from syncsage_cli.repl.pastes import FOLD_ABOVE, Pastes, lines_of
from syncsage_cli.repl.reply import ON_THE_LINE, PRESS_AGAIN, STOPPED, STOPPED_LATE, Reply, say
from syncsage_cli.repl.toolbar import IN_MENU, fitted, toolbar
from syncsage_cli.repl.warmth import Warmth

#: Lines that belong to the prompt below a page; and those of a menu of completions.
_ROOM = 3
_MENU = 7
#: Shorter beginnings are answers: a suggestion behind "1" or "no" would only distract.
_SUGGEST_FROM = 3
_COMMAND_BEGUN = re.compile(r"/[^\W\d_]*")


class PromptFront:
    """Reads entries by prompt-toolkit and shows replies.

    Args:
        conversation: What answers.
        environment: Where pages go.
        keyboard: Input of prompt-toolkit; None for the terminal.
        screen: Output of prompt-toolkit; None for the terminal.
        history: Whether typed lines are kept for another day.
    """

    def __init__(
        self,
        conversation: Conversation,
        environment: Environment,
        keyboard: Input | None = None,
        screen: Output | None = None,
        *,
        history: bool = True,
    ) -> None:
        self.conversation = conversation
        self.environment = environment
        self._pastes = Pastes()
        self._entry = Entry(self._pastes)
        self._leaving = Leaving(lambda: conversation.amid)
        self._warmth = Warmth(conversation.engine.warm)
        self._default = ""
        path = history_path(environment.state_dir)
        kept = CarefulHistory(path, lambda: self._entry.pasted) if history else InMemoryHistory()
        self._prompt = self._session(kept, keyboard, screen)
        self._prompt.default_buffer.on_text_changed += lambda buffer: self._warmth.touch(buffer.text)
        self._prompt.default_buffer.on_text_changed += self._leaving.forget
        self._end = OrderlyEnd(self._prompt.app)

    def _session(self, history: History, keyboard: Input | None, screen: Output | None) -> PromptSession[str]:
        return PromptSession(
            history=history,
            completer=Words(self.conversation),
            complete_while_typing=Condition(self._names_a_command),
            auto_suggest=ConditionalAutoSuggest(AutoSuggestFromHistory(), Condition(self._suggests)),
            enable_history_search=~Condition(self._names_a_command),  # which keeps the menu closed
            multiline=True,
            prompt_continuation="  ",
            key_bindings=bindings(self._entry, self._leaving, self._page, self._edit),
            placeholder=self._placeholder,
            bottom_toolbar=self._toolbar,
            color_depth=None if self.environment.colour else ColorDepth.DEPTH_1_BIT,
            style=Style.from_dict(dict(PROMPT_STYLES[self.environment.palette])),
            reserve_space_for_menu=_MENU,
            input=BurstInput(keyboard or create_input(), lambda: self._entry.holding),
            output=screen,
        )

    def run(self) -> ExitStatus:
        """Talk until the person leaves; return what the outcome deserves."""
        with self._end.watching():
            return self._talk()

    def _talk(self) -> ExitStatus:
        self._show(self.conversation.greet())
        while True:
            try:
                entry = self._read()
            except KeyboardInterrupt:
                if self.conversation.amid:
                    self._show(self.conversation.give_up())
                    continue
                self._show(Reply(self.conversation.parting()))
                return ExitStatus.INTERRUPTED
            except EOFError:
                return self._leave()
            reply = self._hear(entry)
            self._show(reply)
            if reply.done:
                return self.conversation.status

    def _read(self) -> str:
        message = FormattedText([("class:prompt", self.conversation.prompt)])
        default, self._default = self._default, ""
        try:
            return self._prompt.prompt(message, default=default, pre_run=self._begin)
        finally:
            self._end.check()

    def _begin(self) -> None:
        self._entry.begin()
        self._leaving.forget()

    def _hear(self, entry: str) -> Reply:
        """Take an entry; Ctrl-C stops the reading of it and puts it back on the line."""
        known = len(self.conversation.session.log)
        try:
            with hushed(self.environment.stdin), self._warmth.patience(self._remark):
                reply = self._take(self._pastes.unfolded(entry))
        except KeyboardInterrupt:
            if len(self.conversation.session.log) > known:
                return say(STOPPED_LATE)
            self._default = entry
            return say(f"{STOPPED} {ON_THE_LINE}")
        self._pastes.forget()
        return reply

    def _remark(self, text: str) -> None:
        """Say something meanwhile, unless an editor has the screen."""
        if not self.environment.lent:
            self.environment.out(text)

    def _take(self, text: str) -> Reply:
        """Hear ``text``; where lines are collected, its last line may end that."""
        body, newline, last = text.rstrip("\n").rpartition("\n")
        if self.conversation.collecting and newline and last.strip() == ".":
            self.conversation.hear(body)
            return self.conversation.hear(last)
        return self.conversation.hear(text)

    def _suggests(self) -> bool:
        return self.environment.colour and len(self._prompt.default_buffer.text) >= _SUGGEST_FROM

    def _names_a_command(self) -> bool:
        """A slash and the beginning of a word: the menu of the commands opens by itself."""
        return _COMMAND_BEGUN.fullmatch(self._prompt.default_buffer.text) is not None

    def _toolbar(self) -> str:
        width = self._prompt.app.output.get_size().columns
        if self._prompt.default_buffer.complete_state is not None:
            return fitted(IN_MENU, width)
        if self._entry.lines > 1:
            return fitted(f"reading a paste: {self._entry.lines:,} lines", width)
        return toolbar(self.conversation, width)

    def _placeholder(self) -> FormattedText:
        # Not in the toolbar, which terminals that do not tell where their cursor is never show.
        return FormattedText([("class:auto-suggestion", PRESS_AGAIN if self._leaving.warned else "")])

    def _page(self, command: str) -> None:
        """Show the page of a command above the prompt."""

        def show() -> None:
            if not self.conversation.collecting:
                self._show(self.conversation.hear(f"/{command}"))

        self._prompt.app.create_background_task(self._leaving.lending(show))

    def _edit(self, buffer: Buffer) -> None:
        """Open the editor on the entry; a long text that comes out of it is taken at once, like a paste."""

        def open_editor() -> bool:
            try:
                text = self.environment.edit(self._pastes.unfolded(buffer.text))
            except InputError as error:
                self.environment.err(f"syncsage: {error}")
                return False
            if text is None:
                return False
            long = len(lines_of(text)) > FOLD_ABOVE
            buffer.reset()
            buffer.insert_text(self._pastes.fold(text) if long else text.rstrip("\n"))
            self._entry.pasted = True
            return long

        async def edited() -> None:
            if await self._leaving.lending(open_editor):
                buffer.validate_and_handle()

        self._prompt.app.create_background_task(edited())

    def _leave(self) -> ExitStatus:
        if self.conversation.collecting:
            self._show(self.conversation.hear("."))
        self._show(Reply(self.conversation.farewell()))
        return self.conversation.status

    def _show(self, reply: Reply) -> None:
        if not reply.blocks:
            return
        environment = self.environment
        environment.measure()
        text = paint(reply.blocks, width=environment.width, colour=environment.colour, theme=environment.palette)
        if reply.long and text.count("\n") > self.environment.height - _ROOM:
            self.environment.page(text)
        else:
            self.environment.out(f"\n{text}\n")
