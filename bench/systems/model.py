"""A way to rank problems, and an encoder that remembers, since every system asks for the same vectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syncsage.observing.model import Level
from syncsage.observing.semantic import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a system says of a text.

    Attributes:
        scores: Problem id -> score; what a system declines to name lies below what it names.
        level: The level of the first; None for a system that cannot decline.
        by: What found the first; empty for a system that does not say.
    """

    scores: Mapping[str, float]
    level: Level | None = None
    by: str = ""

    @property
    def order(self) -> list[str]:
        """The problems, best first; equal scores in the order of ids."""
        return sorted(self.scores, key=lambda problem: (-self.scores[problem], problem))


#: A system, made ready.
System = Callable[[str], Ranking]


class RememberingEncoder:
    """Encodes every text once.

    Args:
        encoder: Makes the vectors.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def key(self) -> str:
        """The key of the model."""
        return self._encoder.key

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, dimensions)."""
        import numpy as np

        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing:
            self._known |= dict(zip(missing, self._encoder.encode(missing), strict=True))
        return np.stack([self._known[text] for text in texts])
