"""What the tests of the log room share: the bundled knowledge and a reader of its formats."""

from __future__ import annotations

import pytest

from syncsage.knowledge import load
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.reader import LogReader


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    return load()


@pytest.fixture(scope="session")
def reader(kb: KnowledgeBase) -> LogReader:
    return LogReader(kb.formats.values())
