"""What many tests share: the made-up bicycle knowledge, engines over it, and encoders that need no model."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from syncsage.engine import Engine
from syncsage.knowledge import load
from syncsage.knowledge.model import KnowledgeBase

ROOT = Path(__file__).resolve().parents[1]
BICYCLE = ROOT / "tests" / "fixtures" / "bicycle"


class WordEncoder:
    """Unit vectors from the words and word parts of a text: equal texts are equal, like texts are near."""

    key = "words"

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls.append(tuple(texts))
        return np.stack([self._vector(text) for text in texts])

    @staticmethod
    def _vector(text: str) -> NDArray[np.float32]:
        vector = np.full(512, 1e-6, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            for part in (word, *(word[i : i + 4] for i in range(max(1, len(word) - 3)))):
                vector[zlib.crc32(part.encode()) % 512] += 1.0
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


class RefusingEncoder:
    """An encoder that must not be used."""

    key = "refusing"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError(f"the encoder was asked for {texts}")


@pytest.fixture(scope="session")
def bicycle_folder() -> Path:
    return BICYCLE


@pytest.fixture(scope="session")
def bicycle() -> KnowledgeBase:
    return load(BICYCLE)


@pytest.fixture(scope="session")
def engine(bicycle: KnowledgeBase) -> Engine:
    """The bicycle engine without a model: it compares words."""
    words = WordEncoder()
    return Engine(bicycle, encoders=(words, words))


@pytest.fixture(scope="session")
def certain_engine(bicycle: KnowledgeBase) -> Engine:
    """The bicycle engine whose encoders fail: for what must be settled without a model."""
    refusing = RefusingEncoder()
    return Engine(bicycle, encoders=(refusing, refusing))


@pytest.fixture(scope="session")
def real_engine(bicycle: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The bicycle engine with the packaged model."""
    return Engine(bicycle, cache_dir=tmp_path_factory.mktemp("vectors"))


@pytest.fixture
def word_encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture(scope="session")
def run_python() -> Callable[..., str]:
    """Run code in a fresh interpreter and return what it prints; what it complains of fails the test."""

    def run(code: str, *arguments: str) -> str:
        paths = os.pathsep.join((str(ROOT / "engine"), str(ROOT / "cli")))
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=os.environ | {"PYTHONPATH": paths},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
