"""The recording in the README shows what the program prints today, and plays by itself."""

from __future__ import annotations

import re
from importlib import import_module
from types import ModuleType

import pytest
from tests.cli.support import ROOT

DRAWING, CAST = ROOT / "docs" / "demo.svg", ROOT / "docs" / "demo.cast"
_GROUP = re.compile(r'<g class="([^"]+)">(.*?)</g>', re.DOTALL)
_TEXT = re.compile(r'<text y="(\d+)"[^>]*>(.*?)</text>')


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


@pytest.fixture
def demo(tools: None) -> ModuleType:
    return import_module("demo")


def test_the_committed_recording_is_not_stale(demo: ModuleType) -> None:
    drawn = demo.drawing(demo.record())
    assert texts(drawn) == texts(DRAWING.read_text("utf-8")), "make demo"
    equal = drawn == DRAWING.read_text("utf-8")
    assert equal, "the same words in another form: make demo"


def test_the_recording_for_players_is_that_of_the_drawing(demo: ModuleType) -> None:
    events = demo.events_of(CAST.read_text("utf-8"))
    equal = demo.drawing(events) == DRAWING.read_text("utf-8")
    assert equal, "make demo"
    assert demo.cast(events) == CAST.read_text("utf-8")
    assert [event.at for event in events] == sorted(event.at for event in events)


def test_the_drawing_needs_nothing_from_elsewhere_and_is_small() -> None:
    drawing = DRAWING.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not [sign for sign in ("<script", "href", "url(", "@import", "http") if sign in drawing]
    assert len(drawing.encode()) < 150_000


def test_what_stays_on_the_screen_is_drawn_once_and_the_end_is_seen_without_motion(tools: None) -> None:
    film, screen = import_module("film"), import_module("screen")
    frames = []
    shown = screen.Screen(10, 2)
    for at, written in ((0, "stays\r\n<a>"), (1, "\x1b[1mb\x1b[0m"), (3, "\r\x1b[Kend")):
        shown.feed(written)
        frames.append(film.Frame(at, shown.copy()))
    drawing = film.draw(frames, 4, "a film")
    assert texts(drawing) == [("f0-1", 31, "<a>"), ("f0-3", 13, "stays"), ("f1-2", 31, "<a>b"), ("f2-3", 31, "end")]
    assert "@keyframes f0-1{0.00%{visibility:visible}25.00%{visibility:hidden}}" in drawing
    assert "@keyframes f1-2{0%{visibility:hidden}25.00%{visibility:visible}75.00%{visibility:hidden}}" in drawing
    assert "@keyframes f2-3{0%{visibility:hidden}75.00%{visibility:visible}}" in drawing
    still = dict(re.findall(r"\.(f[\d-]+)\{visibility:(\w+);", drawing))
    assert still == {"f0-1": "hidden", "f1-2": "hidden", "f2-3": "visible"}
    assert "@media(prefers-reduced-motion:reduce){g{animation:none!important}}" in drawing


def texts(drawing: str) -> list[tuple[str, int, str]]:
    """Return every line of text: when it is seen, how far down, and its words."""
    found = [(name, *line) for name, group in _GROUP.findall(drawing) for line in _TEXT.findall(group)]
    return [(name, int(y), unmarked(words)) for name, y, words in found]


def unmarked(words: str) -> str:
    """Return words without marks for their style."""
    bare = re.sub(r"<[^>]+>", "", words)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
