"""Words: normalising, stemming and BM25 over whole entries."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Raised whenever a normaliser of the same patterns changes texts in another way.
_VERSION = 2
#: How soon more of the same word tells no more, and how much a long document is held against it (bm25s' own values).
_SATURATION, _LENGTH = 1.5, 0.75
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"0x[0-9a-f]+|\d+(?:\.\d+)*|[^\W\d_]+(?:[^\W_]+)?")
_VOLATILE = (
    re.compile(r"\{?\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b\}?"),
    re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b"),
    re.compile(r"\b\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AP]M)?\b(?:[+-]\d{1,3}\b)?"),
    re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b"),
)
#: Scripts that put no blanks between words (Han, kana) or end words with particles (Hangul).
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PATH = re.compile(r"(?:\b[A-Za-z]:|\\\\[\w.$-]+)\\(?:[\w.$ -]{1,60}\\){0,12}([\w.$-]+)")


class Normaliser:
    """Removes what differs from machine to machine and writes short forms out.

    Args:
        noise: Patterns of the domain that are replaced by a blank.
        synonyms: Short form -> what it stands for; whole words, without regard to case. In scripts that put no blanks
            between words it is any run of characters.
    """

    def __init__(self, noise: Sequence[str], synonyms: Mapping[str, str]) -> None:
        self._noise = [re.compile(pattern, re.IGNORECASE) for pattern in noise]
        self._synonyms = {key.lower(): value for key, value in synonyms.items()}
        unspaced = {key for key in synonyms if _UNSPACED.match(key)}
        words = _any_of(synonyms.keys() - unspaced)
        self._short = re.compile(rf"(?<![\w.-])(?:{words})(?![\w-])", re.IGNORECASE) if words else None
        self._unspaced = re.compile(_any_of(unspaced)) if unspaced else None

    @property
    def key(self) -> str:
        """Hash of everything that the outcome depends on."""
        patterns = [pattern.pattern for pattern in (*_VOLATILE, _PATH, *self._noise)]
        return hashlib.sha256(repr((_VERSION, patterns, sorted(self._synonyms.items()))).encode()).hexdigest()

    def __call__(self, text: str) -> str:
        """Return ``text`` without volatile parts, white space collapsed."""
        for pattern in _VOLATILE:
            text = pattern.sub(" ", text)
        text = _PATH.sub(r"\1", text)
        for noise in self._noise:
            text = noise.sub(" ", text)
        if self._unspaced:
            text = self._unspaced.sub(lambda match: f" {self._synonyms[match.group()]} ", text)
        if self._short:
            text = self._short.sub(lambda match: self._synonyms[match.group().lower()], text)
        return " ".join(text.replace("~", " ").split())


#: Letters of a word that has a stem; what is longer, or has digits, is kept whole and fills no memory.
_LONGEST = 40


def _any_of(keys: Iterable[str]) -> str:
    return "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))


def tokenise(text: str) -> list[str]:
    """Return stemmed words, camelCase split, numbers and codes kept whole."""
    words = _WORD.findall(_CAMEL.sub(" ", text).lower())
    return [_stem(word) if word.isalpha() and len(word) <= _LONGEST else word for word in words if _counts(word)]


def _counts(word: str) -> bool:
    return len(word) > 1 or word.isdigit()


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return _stemmer().stemWords([word])[0]


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    import Stemmer

    stemmer: _Stemmer = Stemmer.Stemmer("english")
    return stemmer


if TYPE_CHECKING:
    from typing import Protocol

    class _Stemmer(Protocol):
        def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802 (the library's name)


class LexicalIndex:
    """BM25 over one document an entry: how much the words of a text tell of each.

    As in Lucene: ln(1 + (N - n + .5) / (n + .5)) f / (f + k (1 - b + b l / m)) for each word, with N documents, n of
    them with the word, f times in this one, of length l, m on average (Kamphuis et al., "Which BM25 do you mean?",
    ECIR 2020). Equal to bm25s, whose import took a quarter of the time to a first answer.

    Args:
        documents: Normalised text of each entry, in the order of the entries.
    """

    def __init__(self, documents: Sequence[str]) -> None:
        import numpy as np

        self._size = len(documents)
        self._terms: dict[str, int] = {}
        tokens = [tokenise(document) for document in documents]
        terms = [self._terms.setdefault(token, len(self._terms)) for own in tokens for token in own]
        lengths = np.array([len(own) for own in tokens])
        places = np.repeat(np.arange(self._size), lengths)
        pairs, times = np.unique(np.array(terms, dtype=np.int64) * self._size + places, return_counts=True)
        term, self._places = np.divmod(pairs, max(self._size, 1))
        having = np.bincount(term, minlength=len(self._terms))
        rarity = np.log1p((self._size - having + 0.5) / (having + 0.5))
        damping = _SATURATION * (1 - _LENGTH + _LENGTH * lengths * self._size / max(lengths.sum(), 1))
        self._weights = rarity[term] * times / (times + damping[self._places])
        self._ends = np.cumsum(having)

    def scores(self, text: str) -> NDArray[np.float64]:
        """Return the BM25 score of ``text`` against each entry, shape (entries,), 0 and up."""
        import numpy as np

        result = np.zeros(self._size)
        for token in dict.fromkeys(tokenise(text)):
            if (term := self._terms.get(token)) is not None:
                own = slice(self._ends[term - 1] if term else 0, self._ends[term])
                result[self._places[own]] += self._weights[own]
        return result
