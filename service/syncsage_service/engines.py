"""The engine in use, and those that earlier sessions began with."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict

from syncsage import Engine
from syncsage.errors import SyncSageError
from syncsage_service.settings import Settings

_LOG = logging.getLogger(__name__)

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
        self._reading = threading.Lock()
        self._warm = threading.Event()
        self._current = engine or self._load()
        self._known: OrderedDict[str, Engine] = OrderedDict({self._current.kb.hash: self._current})
        self._warming = threading.Thread(target=self._warm_up, name="syncsage-warm", daemon=True)
        self._warming.start()

    @property
    def warm(self) -> bool:
        """Whether the model is loaded: until then the first text of a person would have to wait for it."""
        return self._warm.is_set()

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
            ModelError: The model is gone.
        """
        with self._reading:
            engine = self._load()
            with self._lock:
                known = self._known.get(engine.kb.hash)
            if known is None:
                engine.warm()
            return self._take(known or engine)

    def settle(self) -> None:
        """Wait until nothing is being loaded: a process must not end in the middle of it."""
        self._warming.join()

    def _take(self, engine: Engine) -> Engine:
        with self._lock:
            self._current = engine
            self._known[self._current.kb.hash] = self._current
            self._known.move_to_end(self._current.kb.hash)
            while len(self._known) > _EARLIER + 1:
                self._known.popitem(last=False)
            return self._current

    def _load(self) -> Engine:
        return Engine.load(self._settings.kb, self._settings.overlays, model=self._settings.model)

    def _warm_up(self) -> None:
        try:
            self._current.warm()
        except SyncSageError:
            _LOG.exception("the embedding model cannot be loaded")
        else:
            self._warm.set()
