"""The page of a timeline: well formed, whole in itself, and deaf to what a log tries to put into it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.fakes import MORNING, run, track, unfinished
from tests.report.pages import read

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.model import Quote, Track
from syncsage.report.timeline import timeline
from syncsage.report.timeline_html import to_html

_TAGS = {
    "html", "head", "meta", "title", "style", "body", "h1", "p", "section", "details", "summary", "span", "table", "tr",
    "th", "td", "dl", "dt", "dd", "svg", "rect", "text", "line", "a",
}  # fmt: skip
_HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style></svg><img src=x onerror=alert(1)>",
    '"><a href="http://evil.example/">',
    "&lt;b&gt; &amp; '",
    "\x00\x1b[31m\u202e\u2028 \ud800 ]]> <!--",
)


def several() -> Track:
    later = (MORNING + timedelta(days=day) for day in (1, 2))
    return track(
        run(), run("failure", 2, next(later)), replace(run("partial", 2, next(later)), percent=93, eta="0:00:03")
    )


def test_the_page_tells_what_the_terminal_tells(bicycle: KnowledgeBase) -> None:
    reader = read(to_html(timeline(several(), bicycle)))
    told = "\n".join(reader.texts)
    for part in (
        "ride.log",
        "The last of 3 runs: unfinished",
        "Failed in step 2 of 3 (Battery answers).",
        "Display wakes",
        "1 min 10 s",
        "93%, ETA 0:00:03",
        "not reached",
        "line 25",
        "E21 check speed sensor",
        "The motor gets no speed signal",
        "SignalError · SensorException · E21 · Motor.Listen",
    ):
        assert part in told


def test_every_run_has_its_drawing_and_all_runs_share_one(bicycle: KnowledgeBase) -> None:
    reader = read(to_html(timeline(several(), bicycle)))
    assert reader.tags.count("svg") == 4
    assert {"done", "failed", "running", "track"} <= {value for name, value in reader.attributes if name == "class"}


def test_runs_that_are_told_in_brief_are_folded(bicycle: KnowledgeBase) -> None:
    reader = read(to_html(timeline(several(), bicycle)))
    assert reader.tags.count("details") == 3
    assert [name for name, _ in reader.attributes].count("open") == 2


def test_without_times_there_is_a_table_and_no_drawing(bicycle: KnowledgeBase) -> None:
    reader = read(to_html(timeline(track(run("failure", 2, began=None)), bicycle)))
    assert "svg" not in reader.tags
    assert "1-9" in reader.texts


def test_bars_stay_inside_their_drawing(bicycle: KnowledgeBase) -> None:
    for story in (several(), track(unfinished(0, "")), track(run("failure", 1))):
        page = to_html(timeline(story, bicycle))
        bars = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', page)
        assert bars
        for x, width in bars:
            assert 0 <= float(x) <= float(x) + float(width) <= 720.5


def test_nothing_comes_from_elsewhere_and_nothing_runs(bicycle: KnowledgeBase) -> None:
    reader = read(to_html(timeline(several(), bicycle)))
    assert set(reader.tags) <= _TAGS
    references = [value for name, value in reader.attributes if name in ("href", "src", "xlink:href", "action")]
    assert all(value.startswith("#run-") for value in references)
    assert not [name for name, _ in reader.attributes if name.startswith("on") or name == "style"]
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in reader.attributes
    assert not re.search(r"url\(|@import|https?:|//", to_html(timeline(several(), bicycle)))


@pytest.mark.parametrize("text", _HOSTILE)
def test_a_hostile_log_stays_text(bicycle: KnowledgeBase, text: str) -> None:
    poor = run("failure", 2)
    poor = replace(
        poor,
        site=text,
        steps=tuple(replace(step, name=text) for step in poor.steps),
        quotes=(Quote(1, text, text),),
        problems=(text,),
        notes=(text,),
        next_log=text,
    )
    story = replace(track(poor, poor), kind=text, format=text, files=(text, text), notes=(text,))
    page = to_html(timeline(story, bicycle, text))
    reader = read(page)
    assert set(reader.tags) <= _TAGS
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page.replace("\r", ""))
    page.encode("utf-8")


@given(text=st.text())
def test_no_text_breaks_the_page(bicycle: KnowledgeBase, text: str) -> None:
    story = replace(track(), quotes=(Quote(1, text, text),), notes=(text,))
    assert set(read(to_html(timeline(story, bicycle, text))).tags) <= _TAGS
