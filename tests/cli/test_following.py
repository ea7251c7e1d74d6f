"""A log that grows: what is told of it, each thing once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from tests.report.fakes import MORNING, run, track

from syncsage import Engine
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.model import Outcome, Quote, Run, Track
from syncsage_cli import following
from syncsage_cli.following import Story
from syncsage_cli.growing import Lines
from syncsage_cli.render.page import Block, paint


class LineTracker:
    """Reads logs of one word a line: ``go`` begins a run, ``step`` goes on, ``50 %`` tells how far, then an end."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.longest = 0

    def track(self, source: str, /) -> Track:
        lines = source.split("\n")
        self.longest = max(self.longest, len(lines))
        begins = [number for number, line in enumerate(lines) if line.startswith("go")] + [len(lines)]
        return track(*(self._run(lines, a, b) for a, b in pairwise(begins)))

    def _run(self, lines: list[str], begin: int, end: int) -> Run:
        own = lines[begin:end]
        outcome: Outcome = "failure" if "bad" in own else "success" if "fine" in own else "partial"
        made = run("partial", 1 + own.count("step"), MORNING + timedelta(hours=int(own[0][2:] or 0)))
        shifted = tuple(replace(step, lines=(begin + 1, end)) for step in made.steps)
        percent = next((int(line.partition(" %")[0]) for line in reversed(own) if line.endswith(" %")), None)
        failing = shifted[-1].id if outcome == "failure" else None
        quotes = (Quote(begin + own.index("bad") + 1, "bad"),) if failing else ()
        return replace(made, outcome=outcome, steps=shifted, percent=percent, failing_step=failing, quotes=quotes)


@pytest.fixture
def tracker(engine: Engine) -> LineTracker:
    return LineTracker(engine.kb)


def said(blocks: list[Block]) -> list[str]:
    return paint(blocks, width=80, colour=False).splitlines()


def test_runs_steps_and_progress_are_told_once(tracker: LineTracker) -> None:
    story = Story(tracker, "#")
    assert said(story.go_on(Lines(("noise", "go"), 1))) == [
        "",
        "Run 1  2024-05-03 06:30:00 UTC",
        "  06:30:00  step 1 of 3: Display wakes",
    ]
    assert said(story.go_on(Lines(("noise",), 3))) == []
    assert said(story.go_on(Lines(("step", "40 %"), 4))) == [
        "  06:30:02  step 2 of 3: Battery answers",
        "            40%",
    ]
    assert said(story.go_on(Lines(("45 %",), 6))) == []
    assert said(story.go_on(Lines(("100 %",), 7))) == ["            100%"]
    assert said(story.go_on(Lines((), 8))) == []


def test_the_end_of_a_run_is_told_in_full_with_the_lines_of_the_file(tracker: LineTracker) -> None:
    story = Story(tracker, "#")
    story.go_on(Lines(("go", "fine"), 1))
    story.go_on(Lines(("noise", "go1", "step"), 3))
    ending = said(story.go_on(Lines(("bad",), 6)))
    assert ending[1:3] == ["Run 2  failed", "  Failed in step 2 of 3 (Battery answers)."]
    assert "  line 6  bad" in ending
    assert said(story.go_on(Lines(("noise",), 7))) == []


def test_a_run_that_goes_on_in_a_new_file_is_one_run(tracker: LineTracker) -> None:
    story = Story(tracker, "#")
    story.go_on(Lines(("noise", "go"), 801))
    ending = said(story.go_on(Lines(("step", "bad"), 1)))
    assert "Run 1  failed" in ending
    assert "  line 2  bad" in ending


def test_what_is_there_already_is_a_page_and_is_not_told_again(tracker: LineTracker) -> None:
    story = Story(tracker, "#")
    page = said(story.begin(Lines(("go", "fine", "go1", "step"), 1), "ride.log"))
    assert page[0].startswith("ride.log  service")
    assert said(story.go_on(Lines(("noise",), 5))) == []
    assert said(story.go_on(Lines(("fine",), 6)))[1] == "Run 2  succeeded"


def test_lines_of_ended_runs_and_of_no_run_are_forgotten(tracker: LineTracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_IDLE", 10)
    monkeypatch.setattr(following, "_BEGINNING", 5)
    monkeypatch.setattr(following, "_LONGEST", 40)
    story = Story(tracker, "#")
    for number in range(30):
        story.go_on(Lines(("noise",) * 7, 1 + 7 * number))
    story.go_on(Lines(("go",), 211))
    for number in range(30):
        story.go_on(Lines(("noise",) * 7, 212 + 7 * number))
    assert said(story.go_on(Lines(("bad",), 422)))[1] == "Run 1  failed"
    assert tracker.longest <= 60


def test_nothing_to_read_is_not_enough(engine: Engine) -> None:
    assert following._status(Story(engine, "#"), engine) == 11
