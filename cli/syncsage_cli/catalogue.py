"""The entries of a knowledge base by kind, each under one id and one title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from syncsage.knowledge.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the knowledge: its id, what to call it, and the object itself."""

    id: str
    title: str
    item: object


def _by_id(items: Mapping[str, Any], title: Callable[[Any], str]) -> list[Entry]:
    return [Entry(key, title(item), item) for key, item in items.items()]


def _titled(item: Any) -> str:
    return str(item.title)


_READERS: Mapping[str, Callable[[KnowledgeBase], Iterable[Entry]]] = {
    "problems": lambda kb: _by_id(kb.problems, _titled),
    "causes": lambda kb: _by_id(kb.causes, _titled),
    "procedures": lambda kb: _by_id(kb.procedures, _titled),
    "findings": lambda kb: _by_id(kb.findings, lambda item: item.ask or "(derived)"),
    "rules": lambda kb: _by_id(kb.rules, lambda item: item.because),
    "codes": lambda kb: [Entry(code.code, f"{code.title} ({code.kind})", code) for code in kb.codes],
    "tracking": lambda kb: _by_id(kb.tracking, _titled),
    "sources": lambda kb: _by_id(kb.sources, _titled),
}

#: What can be listed.
KINDS = tuple(_READERS)


def entries(knowledge: KnowledgeBase, kind: str) -> tuple[Entry, ...]:
    """Return the entries of one of ``KINDS``, in the order of the knowledge base."""
    return tuple(_READERS[kind](knowledge))


def find(knowledge: KnowledgeBase, wanted: str) -> tuple[tuple[str, Entry], ...]:
    """Return every entry with the id ``wanted``, with its kind in the singular."""
    return tuple(
        (kind.removesuffix("s"), entry)
        for kind in KINDS
        for entry in entries(knowledge, kind)
        if entry.id.casefold() == wanted.casefold()
    )


def nearest(knowledge: KnowledgeBase, wanted: str) -> tuple[str, ...]:
    """Return up to three ids that look like ``wanted``."""
    from difflib import get_close_matches

    ids = [entry.id for kind in KINDS for entry in entries(knowledge, kind)]
    return tuple(get_close_matches(wanted, ids, n=3))
