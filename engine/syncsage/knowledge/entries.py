"""Entries: the validated content of the files as plain data, one item per id, overlays over the base."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

EntryKind = Literal[
    "domain",
    "source",
    "code-kind",
    "code",
    "problem",
    "cause",
    "procedure",
    "finding",
    "rule",
    "tracking",
    "runs",
    "format",
]
#: Kind and id; unique in a knowledge base.
Key = tuple[EntryKind, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: a problem, one finding of a list, one code, the domain as a whole.

    ``file`` is relative to the folder of its layer; ``data`` is plain JSON data that fits the schema.
    """

    kind: EntryKind
    id: str
    file: str
    line: int
    data: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """Kind and id."""
        return self.kind, self.id


def content_hash(entries: Iterable[Entry]) -> str:
    """Return a SHA-256 of what the entries say.

    It does not depend on where files lie, on the order of entries and keys, on comments or line ends. It does
    depend on the order of choices and of lists, since people see them in that order.
    """
    content = sorted((entry.kind, entry.id, _ordered(entry)) for entry in entries)
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _ordered(entry: Entry) -> str:
    """Return the data as canonical JSON; choices become pairs, because their order has a meaning."""
    data = dict(entry.data)
    if isinstance(choices := data.get("choices"), Mapping):
        data["choices"] = list(choices.items())
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def over(base: Entry, overlay: Entry) -> Entry:
    """Lay ``overlay`` over ``base``: a whole entry replaces another, a domain only the fields it names."""
    if overlay.kind != "domain":
        return overlay
    return Entry(base.kind, base.id, base.file, base.line, {**base.data, **overlay.data})
