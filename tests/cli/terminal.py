"""A pseudo-terminal with the real program in it."""

from __future__ import annotations

import io
from pathlib import Path

import pexpect
from tests.cli.support import BICYCLE, process_environment, program

_PATIENCE = 60


class Terminal:
    """Starts the program, types, and waits for what it shows.

    Args:
        state: Folder for the history of the person at this terminal.
    """

    def __init__(self, state: Path) -> None:
        self._state = state
        self._seen = io.StringIO()
        self._child: pexpect.spawn[str] | None = None

    @property
    def screen(self) -> str:
        """Everything that was shown so far."""
        return self._seen.getvalue()

    def start(self, *arguments: str, **variables: str) -> None:
        """Start the program on the bicycle knowledge."""
        command, *rest = program("--kb", BICYCLE, *arguments)
        self._child = pexpect.spawn(
            command,
            rest,
            env=process_environment(XDG_STATE_HOME=str(self._state), **variables),
            encoding="utf-8",
            dimensions=(40, 80),
            timeout=_PATIENCE,
        )
        self._child.logfile_read = self._seen

    def sees(self, text: str) -> None:
        """Wait until ``text`` is shown."""
        self._running.expect_exact(text)

    def sends(self, keys: str) -> None:
        """Type ``keys``."""
        self._running.send(keys)

    def types(self, line: str) -> None:
        """Type ``line`` and Enter, once the prompt takes keys."""
        self.sees("\x1b[?2004h")
        self.sends(f"{line}\r")

    def resized(self, lines: int, columns: int) -> None:
        """Change the size of the window."""
        self._running.setwinsize(lines, columns)

    def gets(self, number: int) -> None:
        """Send a signal to the program."""
        self._running.kill(number)

    def status(self) -> int | None:
        """Wait for the end and return the exit code."""
        self._running.expect(pexpect.EOF)
        self._running.close()
        return self._running.exitstatus

    def close(self) -> None:
        """Take the terminal away."""
        if self._child is not None:
            self._child.close(force=True)

    @property
    def _running(self) -> pexpect.spawn[str]:
        assert self._child is not None
        return self._child
