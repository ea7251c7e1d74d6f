"""The plain front: lines in, pages out, never redrawn. For dumb terminals, screen readers and pipes."""

from __future__ import annotations

from syncsage_cli.environment import Environment
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.reply import Reply


class PlainFront:
    """Reads lines and shows replies one after the other.

    Args:
        conversation: What answers.
        environment: Where lines come from and pages go.
    """

    def __init__(self, conversation: Conversation, environment: Environment) -> None:
        self.conversation = conversation
        self.environment = environment

    def run(self) -> ExitStatus:
        """Talk until the person leaves or the input ends; return what the outcome deserves."""
        self._show(self.conversation.greet())
        while True:
            try:
                entry = self._read()
            except KeyboardInterrupt:
                self.environment.out("\n")
                return ExitStatus.INTERRUPTED
            if entry is None:
                return self._leave()
            reply = self.conversation.hear(entry)
            self._show(reply)
            if reply.done:
                return self.conversation.status

    def _read(self) -> str | None:
        """Return one entry: a line, with the lines that came in the same paste."""
        line = self.environment.read_line(self.conversation.prompt)
        if line is None or self.conversation.collecting:
            return line
        lines = [line]
        while line is not None and self.environment.more_input_waits():
            line = self.environment.read_line("")
            lines += [line] if line is not None else []
        return "\n".join(lines)

    def _leave(self) -> ExitStatus:
        self.environment.out("\n")
        if self.conversation.collecting:
            self._show(self.conversation.hear("."))
        self._show(Reply(self.conversation.farewell()))
        return self.conversation.status

    def _show(self, reply: Reply) -> None:
        if reply.blocks:
            self.environment.out("\n")
            self.environment.show(reply.blocks)
            self.environment.out("\n" if not reply.done else "")
