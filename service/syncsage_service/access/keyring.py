"""Keys as requests meet them: looked up, compared, and kept in mind for a moment."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from syncsage_service.access.keys import KeyStore, parts
from syncsage_service.access.scopes import Principal

#: Seconds that a key goes on after it was revoked, at most.
PATIENCE = 2.0
#: Seconds between two notes of when a key was used.
_NOTED = 60.0
#: Keys that are kept in mind.
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class _Known:
    principal: Principal
    until: float


class KeyRing:
    """Tells whose key a request brings; safe to share between threads.

    Args:
        store: Where the keys are.
        clock: Seconds that only go on.
    """

    def __init__(self, store: KeyStore, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        self._noted: dict[str, float] = {}
        self._needed = False
        self._until = float("-inf")

    def remembers_need(self) -> bool | None:
        """Tell whether requests need a key, as far as that is known without asking the database."""
        return self._needed if self._needed or self._clock() < self._until else None

    def needed(self) -> bool:
        """Tell whether requests need a key: from the first one that was made."""
        known = self.remembers_need()
        if known is None:
            known = self._needed = self._store.any()
            self._until = self._clock() + PATIENCE
        return known

    def remembers(self, token: str) -> Principal | None:
        """Return whose key ``token`` is where it was compared a moment ago."""
        with self._lock:
            known = self._known.get(_fingerprint(token))
        return known.principal if known is not None and self._clock() < known.until else None

    def principal(self, token: str) -> Principal | None:
        """Return whose key ``token`` is; None where it is none that holds."""
        split = parts(token)
        key = self._store.find(split[0]) if split else None
        if split is None or key is None or not key.fits(split[1]) or key.revoked is not None:
            return None
        principal, now = Principal(key.name, key.scopes), self._clock()
        with self._lock:
            self._known[_fingerprint(token)] = _Known(principal, now + PATIENCE)
            self._known.move_to_end(_fingerprint(token))
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
            due = now >= self._noted.get(key.id, float("-inf")) + _NOTED
            if due:
                self._noted[key.id] = now
        if due:
            self._store.mark_used(key.id, datetime.now(UTC))
        return principal


def _fingerprint(token: str) -> bytes:
    """Return what a key is kept in mind by: a lookup by the key itself would tell by its time how much of it fits."""
    return sha256(token.encode()).digest()
