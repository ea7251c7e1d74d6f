"""The recording in the README shows what the program prints today."""

from __future__ import annotations

from importlib import import_module

import pytest
from tests.cli.support import ROOT


def test_the_committed_recording_is_not_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    demo = import_module("demo")
    drawn = demo.words((ROOT / "docs" / "demo.svg").read_text("utf-8"))
    assert demo.words(demo.draw(demo.record())) == drawn, "make demo"


def test_the_recording_needs_nothing_from_elsewhere() -> None:
    drawing = (ROOT / "docs" / "demo.svg").read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not [sign for sign in ("<script", "href", "url(", "@import") if sign in drawing]
