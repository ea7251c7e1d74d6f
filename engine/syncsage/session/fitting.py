"""Which kept answers the knowledge at hand still has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from syncsage.errors import EvidenceError
from syncsage.evidence import check
from syncsage.knowledge.model import KnowledgeBase
from syncsage.session.events import Event, answers


@dataclass(frozen=True, slots=True)
class Gone:
    """A kept answer whose question or value this knowledge does not have; it counts as not given."""

    number: int
    id: str
    value: str
    why: str


def gone_from(kb: KnowledgeBase, events: Iterable[Event]) -> tuple[Gone, ...]:
    """Return the answers in ``events`` that ``kb`` does not know, oldest first."""
    found: list[Gone] = []
    for event in events:
        try:
            check(kb, answers([event]))
        except EvidenceError as error:
            found.append(Gone(event.number, event.id, event.value, str(error)))
    return tuple(found)
