"""Texts that are nearly spelt alike, found without comparing all with all: they share enough short pieces.

By the q-gram lemma (Ukkonen, "Approximate string matching with q-grams and maximal matches", 1992) an edit changes at
most q pieces of q characters. Texts that share fewer than the edits leave cannot be alike, and are never compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIZE = 3
#: So many of the rarest pieces two texts must share to be compared: more are found by looking through more.
_SHARED = 32
#: Bits of a code point.
_BITS = 21


class Spellings:
    """An index of texts by their pieces of three characters.

    Args:
        texts: The texts; their place in this order is their number.
        alike: The least ``rapidfuzz.fuzz.partial_ratio`` that counts, 0..100.
    """

    def __init__(self, texts: Sequence[str], alike: float) -> None:
        self._texts = texts
        self._left = 1 - _changed(alike / 100)

    def near(self, text: str) -> list[int]:
        """Return the numbers of all texts that may be as much alike as is asked for, rising."""
        import numpy as np

        pieces, owners, lengths = self._index
        own, times = np.unique(_pieces(text), return_counts=True)
        begins, ends = np.searchsorted(pieces, own), np.searchsorted(pieces, own, side="right")
        found = [owners[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        weights = np.repeat(times, ends - begins)
        behind = np.concatenate([owners[:0], *found])
        in_known = np.bincount(behind, minlength=len(lengths))
        in_text = np.bincount(behind, weights, len(lengths))
        # Of two texts the shorter one is laid upon the other; so many of its pieces are left at least.
        shared = np.where(lengths <= len(text), in_known, in_text)
        near: list[int] = np.flatnonzero(shared >= self._left * np.minimum(lengths, len(text)) - (_SIZE - 1)).tolist()
        return near

    @cached_property
    def _index(self) -> tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.intp]]:
        """Pieces of all texts, sorted; the text that each is of; and how long the texts are."""
        import numpy as np

        pieces = [_pieces(text) for text in self._texts]
        joined = np.concatenate(pieces) if pieces else np.zeros(0, np.int64)
        owners = np.repeat(np.arange(len(pieces)), [len(own) for own in pieces])
        order = np.argsort(joined, kind="stable")
        return joined[order], owners[order], np.array([len(text) for text in self._texts])


def earlier(texts: Sequence[str], alike: float) -> Iterator[list[int]]:
    """Yield for each text the numbers of those before it that may be as much alike, rising.

    Two texts that share all but k of the pieces of either share m of the k + m rarest of each: the prefix filter of
    Bayardo, Ma and Srikant ("Scaling up all pairs similarity search", 2007), lengthened as by Wang, Li and Feng ("Can
    we beat the prefix filtering?", 2012). Only texts that do are named.

    Args:
        texts: The texts.
        alike: The least ``rapidfuzz.fuzz.ratio`` that counts, 0..100.
    """
    import numpy as np

    most = [int(_changed(alike / 100) * len(text)) for text in texts]
    pieces = [{text[i : i + _SIZE] for i in range(len(text) - _SIZE + 1)} for text in texts]
    wanted = np.array([min(_SHARED, len(own) - k) for own, k in zip(pieces, most, strict=True)])
    number = {piece: i for i, (piece, _) in enumerate(sorted(_counted(pieces), key=lambda item: (item[1], item[0])))}
    rarest = [sorted(map(number.__getitem__, own))[: k + _SHARED] for own, k in zip(pieces, most, strict=True)]
    joined = np.array([piece for own in rarest for piece in own], dtype=np.intp)
    owners = np.repeat(np.arange(len(texts)), [len(own) for own in rarest])
    order = np.argsort(joined, kind="stable")
    behind, place = owners[order], np.empty_like(order)
    place[order] = np.arange(len(order))
    begins = np.searchsorted(joined[order], np.arange(len(number)))
    end = 0
    for i, own in enumerate(rarest):
        first, end = end, end + len(own)
        slices = [behind[begins[piece] : at] for piece, at in zip(own, place[first:end], strict=True)]
        shared = np.bincount(np.concatenate([behind[:0], *slices]), minlength=i)
        # Where all pieces of a text may be changed, every text may be like it.
        near: list[int] = np.flatnonzero(shared >= np.minimum(wanted[:i], wanted[i])).tolist()
        yield near


def _counted(pieces: Sequence[set[str]]) -> Iterable[tuple[str, int]]:
    return Counter(piece for own in pieces for piece in own).items()


def _changed(ratio: float) -> float:
    """Return the most pieces that may differ, by length, of a text and a window of another that are alike by ``ratio``.

    A window of r times the length of the text is alike if at most (1 - ratio)(1 + r) characters in it are taken out
    or put in. The first change three pieces each, the second two. Most are changed where the window is either as long
    as the text, or so short that nothing is put in.
    """
    as_long = (2 * _SIZE - 1) * (1 - ratio)
    shortest = 2 * _SIZE * (1 - ratio) / (2 - ratio)
    return max(as_long, shortest)


def _pieces(text: str) -> NDArray[np.int64]:
    """Return the pieces of a text as numbers."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    return codes[:-2] << 2 * _BITS | codes[1:-1] << _BITS | codes[2:]
