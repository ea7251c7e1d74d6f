"""What commands need of the world around a conversation, which itself knows nothing of terminals."""

from __future__ import annotations

from typing import Protocol


class World(Protocol):
    """Clipboard, editor and signs of the place where the person sits."""

    @property
    def bar(self) -> str:
        """The sign that bars are made of."""
        ...

    def copy(self, text: str) -> str:
        """Put ``text`` on the clipboard; return why not, or nothing."""
        ...

    def edit(self) -> str | None:
        """Return what was written in an editor; None where nothing was.

        Raises:
            InputError: There is no editor to be started.
        """
        ...
