"""What everybody knows and nothing has to hide: names of products and of the field, and the words of the knowledge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from syncsage.knowledge.model import KnowledgeBase
from syncsage.knowledge.patterns import compiled

_WORD = re.compile(r"[^\W_]+")


class WellKnown:
    """Tells what of a text may stay.

    Args:
        kb: Its domain has the patterns of what is public; a word that its titles, questions and procedures use says
            nothing about a site either.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the places of ``text`` that are public, first to last, overlapping ones joined."""
        found = sorted(m.span() for p in self._kb.domain.public for m in compiled(p).finditer(text) if m.group())
        joined: list[tuple[int, int]] = []
        for start, end in found:
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def plain(self, name: str) -> bool:
        """Tell whether ``name`` consists of words of the knowledge, numbers and single letters only."""
        words = _WORD.findall(name.lower())
        return all(len(word) < 2 or word.isdigit() or word in self._words for word in words)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for text in _texts(self._kb) for word in _WORD.findall(text.lower()))


def _texts(kb: KnowledgeBase) -> Iterator[str]:
    """Yield the sentences that the knowledge says itself; samples and commands have names in them."""
    yield from (kb.domain.title, kb.domain.greeting)
    for problem in kb.problems.values():
        yield from (problem.title, problem.summary, problem.look)
    for cause in kb.causes.values():
        yield from (cause.title, cause.summary)
    for finding in kb.findings.values():
        yield from (finding.ask, finding.help, *(choice.label for choice in finding.choices))
    for procedure in kb.procedures.values():
        yield from (procedure.title, procedure.undo, *procedure.notes)
        yield from (t for s in procedure.steps for t in (s.do, s.expect))
        yield from (t for v in procedure.variants for s in v.steps for t in (s.do, s.expect))
    yield from (text for code in kb.codes for text in (code.title, code.meaning, code.component))
    yield from (document.title for document in kb.sources.values())
    yield from (t for k in kb.tracking.values() for s in k.steps for t in (s.title, s.what, s.log, s.next))
