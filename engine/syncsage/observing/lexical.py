"""Words: normalising, stemming and BM25 over whole entries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"0x[0-9a-f]+|\d+(?:\.\d+)*|[^\W\d_]+(?:[^\W_]+)?")
_VOLATILE = (
    re.compile(r"\{?\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b\}?"),
    re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b"),
    re.compile(r"\b\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AP]M)?\b(?:[+-]\d{1,3}\b)?"),
    re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b"),
)
_PATH = re.compile(r"(?:\b[A-Za-z]:|\\\\[\w.$-]+)\\(?:[\w.$ -]{1,60}\\){0,12}([\w.$-]+)")


class Normaliser:
    """Removes what differs from machine to machine and writes short forms out.

    Args:
        noise: Patterns of the domain that are replaced by a blank.
        synonyms: Short form -> what it stands for; whole words, without regard to case.
    """

    def __init__(self, noise: Sequence[str], synonyms: Mapping[str, str]) -> None:
        self._noise = [re.compile(pattern, re.IGNORECASE) for pattern in noise]
        self._synonyms = {key.lower(): value for key, value in synonyms.items()}
        words = "|".join(re.escape(key) for key in sorted(synonyms, key=len, reverse=True))
        self._short = re.compile(rf"(?<![\w.-])(?:{words})(?![\w-])", re.IGNORECASE) if words else None

    def __call__(self, text: str) -> str:
        """Return ``text`` without volatile parts, white space collapsed."""
        for pattern in _VOLATILE:
            text = pattern.sub(" ", text)
        text = _PATH.sub(r"\1", text)
        for noise in self._noise:
            text = noise.sub(" ", text)
        if self._short:
            text = self._short.sub(lambda match: self._synonyms[match.group().lower()], text)
        return " ".join(text.replace("~", " ").split())


def tokenise(text: str) -> list[str]:
    """Return stemmed words, camelCase split, numbers and codes kept whole."""
    words = _WORD.findall(_CAMEL.sub(" ", text).lower())
    return [_stem(word) for word in words if len(word) > 1 or word.isdigit()]


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
    """BM25 over one document an entry.

    Args:
        documents: Normalised text of each entry, in the order of the entries.
    """

    def __init__(self, documents: Sequence[str]) -> None:
        import bm25s

        self._index = bm25s.BM25()
        tokens = [tokenise(document) or [""] for document in documents]
        self._known = {token for document in tokens for token in document}
        self._size = len(documents)
        self._index.index(tokens, show_progress=False)

    def scores(self, text: str) -> NDArray[np.float64]:
        """Return the BM25 score of ``text`` against each entry, shape (entries,), 0 and up."""
        import numpy as np

        tokens = [token for token in dict.fromkeys(tokenise(text)) if token in self._known]
        if not tokens:
            return np.zeros(self._size)
        return np.asarray(self._index.get_scores(tokens), dtype=np.float64)
