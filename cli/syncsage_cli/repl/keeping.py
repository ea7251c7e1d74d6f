"""An interview is kept from its first word on, and whoever holds it is told where that fails."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.errors import SyncSageError

if TYPE_CHECKING:
    from syncsage import Session
    from syncsage_cli.archive import Archive


class Keeper:
    """Keeps one interview.

    Args:
        archive: Where it is kept as long as the person names no file; None keeps nothing by itself.
    """

    def __init__(self, archive: Archive | None) -> None:
        self._archive = archive
        self._begun = archive is None
        self._told = ""

    def keep(self, session: Session) -> str:
        """Begin to keep ``session`` once something was said; return what went wrong since the last call."""
        fault = session.unkept
        if not self._begun and self._archive is not None and session.log and session.kept is None:
            self._begun = True
            try:
                self._archive.begin(session)
            except SyncSageError as error:
                fault = str(error)
        fresh = fault if fault != self._told else ""
        self._told = fault or self._told
        return fresh

    def move(self, session: Session, path: Path) -> None:
        """Keep ``session`` in ``path`` from now on, and no longer in the archive.

        Raises:
            InputError: It cannot be written there.
        """
        before = session.kept
        session.keep(path)
        self._begun = True
        if before is not None and self._archive is not None and self._archive.holds(before):
            before.unlink(missing_ok=True)

    def place(self, session: Session) -> str:
        """Return where ``session`` is kept and how to go on with it; empty where it is not."""
        path = session.kept
        if path is None:
            return ""
        if self._archive is not None and self._archive.holds(path):
            return f"Kept as {path.stem}; syncsage resume goes on with it."
        return f"Kept in {path.name}; syncsage resume {path.name} goes on with it."
