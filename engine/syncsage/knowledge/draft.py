"""A knowledge base while it is checked: what could be built, where everything stands, and its faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from syncsage.errors import Fault
from syncsage.knowledge.documents import Place
from syncsage.knowledge.entries import Entry, EntryKind, Key
from syncsage.knowledge.model import KnowledgeBase
from syncsage.knowledge.naming import nearest
from syncsage.knowledge.yamltree import Path

_NOUNS: dict[EntryKind, str] = {"code-kind": "kind of codes", "source": "source document"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What checks look at.

    Attributes:
        kb: Everything that fits its schema, as typed objects.
        entries: The same as plain data.
        places: Where each entry was read.
        broken: Entries that exist but do not fit their schema.
        ids: Every id by kind, the broken ones included.
        unread: Kinds of which a whole file could not be read, so that not every id is known.
        faults: Faults of files, schema and references, sorted.
    """

    kb: KnowledgeBase
    entries: tuple[Entry, ...]
    places: Mapping[Key, Place]
    broken: frozenset[Key]
    ids: Mapping[EntryKind, frozenset[str]]
    unread: frozenset[EntryKind]
    faults: tuple[Fault, ...] = ()

    def fault(self, key: Key, path: Path, message: str, rule: str) -> Fault:
        """Return a fault at a field of an entry."""
        place = self.places.get(key)
        return place.fault(path, message, rule) if place else Fault(key[1], 1, "", message, rule)

    @property
    def incomplete(self) -> bool:
        """Something is there that could not be built, so that what is missing cannot be told."""
        return bool(self.broken or self.unread)

    def names(self, kind: EntryKind) -> frozenset[str]:
        """Return every id of a kind, the broken ones included."""
        return self.ids.get(kind, frozenset())

    def missing(self, kind: EntryKind, name: str) -> str:
        """Return why ``name`` is no id of ``kind``, or an empty text."""
        known = self.names(kind)
        if not name or name in known or kind in self.unread:
            return ""
        return f"there is no {_NOUNS.get(kind, kind)} {name}{nearest(name, known)}"
