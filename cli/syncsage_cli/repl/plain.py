"""The plain front: lines in, pages out, never redrawn. For dumb terminals, screen readers and pipes."""

from __future__ import annotations

from syncsage_cli.environment import Environment
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.progress import busy
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.keyboard import OrderlyEnd
from syncsage_cli.repl.reply import PRESS_AGAIN, STOPPED, STOPPED_LATE, Reply, say


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
        with OrderlyEnd().watching():
            return self._talk()

    def _talk(self) -> ExitStatus:
        self._show(self.conversation.greet())
        warned = False
        while True:
            try:
                entry = self._read()
            except KeyboardInterrupt:
                self.environment.out("\n")
                if self.conversation.amid:
                    self._show(self.conversation.give_up())
                    continue
                if warned:
                    self._show(Reply(self.conversation.parting()))
                    return ExitStatus.INTERRUPTED
                self.environment.out(f"{PRESS_AGAIN}\n")
                warned = True
                continue
            warned = False
            if entry is None:
                return self._leave()
            reply = self._hear(entry)
            self._show(reply)
            if reply.done or self.environment.unheard:
                return self.conversation.status

    def _hear(self, entry: str) -> Reply:
        """Take an entry; Ctrl-C stops the reading of it."""
        known = len(self.conversation.session.log)
        try:
            with busy(self.environment, "Reading"):
                return self.conversation.hear(entry)
        except KeyboardInterrupt:
            return say(STOPPED_LATE if len(self.conversation.session.log) > known else STOPPED)

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
