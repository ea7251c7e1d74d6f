"""The model is loaded while the person types, in a moment of rest; who is faster than it is told so."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import NoReturn

#: Seconds of waiting after which a word is due.
PATIENCE = 0.4
#: Typed characters that are more than an answer or a short command: words of one's own are on their way.
WORDS = 8
#: Seconds without a key: whoever thinks does not notice that something is loaded.
REST = 0.5
_NAME = "syncsage-warmth"


class Warmth:
    """Runs ``load`` in the background, once somebody has typed some words and rests.

    Args:
        load: What takes its time; its errors are left to come up again when the result is needed.
        rest: Seconds without a key.
    """

    def __init__(self, load: Callable[[], None], rest: float = REST) -> None:
        self._load = load
        self._rest = rest
        self._typed = 0
        self._length = 0
        self._touched = 0.0
        self._thread = threading.Thread(target=self._run, name=_NAME, daemon=True)

    def touch(self, text: str) -> None:
        """Take notice of what stands in the entry: a character more was typed, many more were pasted."""
        self._touched = time.monotonic()
        self._typed = self._typed + (len(text) == self._length + 1) if text else 0
        self._length = len(text)
        if self._typed >= WORDS and self._thread.ident is None:
            self._thread.start()

    def wait(self) -> None:
        """Wait until loading is over, if it has begun."""
        if self._thread.ident is not None:
            self._thread.join()

    @contextmanager
    def patience(self, say: Callable[[str], None]) -> Generator[None]:
        """Say that it takes a moment, if what is done inside takes long."""
        timer = threading.Timer(PATIENCE, say, ["one moment ...\n"])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _run(self) -> None:
        while (left := self._touched + self._rest - time.monotonic()) > 0:
            time.sleep(left)
        try:
            self._load()
        except Exception:
            # Nothing is lost: whoever needs the result loads it again, and gets the error.
            return


def leave(status: int) -> NoReturn:
    """End the process with ``status``, at once where something is still being loaded.

    A native library aborts the whole process if the interpreter is taken down while it is being loaded.
    """
    if any(thread.name == _NAME for thread in threading.enumerate()):
        with suppress(AttributeError, OSError):  # closed by the caller, or by the reader
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)
    sys.exit(status)
