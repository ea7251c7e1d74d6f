"""Make the vectors of the bundled knowledge, so that nobody waits for them at the first question.

They are made when a wheel is built, and by ``make`` for a checkout. Where sentence-transformers is installed it makes
them, and the encoder that serves queries is held to it text by text; else that one makes them alone.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from syncsage.observing.semantic import Encoder, Encoders

ROOT = Path(__file__).resolve().parents[1]
#: Least cosine between the vectors that two encoders make of one text.
AGREEMENT = 0.9999


class VerifiedEncoder:
    """The vectors of one encoder, as long as another one agrees.

    Args:
        reference: Whose vectors are taken.
        other: Whose vectors must be the same.
    """

    def __init__(self, reference: Encoder, other: Encoder) -> None:
        self._reference = reference
        self._other = other

    @property
    def key(self) -> str:
        """The key of the model of both."""
        return self._reference.key

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, dimensions).

        Raises:
            SystemExit: The encoders do not agree.
        """
        vectors, others = self._reference.encode(texts), self._other.encode(texts)
        cosines = (vectors * others).sum(axis=1)
        if (least := float(cosines.min())) < AGREEMENT:
            raise SystemExit(f"the encoders disagree, cosine {least:.6f}: {texts[int(cosines.argmin())]!r}")
        return vectors


def make(folder: Path | None = None) -> tuple[Path, int]:
    """Make what is missing, and remove what belongs to another model.

    Args:
        folder: Where the vectors go; where the program looks for those that come with it, if left out.

    Returns:
        The file, and how many vectors are in it.
    """
    sys.path.insert(0, str(ROOT / "engine"))
    from syncsage.engine import Engine
    from syncsage.knowledge import load
    from syncsage.observing.vectors import SHIPPED

    folder = folder or SHIPPED
    engine = Engine(load(ROOT / "kb"), cache_dir=folder, encoders=_encoders())
    count = engine.index()
    for file in folder.iterdir():
        if engine.model_key not in file.name:
            file.unlink()
    (file,) = folder.iterdir()
    return file, count


def _encoders() -> Encoders:
    from syncsage.observing.encoder import encoders
    from syncsage.observing.semantic import SentenceTransformerEncoder

    quick, _ = encoders()
    if importlib.util.find_spec("sentence_transformers") is None:
        return quick, quick
    return quick, VerifiedEncoder(SentenceTransformerEncoder(), quick)


if __name__ == "__main__":
    made, vectors = make()
    print(f"{vectors} vectors in {made.relative_to(ROOT)}")
