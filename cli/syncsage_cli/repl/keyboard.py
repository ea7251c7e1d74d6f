"""The keyboard between prompts: whether a paste goes on, keys typed while the program works."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from prompt_toolkit import Application

#: Seconds without input after which a paste is over; people type slower, terminals paste faster.
IDLE = 0.05
#: The same once several lines have come: slow lines and remote desktops deliver a paste with gaps.
LULL = 0.25

#: What ends a program from outside: a request to end, and the window being closed (not on Windows).
_ENDINGS = [signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if name in signal.Signals.__members__]


class OrderlyEnd:
    """Lets a signal that ends the program unwind it, so that the terminal gets its modes back and files are closed.

    The exit code is 128 and the number of the signal, as shells report it. A prompt is left by its own event loop: an
    exception thrown into the middle of that would be reported as a fault.

    Args:
        app: The prompt, where there is one.
    """

    def __init__(self, app: Application[str] | None = None) -> None:
        self._app = app
        self._status = 0

    @contextmanager
    def watching(self) -> Generator[None]:
        """Take the signals while the block runs."""
        before = {number: signal.signal(number, self._end) for number in _ENDINGS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def check(self) -> None:
        """Leave, if a signal came while a prompt was there."""
        if self._status:
            sys.exit(self._status)

    def _end(self, number: int, _: FrameType | None) -> None:
        self._status = 128 + number
        loop = self._app.loop if self._app is not None else None
        if loop is None or loop.is_closed():
            sys.exit(self._status)
        loop.call_soon_threadsafe(self._leave, loop)

    def _leave(self, loop: AbstractEventLoop) -> None:
        future = self._app.future if self._app is not None else None
        if future is None:  # the prompt is only just coming up
            loop.call_later(IDLE, self._leave, loop)
        elif not future.done() and self._app is not None:
            self._app.exit(exception=EOFError())


if sys.platform == "win32":
    import msvcrt

    def input_waits(stream: BinaryIO, idle: float = IDLE) -> bool:
        """Tell whether a key arrives within ``idle`` seconds."""
        end = time.monotonic() + idle
        while time.monotonic() < end:
            if msvcrt.kbhit():
                return True
            time.sleep(idle / 10)
        return False

    @contextmanager
    def hushed(stream: BinaryIO) -> Generator[None]:
        """Do nothing: a console keeps keys for whoever reads next, and shows them only then."""
        yield

else:
    import select
    import termios

    def input_waits(stream: BinaryIO, idle: float = IDLE) -> bool:
        """Tell whether input arrives on a terminal within ``idle`` seconds; of a pipe, never."""
        if not stream.isatty():
            return False
        ready, _, _ = select.select([stream], [], [], idle)
        return bool(ready)

    @contextmanager
    def hushed(stream: BinaryIO) -> Generator[None]:
        """Keep what is typed meanwhile for the next prompt, as typed and unseen; Ctrl-C still interrupts.

        A terminal that edits lines itself would show the keys amid the page and cut lines after 4,096 bytes.
        """
        if not stream.isatty():
            yield
            return
        before = termios.tcgetattr(stream)
        changed = termios.tcgetattr(stream)
        changed[0] &= ~termios.ICRNL
        changed[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        termios.tcsetattr(stream, termios.TCSANOW, changed)
        try:
            yield
        finally:
            termios.tcsetattr(stream, termios.TCSANOW, before)
