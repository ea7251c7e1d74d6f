"""Certain identification: signatures record by record, and the same texts with typing errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from syncsage.knowledge.model import Problem, Signature
from syncsage.knowledge.patterns import collapse, holds
from syncsage.knowledge.prefilter import NOTHING_KNOWN, Literals, Prefilter
from syncsage.knowledge.spelling import Spellings
from syncsage.observing.lexical import Normaliser
from syncsage.observing.model import Span
from syncsage.observing.records import Record

#: A text this short is also read as one record, which repairs lines that a mail program wrapped.
_ONE_RECORD = 4_000
_MOST_RECORDS = 4_000
_FUZZY_MIN_LENGTH = 18
_FUZZY_RECORDS = 40
_FUZZY_ACCEPT = 88.0
_FUZZY_MARGIN = 5.0
_ONE_FUZZY_RECORD = 1_500
_TWINS = 3
#: A message this much shorter than its record stands among other words: they say what it belongs to, not the message.
_ALONE = 0.75
_NUMBER = re.compile(r"(?<!\d)\d{3,}(?!\d)")
#: "found" and "not found" are spelt alike and mean the opposite.
_NEGATION = re.compile(r"\b(?:not|no|never|cannot|can't|unable|nicht|kein\w*|ne|pas|non)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SignatureHit:
    """A problem recognised by one of its signatures, with the record that shows it.

    ``fuzzy``: the record only nearly spells a sample; then ``sure`` tells that no other problem comes as close, and
    ``alone`` that the record holds little else.
    """

    problem: str
    signature: Signature
    record: Record
    fuzzy: bool = False
    sure: bool = True
    alone: bool = True


class SignatureIndex:
    """All signatures of a knowledge base.

    Args:
        problems: The problems by id.
        normalise: The normaliser of the domain, for comparing texts with typing errors.
        known: Literals of patterns, as far as they were looked up before.
    """

    def __init__(self, problems: Mapping[str, Problem], normalise: Normaliser, known: Literals = NOTHING_KNOWN) -> None:
        self._signatures = [(p.id, s) for p in problems.values() for s in p.signatures]
        self._prefilter = Prefilter([signature for _, signature in self._signatures], known)
        self._normalise = normalise

    def find(self, records: Sequence[Record]) -> tuple[SignatureHit, ...]:
        """Return the hits in the order of the text; where no record fits, of the short text as a whole."""
        hits = self._search(_distinct(records)[:_MOST_RECORDS])
        if any(hit.signature.level == "exact" for hit in hits) or len(records) < 2:
            return hits
        if sum(len(record.text) for record in records) > _ONE_RECORD:
            pairs = [_join(records[i : i + 3]) for i in range(min(len(records) - 1, _MOST_RECORDS))]
            return _merge(hits, self._search(pairs))
        whole = _join(records)
        glued = Record("".join(record.text for record in records), whole.span)
        return _merge(_merge(hits, self._search([whole])), self._search([glued]))

    def find_similar(self, records: Sequence[Record]) -> tuple[SignatureHit, ...]:
        """Return problems whose message a text nearly spells.

        Where several come equally close none of them is sure.
        """
        short = sum(len(record.text) for record in records) <= _ONE_FUZZY_RECORD
        hits: dict[str, SignatureHit] = {}
        for record in [_join(records)] if short and records else _distinct(records)[:_FUZZY_RECORDS]:
            text = self._normalise(record.text).lower()
            alike = self._alike(text)
            close = [item for item in alike if item[1] > alike[0][1] - _FUZZY_MARGIN]
            for problem, _, signature, length in close[:_TWINS]:
                alone = length >= _ALONE * len(text)
                hit = SignatureHit(problem, signature, record, fuzzy=True, sure=len(close) == 1, alone=alone)
                if problem not in hits or hit.sure:
                    hits[problem] = hit
        return tuple(hits.values())

    def _alike(self, text: str) -> list[tuple[str, float, Signature, int]]:
        """Return problems with the likeness (0-100) and length of their nearest sample, those above the bound.

        The nearest comes first. What differs in a number is another message, however alike it is spelt.
        """
        from rapidfuzz import fuzz, process

        if len(text) < _FUZZY_MIN_LENGTH:
            return []
        negated = _negated(text)
        gists = [self._gists[number] for number in self._spellings.near(text)]
        numbers = set(_NUMBER.findall(text))
        best: dict[str, tuple[str, float, Signature, int]] = {}
        near = process.extract(
            text, [gist for _, _, gist in gists], scorer=fuzz.partial_ratio, limit=12, score_cutoff=_FUZZY_ACCEPT
        )
        for _, score, index in near:
            problem, signature, gist = gists[index]
            same = negated == _negated(gist) and _agree(numbers, gist)
            if len(gist) >= _FUZZY_MIN_LENGTH and same and problem not in best:
                best[problem] = (problem, score, signature, len(gist))
        return sorted(best.values(), key=lambda item: (-item[1], item[0]))

    def _search(self, records: Sequence[Record]) -> tuple[SignatureHit, ...]:
        found: dict[str, SignatureHit] = {}
        for record in records:
            text = collapse(record.text)
            for number in self._prefilter.candidates(text):
                problem, signature = self._signatures[number]
                before = found.get(problem)
                if before is not None and (before.signature.level == "exact" or signature.level != "exact"):
                    continue
                if holds(signature, text):
                    found[problem] = SignatureHit(problem, signature, record)
        return tuple(found.values())

    @cached_property
    def _gists(self) -> list[tuple[str, Signature, str]]:
        return [
            (problem, signature, self._normalise(sample).lower())
            for problem, signature in self._signatures
            for sample in signature.samples
        ]

    @cached_property
    def _spellings(self) -> Spellings:
        return Spellings([gist for _, _, gist in self._gists], _FUZZY_ACCEPT)


def _negated(text: str) -> bool:
    return _NEGATION.search(text) is not None


def _agree(numbers: Set[str], gist: str) -> bool:
    """Tell whether a message has one of the numbers of a text, where both have any."""
    own = set(_NUMBER.findall(gist))
    return not (own and numbers) or not own.isdisjoint(numbers)


def _distinct(records: Sequence[Record]) -> list[Record]:
    return list({record.text: record for record in reversed(records)}.values())[::-1]


def _join(records: Sequence[Record]) -> Record:
    span = Span(records[0].span.first, records[-1].span.last)
    return Record(" ".join(record.text for record in records), span)


def _merge(first: tuple[SignatureHit, ...], second: tuple[SignatureHit, ...]) -> tuple[SignatureHit, ...]:
    """Keep the hits of single records; a joined one adds or lifts a problem only with a certain signature."""
    certain = {h.problem: h for h in second if h.signature.level == "exact"}
    lifted = tuple(certain.pop(h.problem, h) if h.signature.level != "exact" else h for h in first)
    known = {h.problem for h in first}
    return lifted + tuple(h for h in certain.values() if h.problem not in known)
