"""What was typed before, kept for the arrow keys: short lines only, no pasted logs, no secrets."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from prompt_toolkit.history import FileHistory

from syncsage.observing.text import mask
from syncsage_cli.archive import state_folder
from syncsage_cli.repl.pastes import MARKER

#: Longer lines are logs, not something to type again.
LONGEST = 200


def worth_keeping(entry: str) -> bool:
    """Tell whether ``entry`` may be written to the history."""
    if not entry.strip() or "\n" in entry or len(entry) > LONGEST:
        return False
    return not MARKER.search(entry) and not mask(entry)[1]


class CarefulHistory(FileHistory):
    """A history file that only its owner can read.

    Args:
        path: The file; its folder is made when something is first kept. A file that cannot be read or written
            is done without: a history is a comfort.
        pasted: Tells whether the present entry holds a paste.
    """

    def __init__(self, path: Path, pasted: Callable[[], bool] = lambda: False) -> None:
        super().__init__(str(path))
        self._path = path
        self._pasted = pasted

    def append_string(self, string: str) -> None:
        """Keep ``string``, unless it is a paste or holds a secret."""
        if worth_keeping(string) and not self._pasted():
            super().append_string(string)

    def load_history_strings(self) -> Iterable[str]:
        """Return what was kept, newest first."""
        try:
            return list(super().load_history_strings())
        except OSError:
            return []

    def store_string(self, string: str) -> None:
        """Write one line."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600))
            super().store_string(string)
        except OSError:
            return


def history_path(state_dir: Path | None) -> Path:
    """Return the file of the history: under ``state_dir``, or where the platform keeps such things."""
    return state_folder(state_dir) / "history"
