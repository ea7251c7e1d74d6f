"""The whole system, and the whole system without one stage each.

What a stage adds to the score by words and meaning is taken out by its weight, which then goes to what is left; what
the knowledge brings (signatures, vocabulary, neighbours of the field) by knowledge without it; cleaning and the choice
of lines by a matcher that does without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from syncsage.knowledge.model import KnowledgeBase, Problem
from syncsage.observing.lexical import Normaliser
from syncsage.observing.matching import TextMatcher
from syncsage.observing.model import Match
from syncsage.observing.records import Record
from syncsage.observing.salience import Salience
from syncsage.observing.semantic import Encoder
from syncsage.observing.weights import WEIGHTS, Weights
from systems.model import Ranking, System

_W = WEIGHTS
_NO_FACETS = replace(_W, entry=_W.entry + _W.facet + _W.clauses, facet=0, clauses=0, facet_words=0)
_NO_CLAUSES = replace(_W, facet=_W.facet + _W.clauses, clauses=0)


class _Verbatim(Normaliser):
    """Leaves a text as it is, but for its white space."""

    def __call__(self, text: str) -> str:
        return " ".join(text.split())


class _Uncleaned(TextMatcher):
    """Compares texts with all their times, names and short forms."""

    def __init__(self, kb: KnowledgeBase, encoders: Callable[[], tuple[Encoder, Encoder]]) -> None:
        super().__init__(kb, encoders)
        self._normalise = _Verbatim((), {})


class _Undivided(TextMatcher):
    """Declines a text for what it says of other fields, whatever stands beside."""

    def _beside(self, records: Sequence[Record]) -> tuple[Match, ...]:
        return ()


class _Everything(Salience):
    """Keeps every line."""

    def lines(self, records: Sequence[Record]) -> tuple[str, ...]:
        return tuple(line for record in records if (line := self._normalise(record.text)))


class _Whole(TextMatcher):
    """Compares whole texts instead of the lines that carry the trouble."""

    @cached_property
    def _salience(self) -> Salience:
        return _Everything(self._kb.domain, self._normalise)


def _parsing(matcher: TextMatcher) -> System:
    def rank(text: str) -> Ranking:
        parsed = matcher.parse(text)
        first = 1 + (parsed.problems[0].score if parsed.problems else 0)
        named = {m.id: first - place / 100 for place, m in enumerate(parsed.problems)}
        near = {m.id: m.score for m in parsed.nearest if m.coverage != "outside"}
        by = parsed.problems[0].by if parsed.problems else ""
        return Ranking(near | named, parsed.level, by)

    return rank


def _weighing(weights: Weights) -> Callable[[KnowledgeBase, Encoder], System]:
    return lambda kb, encoder: _parsing(TextMatcher(kb, lambda: (encoder, encoder), weights=weights))


def _knowing(change: Callable[[KnowledgeBase], KnowledgeBase]) -> Callable[[KnowledgeBase, Encoder], System]:
    return lambda kb, encoder: _parsing(TextMatcher(change(kb), lambda: (encoder, encoder)))


def _reading(
    matcher: Callable[[KnowledgeBase, Callable[[], tuple[Encoder, Encoder]]], TextMatcher],
) -> Callable[[KnowledgeBase, Encoder], System]:
    return lambda kb, encoder: _parsing(matcher(kb, lambda: (encoder, encoder)))


def _signed(problem: Problem) -> tuple[str, ...]:
    return tuple(sample for signature in problem.signatures for sample in signature.samples)


def without_signatures(kb: KnowledgeBase) -> KnowledgeBase:
    """Return knowledge whose messages are only compared, never recognised; they stay in the index."""
    problems = {p.id: replace(p, signatures=(), samples=p.samples + _signed(p)) for p in kb.problems.values()}
    return replace(kb, problems=problems)


def _without_samples(kb: KnowledgeBase) -> KnowledgeBase:
    """Return knowledge whose signatures have nothing that a misspelt message could be near to."""

    def bare(problem: Problem) -> Problem:
        signatures = tuple(replace(signature, samples=()) for signature in problem.signatures)
        return replace(problem, signatures=signatures, samples=problem.samples + _signed(problem))

    return replace(kb, problems={p.id: bare(p) for p in kb.problems.values()})


def _without_codes(kb: KnowledgeBase) -> KnowledgeBase:
    return replace(kb, codes=())


def _without_neighbours(kb: KnowledgeBase) -> KnowledgeBase:
    problems = {p.id: p for p in kb.problems.values() if p.coverage != "outside"}
    codes = tuple(replace(code, problems=tuple(p for p in code.problems if p in problems)) for code in kb.codes)
    return replace(kb, problems=problems, codes=codes)


def _without_vocabulary(kb: KnowledgeBase) -> KnowledgeBase:
    return replace(kb, domain=replace(kb.domain, vocabulary=(), core=(), foreign=()))


SYNCSAGE: Callable[[KnowledgeBase, Encoder], System] = _reading(TextMatcher)

#: Name of the stage -> the system without it.
WITHOUT: Mapping[str, Callable[[KnowledgeBase, Encoder], System]] = {
    "normalisation": _reading(_Uncleaned),
    "salient lines": _reading(_Whole),
    "signatures": _knowing(without_signatures),
    "typo tolerance": _knowing(_without_samples),
    "facets": _weighing(_NO_FACETS),
    "clauses": _weighing(_NO_CLAUSES),
    "words (BM25)": _weighing(replace(_W, words=0, facet_words=0)),
    "embedding": _weighing(replace(_W, entry=0, facet=0, clauses=0)),
    "code veto": _weighing(replace(_W, owner=0, veto=0)),
    "codes": _knowing(_without_codes),
    "parts beside": _reading(_Undivided),
    "neighbours": _knowing(_without_neighbours),
    "twin grouping": _weighing(replace(_W, lead=0)),
    "vocabulary": _knowing(_without_vocabulary),
}
#: What helps where no signature does is hidden by them where one line of a long log is looked for.
BURIED: Mapping[str, Callable[[KnowledgeBase, Encoder], System]] = {
    "SyncSage": SYNCSAGE,
    "- salient lines": WITHOUT["salient lines"],
    "- signatures": WITHOUT["signatures"],
    "- both": lambda kb, encoder: _parsing(_Whole(without_signatures(kb), lambda: (encoder, encoder))),
}
