"""Replayed sessions that are at hand: going on with one of them replays nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from syncsage import Engine
from syncsage.session import Session
from syncsage_service.store.sessions import Row

#: Sessions at hand at most, and the characters of all their texts: an engine keeps about as much of what it understood.
_COUNT = 256
_CHARACTERS = 8_000_000


@dataclass(frozen=True, slots=True)
class _Entry:
    version: int
    session: Session
    characters: int


class Shelf:
    """Keeps the sessions used last; everybody gets a branch of their own. Safe to share between threads.

    Args:
        count: How many at most.
        characters: How long their texts may be, all together.
    """

    def __init__(self, count: int = _COUNT, characters: int = _CHARACTERS) -> None:
        self._most, self._longest = count, characters
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._characters = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, row: Row, engine: Engine) -> Session | None:
        """Return the session as it is in that row, replayed on that engine, or None."""
        with self._lock:
            entry = self._entries.get(row.id)
            if entry is None or entry.version != row.version or entry.session.engine is not engine:
                return None
            self._entries.move_to_end(row.id)
            return entry.session.branch()

    def put(self, row: Row, session: Session) -> None:
        """Keep a branch of the session, which is as it is in that row."""
        entry = _Entry(row.version, session.branch(), sum(len(event.text) for event in session.log))
        with self._lock:
            known = self._entries.get(row.id)
            if known is not None and known.version > row.version:
                return
            self._remove(row.id)
            self._entries[row.id] = entry
            self._characters += entry.characters
            while self._entries and (len(self._entries) > self._most or self._characters > self._longest):
                self._remove(next(iter(self._entries)))

    def remove(self, session_id: str) -> None:
        """Forget a session."""
        with self._lock:
            self._remove(session_id)

    def _remove(self, session_id: str) -> None:
        entry = self._entries.pop(session_id, None)
        self._characters -= entry.characters if entry is not None else 0
