"""A track in words: what a person reads at a glance, in any form."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.report.fakes import MORNING, NO_SIGNATURE, SIGNATURE, run, steps, track, unfinished

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.model import Outcome, Quote, Run, Verdict
from syncsage.report import timeline_words as words
from syncsage.report.timeline import in_full, run_view, timeline


def test_a_good_run(bicycle: KnowledgeBase) -> None:
    view = run_view(run(), bicycle, 1)
    assert view.verdict == "Succeeded."
    assert (view.began, view.took) == ("2024-05-03 06:30:00 UTC", "1 min 20 s")
    assert [(step.number, step.title, step.standing) for step in view.steps] == [
        (1, "Display wakes", "done"),
        (2, "Battery answers", "done"),
        (3, "Motor is ready", "done"),
    ]
    assert (view.reached, view.total) == (3, 3)


def test_a_failing_run_names_its_step_and_the_ones_not_reached(bicycle: KnowledgeBase) -> None:
    view = run_view(run("failure", 2), bicycle, 1)
    assert view.verdict == "Failed in step 2 of 3 (Battery answers)."
    assert [(step.standing, step.remark) for step in view.steps] == [
        ("done", ""),
        ("failed", "failed here"),
        ("ahead", ""),
    ]
    assert view.problems == ("The motor gets no speed signal",)
    assert view.signature == "SignalError · SensorException · E21 · Motor.Listen"


def test_a_failing_step_that_left_no_line_of_its_own_is_shown_all_the_same(bicycle: KnowledgeBase) -> None:
    view = run_view(replace(run("failure", 1), failing_step="battery"), bicycle, 1)
    assert [(step.number, step.standing) for step in view.steps] == [(1, "done"), (2, "failed"), (3, "ahead")]
    assert view.verdict == "Failed in step 2 of 3 (Battery answers)."


def test_a_failing_step_that_is_not_visible_is_not_guessed(bicycle: KnowledgeBase) -> None:
    view = run_view(replace(run("failure", 2), failing_step=None), bicycle, 1)
    assert view.verdict == "Failed; the log does not show in which step."
    assert "failed" not in {step.standing for step in view.steps}


def test_a_step_that_the_knowledge_does_not_have(bicycle: KnowledgeBase) -> None:
    strange = replace(run("failure", 1), failing_step="wings")
    assert run_view(strange, bicycle, 1).verdict == "Failed in the step “wings”."


_UNFINISHED = unfinished(93, "0:00:03")
_SECOND = "step 2 of 3 (Battery answers)"


@pytest.mark.parametrize(
    ("given", "latest", "verdict"),
    [
        (_UNFINISHED, True, f"Unfinished: the log ends in {_SECOND}, 93%, ETA 0:00:03."),
        (_UNFINISHED, False, f"Unfinished: it breaks off in {_SECOND}, 93%, ETA 0:00:03."),
        (run("partial", 1), True, "Unfinished: the log ends in step 1 of 3 (Display wakes)."),
        (run("partial", 0), True, "Unfinished: the end is not shown."),
        (replace(run("partial", 2), waiting=True), True, f"Nothing is wrong so far: it waits in {_SECOND}."),
        (replace(run("partial", 0), waiting=True), True, "Nothing is wrong so far: it waits."),
        (
            replace(run("partial", 2), failing_step="battery"),
            True,
            f"Something failed in {_SECOND}; the end is not shown.",
        ),
    ],
)
def test_a_run_whose_end_is_not_shown(bicycle: KnowledgeBase, given: Run, latest: bool, verdict: str) -> None:
    assert run_view(given, bicycle, 1, latest=latest).verdict == verdict


def test_bars_lie_where_their_time_is(bicycle: KnowledgeBase) -> None:
    first, second, third = run_view(run(), bicycle, 1).steps
    assert [first.begin, first.share] == pytest.approx([0.0, 2 / 80])
    assert [second.begin, second.share] == pytest.approx([2 / 80, 70 / 80])
    assert third.begin + third.share == pytest.approx(1.0)


def test_without_times_there_are_no_bars_and_no_clock(bicycle: KnowledgeBase) -> None:
    view = run_view(run("failure", 2, began=None), bicycle, 1)
    assert (view.began, view.took) == ("", "")
    assert {(step.begin, step.share) for step in view.steps} == {(0.0, 0.0)}


def test_times_of_two_kinds_are_not_reckoned_together(bicycle: KnowledgeBase) -> None:
    mixed = (*steps(1), *steps(2, began=MORNING.replace(tzinfo=None))[1:])
    view = run_view(replace(run(), steps=mixed, ended=datetime(2024, 5, 3, 7)), bicycle, 1)
    assert view.took == ""
    assert all(step.share == 0.0 for step in view.steps)


def test_the_clock_of_the_writer_stands_beside_utc(bicycle: KnowledgeBase) -> None:
    local = datetime(2024, 5, 2, 23, 30)
    view = run_view(replace(run(), started_local=local), bicycle, 1)
    assert view.began == "2024-05-03 06:30:00 UTC (2024-05-02 23:30:00 local)"
    same_day = run_view(replace(run(), started_local=datetime(2024, 5, 3, 8, 30)), bicycle, 1)
    assert same_day.began == "2024-05-03 06:30:00 UTC (08:30:00 local)"
    no_bridge = run_view(replace(run(began=None), started_local=local), bicycle, 1)
    assert no_bridge.began == "2024-05-02 23:30:00 local"


def test_what_is_known_of_a_run_is_said_and_nothing_else(bicycle: KnowledgeBase) -> None:
    told = replace(run(), site="CS1", role="top", trigger="schedule", update_failures=3)
    view = run_view(told, bicycle, 1)
    assert view.about == ("site CS1", "top level", "on schedule")
    assert view.items_failed == "3 items failed inside it without ending it."
    assert run_view(run(), bicycle, 1).about == ()


def test_the_last_run_makes_the_headline(bicycle: KnowledgeBase) -> None:
    assert timeline(track(run("failure", 2)), bicycle).headline == "Failed in step 2 of 3 (Battery answers)."
    both = timeline(track(run("failure", 2), run()), bicycle)
    assert both.headline == "The last of 2 runs: succeeded."
    assert both.about == ("service", "format plain", "40 records", "2 runs")


@pytest.mark.parametrize("verdict", ["success", "failure", "partial", "none"])
def test_a_text_without_a_run_still_has_a_verdict(bicycle: KnowledgeBase, verdict: Verdict) -> None:
    bare = replace(
        track(), verdict=verdict, signature=SIGNATURE, quotes=(Quote(3, "E21"),), problems=("speed-signal-missing",)
    )
    story = timeline(bare, bicycle, "a paste")
    assert (story.title, story.headline) == ("a paste", words.WITHOUT_RUN[verdict])
    assert story.quotes == (Quote(3, "E21"),)
    assert story.problems == ("The motor gets no speed signal",)
    assert story.signature


def test_quotes_name_their_file_only_where_there_are_several(bicycle: KnowledgeBase) -> None:
    one = track(run("failure", 2))
    assert timeline(one, bicycle).runs[0].quotes[0].file == ""
    two = replace(one, files=("ride.log", "walk.log"))
    assert timeline(two, bicycle).runs[0].quotes[0].file == "ride.log"


def test_a_problem_without_a_title_keeps_its_id(bicycle: KnowledgeBase) -> None:
    assert timeline(replace(track(), problems=("gone",)), bicycle).problems == ("gone",)


def test_the_last_and_the_latest_failing_runs_are_worth_their_steps(bicycle: KnowledgeBase) -> None:
    outcomes: tuple[Outcome, ...] = ("failure", "failure", "success", "failure", "success", "success")
    runs = tuple(run_view(run(outcome), bicycle, n) for n, outcome in enumerate(outcomes, start=1))
    assert [view.number for view in in_full(runs)] == [2, 4, 6]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (0.2, "< 1 s"),
        (1, "1 s"),
        (59.4, "59 s"),
        (233.7, "3 min 54 s"),
        (7260, "2 h 01 min"),
        (timedelta(days=1, hours=2).total_seconds(), "1 d 02 h"),
    ],
)
def test_durations(seconds: float | None, text: str) -> None:
    assert words.duration(seconds) == text


def test_what_identifies_nothing_is_empty() -> None:
    assert words.signature(NO_SIGNATURE) == ""
