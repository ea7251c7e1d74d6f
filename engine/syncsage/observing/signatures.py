"""Certain identification: signatures record by record, and the same texts with typing errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from syncsage.knowledge.model import Problem, Signature
from syncsage.knowledge.patterns import collapse, holds
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
#: "found" and "not found" are spelt alike and mean the opposite.
_NEGATION = re.compile(r"\b(?:not|no|never|cannot|can't|unable|nicht|kein\w*|ne|pas|non)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SignatureHit:
    """A problem recognised by one of its signatures (or nearly: ``fuzzy``), with the record that shows it."""

    problem: str
    signature: Signature
    record: Record
    fuzzy: bool = False


class SignatureIndex:
    """All signatures of a knowledge base.

    Args:
        problems: The problems by id.
        normalise: The normaliser of the domain, for comparing texts with typing errors.
    """

    def __init__(self, problems: Mapping[str, Problem], normalise: Normaliser) -> None:
        self._signatures = [(p.id, s) for p in problems.values() for s in p.signatures]
        self._normalise = normalise
        self._gists: list[tuple[str, Signature, str]] | None = None

    def find(self, records: Sequence[Record]) -> tuple[SignatureHit, ...]:
        """Return the hits in the order of the text; where no record fits, of the short text as a whole."""
        hits = self._search(_distinct(records)[:_MOST_RECORDS])
        if any(hit.signature.level == "exact" for hit in hits) or len(records) < 2:
            return hits
        if sum(len(record.text) for record in records) > _ONE_RECORD:
            pairs = [_join(records[i : i + 3]) for i in range(min(len(records) - 1, _MOST_RECORDS))]
            return _merge(hits, self._search(pairs))
        return _merge(hits, self._search([_join(records)]))

    def find_similar(self, records: Sequence[Record]) -> tuple[SignatureHit, ...]:
        """Return problems whose message a record nearly spells, where only one problem comes close."""
        from rapidfuzz import fuzz, process

        gists = self._all_gists()
        choices = [gist for _, _, gist in gists]
        hits: dict[str, SignatureHit] = {}
        for record in _distinct(records)[:_FUZZY_RECORDS]:
            text = self._normalise(record.text).lower()
            if len(text) < _FUZZY_MIN_LENGTH:
                continue
            negated = _NEGATION.search(text) is not None
            best: dict[str, tuple[float, Signature]] = {}
            for _, score, index in process.extract(text, choices, scorer=fuzz.partial_ratio, limit=8):
                problem, signature, gist = gists[index]
                long_enough = min(len(gist), len(text)) >= _FUZZY_MIN_LENGTH
                alike = long_enough and negated == (_NEGATION.search(gist) is not None)
                if alike and score > best.get(problem, (0.0, signature))[0]:
                    best[problem] = (score, signature)
            ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
            if not ranked or ranked[0][1][0] < _FUZZY_ACCEPT:
                continue
            if len(ranked) > 1 and ranked[0][1][0] - ranked[1][1][0] < _FUZZY_MARGIN:
                continue
            problem, (_, signature) = ranked[0]
            hits.setdefault(problem, SignatureHit(problem, signature, record, fuzzy=True))
        return tuple(hits.values())

    def _search(self, records: Sequence[Record]) -> tuple[SignatureHit, ...]:
        found: dict[str, SignatureHit] = {}
        for record in records:
            text = collapse(record.text)
            for problem, signature in self._signatures:
                before = found.get(problem)
                if before is not None and (before.signature.level == "exact" or signature.level != "exact"):
                    continue
                if holds(signature, text):
                    found[problem] = SignatureHit(problem, signature, record)
        return tuple(found.values())

    def _all_gists(self) -> list[tuple[str, Signature, str]]:
        if self._gists is None:
            self._gists = [
                (problem, signature, self._normalise(sample).lower())
                for problem, signature in self._signatures
                for sample in signature.samples
            ]
        return self._gists


def _distinct(records: Sequence[Record]) -> list[Record]:
    return list({record.text: record for record in reversed(records)}.values())[::-1]


def _join(records: Sequence[Record]) -> Record:
    span = Span(records[0].span.first, records[-1].span.last)
    return Record(" ".join(record.text for record in records), span)


def _merge(first: tuple[SignatureHit, ...], second: tuple[SignatureHit, ...]) -> tuple[SignatureHit, ...]:
    """Keep the hits of single records; a joined one adds a problem only with a certain signature."""
    known = {hit.problem for hit in first}
    return first + tuple(h for h in second if h.problem not in known and h.signature.level == "exact")
