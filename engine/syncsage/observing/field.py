"""Whether words are of the field of the knowledge, of its neighbours, or of no field at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from syncsage.knowledge.model import Domain
from syncsage.observing.lexical import Normaliser
from syncsage.observing.records import Record
from syncsage.observing.weights import Weights

#: A longer text is a log, whose records are read one by one anyway.
_LONGEST = 4_000
_PART_ENDS = re.compile(r"(?<=[.!?;:,])\s+|\s+-\s+")


class Field:
    """The words that mark a field, by the patterns of a domain.

    Args:
        domain: Its ``core`` (words of this field alone), ``vocabulary`` and ``foreign`` (words of its neighbours).
        normalise: The normaliser of the domain.
    """

    def __init__(self, domain: Domain, normalise: Normaliser) -> None:
        self._core = _compile(domain.core)
        self._vocabulary = _compile(domain.vocabulary)
        self._foreign = _compile(domain.foreign)
        self._normalise = normalise

    def has(self, text: str) -> bool:
        """Tell whether ``text``, normalised, holds a word of the vocabulary; where none is given, any text may."""
        return not self._vocabulary or _any(self._vocabulary, text)

    def weigh(self, text: str, weights: Weights) -> float:
        """Return what the words of ``text``, normalised, add to the sign that it is of this field."""
        return (
            weights.core * _any(self._core, text)
            + weights.vocabulary * self.has(text)
            - weights.foreign * _any(self._foreign, text)
        )

    def beside(self, records: Sequence[Record]) -> tuple[Record, ...]:
        """Return what is left of records without the parts of sentences that speak of neighbouring fields.

        Returns:
            The rest; empty where nothing was taken out, where no word is left that is of this field alone, and of more
            than 4,000 characters.
        """
        if sum(len(record.text) for record in records) > _LONGEST:
            return ()
        left = [(record, " ".join(part for part in _parts(record) if not self._is_foreign(part))) for record in records]
        rest = tuple(replace(record, text=text) for record, text in left if text)
        if len(rest) == len(records) and all(record.text == text for record, text in left):
            return ()
        return rest if any(_any(self._core, self._normalise(record.text)) for record in rest) else ()

    def _is_foreign(self, part: str) -> bool:
        return _any(self._foreign, part) or _any(self._foreign, self._normalise(part))


def _parts(record: Record) -> list[str]:
    return [part for part in _PART_ENDS.split(record.text) if part]


def _any(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _compile(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
