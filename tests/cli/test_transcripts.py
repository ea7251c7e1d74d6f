"""Whole interviews: every transcript is replayed with the lines that were typed in it.

After a wanted change of wording, ``python -m tests.cli.renew`` writes them anew; read what changed before keeping it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.support import TRANSCRIPTS, entered, hold

from syncsage import Engine


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) > 5


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=[path.stem for path in TRANSCRIPTS])
def test_an_interview_goes_as_written(engine: Engine, path: Path) -> None:
    expected = path.read_text("utf-8")
    assert hold(engine, entered(expected)) == expected
