"""The front for real terminals: line editing, history, completion, pastes and a toolbar by prompt-toolkit."""

from __future__ import annotations

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.styles import Style

from syncsage_cli.environment import Environment
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.render.page import paint
from syncsage_cli.repl.completion import Words
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.history import CarefulHistory, history_path
from syncsage_cli.repl.keys import PatientEnter, bindings
from syncsage_cli.repl.pastes import Pastes
from syncsage_cli.repl.reply import Reply
from syncsage_cli.repl.toolbar import toolbar
from syncsage_cli.repl.warmth import Warmth

_STYLE = Style.from_dict({"bottom-toolbar": "noreverse ansibrightblack", "prompt": "bold"})
_ROOM = 3


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
        self._enter = PatientEnter()
        self._warmth = Warmth(conversation.engine.warm)
        self._prompt: PromptSession[str] = PromptSession(
            history=CarefulHistory(history_path(environment.state_dir)) if history else InMemoryHistory(),
            completer=Words(conversation),
            complete_while_typing=False,
            multiline=True,
            prompt_continuation="  ",
            key_bindings=bindings(self._enter, self._pastes),
            bottom_toolbar=lambda: toolbar(conversation, environment.width),
            color_depth=None if environment.colour else ColorDepth.DEPTH_1_BIT,
            style=_STYLE,
            reserve_space_for_menu=_ROOM,
            input=keyboard,
            output=screen,
        )
        self._prompt.default_buffer.on_text_changed += lambda buffer: self._warmth.touch(buffer.text)

    def run(self) -> ExitStatus:
        """Talk until the person leaves; return what the outcome deserves."""
        self._show(self.conversation.greet())
        while True:
            try:
                reply = self._hear(self._read())
            except KeyboardInterrupt:
                return ExitStatus.INTERRUPTED
            except EOFError:
                return self._leave()
            self._show(reply)
            if reply.done:
                return self.conversation.status

    def _read(self) -> str:
        message = FormattedText([("class:prompt", self.conversation.prompt)])
        entry = self._prompt.prompt(message, pre_run=self._watch)
        return self._pastes.unfold(entry)

    def _watch(self) -> None:
        self._enter.watch(self._prompt.app.key_processor)

    def _hear(self, entry: str) -> Reply:
        with self._warmth.patience(self.environment.out):
            return self.conversation.hear(entry)

    def _leave(self) -> ExitStatus:
        if self.conversation.collecting:
            self._show(self.conversation.hear("."))
        self._show(Reply(self.conversation.farewell()))
        return self.conversation.status

    def _show(self, reply: Reply) -> None:
        if not reply.blocks:
            return
        environment = self.environment
        text = paint(reply.blocks, width=environment.width, colour=environment.colour, theme=environment.palette)
        if reply.long and text.count("\n") > self.environment.height - _ROOM:
            self.environment.page(text)
        else:
            self.environment.out(f"\n{text}\n")
