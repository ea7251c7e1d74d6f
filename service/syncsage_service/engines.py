"""The engine in use, and those that earlier sessions began with."""

from __future__ import annotations

import threading
from collections import OrderedDict

from syncsage import Engine
from syncsage_service.settings import Settings

#: Engines over earlier knowledge that are kept for the sessions that began with them.
_EARLIER = 3


class Engines:
    """Holds engines by the hash of their knowledge; safe to share between threads.

    Args:
        settings: Where knowledge and model come from.
        engine: The engine to begin with; loaded where left out.
    """

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._current = engine or self._load()
        self._known: OrderedDict[str, Engine] = OrderedDict({self._current.kb.hash: self._current})

    @property
    def current(self) -> Engine:
        """The engine for everything new."""
        return self._current

    def of(self, kb_hash: str) -> Engine:
        """Return the engine over the knowledge of that hash, or the current one where it is no longer here."""
        with self._lock:
            return self._known.get(kb_hash, self._current)

    def reload(self) -> Engine:
        """Read the knowledge anew; where it has faults, the engine in use goes on.

        Raises:
            KnowledgeError: The knowledge has faults.
        """
        engine = self._load()
        with self._lock:
            known = self._known.get(engine.kb.hash)
            self._current = known or engine
            self._known[self._current.kb.hash] = self._current
            self._known.move_to_end(self._current.kb.hash)
            while len(self._known) > _EARLIER + 1:
                self._known.popitem(last=False)
            return self._current

    def _load(self) -> Engine:
        engine = Engine.load(self._settings.kb, self._settings.overlays, model=self._settings.model)
        engine.warm()
        return engine
