"""The model is loaded while the person reads and types; who is faster than it is told so."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import NoReturn

#: Seconds of waiting after which a word is due.
PATIENCE = 0.4
_NAME = "syncsage-warmth"


class Warmth:
    """Runs ``load`` in the background.

    Args:
        load: What takes its time; its errors are left to come up again when the result is needed.
    """

    def __init__(self, load: Callable[[], None]) -> None:
        self._load = load
        self._thread = threading.Thread(target=self._run, name=_NAME, daemon=True)

    def start(self) -> None:
        """Begin to load."""
        self._thread.start()

    def wait(self) -> None:
        """Wait until loading is over."""
        self._thread.join()

    @property
    def ready(self) -> bool:
        """Loading is over."""
        return not self._thread.is_alive()

    @contextmanager
    def patience(self, say: Callable[[str], None]) -> Generator[None]:
        """Say that the knowledge is being read, if what is done inside takes long while it is."""
        timer = threading.Timer(PATIENCE, lambda: say("reading the knowledge ...\n") if not self.ready else None)
        timer.daemon = True
        if not self.ready:
            timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _run(self) -> None:
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
