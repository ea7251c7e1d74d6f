"""The keyboard between prompts: whether a paste goes on, keys typed while the program works."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import BinaryIO, NoReturn

#: Seconds without input after which a paste is over; people type slower, terminals paste faster.
IDLE = 0.05
#: The same once several lines have come: slow lines and remote desktops deliver a paste with gaps.
LULL = 0.25

#: What ends a program from outside: a request to end, and the window being closed (not on Windows).
_ENDINGS = [signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if name in signal.Signals.__members__]


@contextmanager
def orderly_end() -> Generator[None]:
    """Let a signal that ends the program unwind it, so that the terminal gets its modes back and files are closed.

    The exit code is 128 and the number of the signal, as shells report it.
    """
    before = {number: signal.signal(number, _end) for number in _ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


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
