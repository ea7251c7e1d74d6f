"""The tests that lie beside the knowledge: what passes, what fails, and what is said then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from syncsage.engine import Engine
from syncsage.knowledge.model import Origin
from syncsage.knowledge.testcases import TestCase, load_tests
from syncsage.quality.cases import run_tests

EMPTY = TestCase(
    owner="chain-skips", folder="problems", name="a case", paste="", problems=None, first="", must_not=(), level="",
    given={}, top="", not_top="", ruled_out=(), band="", opening="", answers={}, within=None,
    origin=Origin("problems/chain-skips.test.yaml", 7),
)  # fmt: skip

OILED = {"problem": "bike-squeaks", "chain-oiled": "yes"}
GAUGE = {"problem": "chain-skips", "chain-gauge": "drops-in"}
DISPLAY = "E21 check speed sensor"


def failures(engine: Engine, **expected: Any) -> tuple[str, ...]:
    (result,) = run_tests(engine, [replace(EMPTY, **expected)]).results
    return result.failures


@pytest.mark.parametrize(
    "expected",
    [
        {"paste": DISPLAY, "problems": ("speed-signal-missing",), "level": "exact"},
        {"paste": DISPLAY, "first": "speed-signal-missing", "must_not": ("chain-skips",)},
        {"paste": "zzzz", "problems": (), "level": "none"},
        {"given": GAUGE, "top": "chain-worn", "band": "confirmed"},
        {"given": OILED, "ruled_out": ("chain-dry",), "not_top": "chain-dry"},
        {"opening": DISPLAY, "answers": {"magnet-at-sensor": "no"}, "top": "magnet-moved", "within": 3},
    ],
)
def test_what_holds_passes(engine: Engine, expected: dict[str, Any]) -> None:
    assert failures(engine, **expected) == ()


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ({"paste": DISPLAY, "problems": ()}, "expected exactly no problem; got speed-signal-missing (exact"),
        ({"paste": DISPLAY, "problems": ("chain-skips",)}, "expected exactly chain-skips"),
        ({"paste": DISPLAY, "first": "chain-skips"}, "expected chain-skips first"),
        ({"paste": "zzzz", "first": "chain-skips"}, "got nothing"),
        ({"paste": DISPLAY, "must_not": ("speed-signal-missing",)}, "must not show speed-signal-missing"),
        ({"paste": DISPLAY, "level": "none"}, "expected level none; got exact"),
        ({"given": GAUGE, "top": "shift-cable-slack"}, "expected cause shift-cable-slack first; got chain-worn"),
        ({"given": GAUGE, "top": "chain-worn", "band": "possible"}, "expected band possible"),
        ({"given": GAUGE, "not_top": "chain-worn"}, "chain-worn must not be first"),
        ({"given": GAUGE, "ruled_out": ("chain-worn",)}, "expected chain-worn to be ruled out"),
        ({"given": {"chain-oiled": "maybe"}, "top": "chain-dry"}, "'chain-oiled' cannot be 'maybe'"),
        ({"opening": DISPLAY, "top": "sensor-cable-loose"}, "expected cause sensor-cable-loose first"),
        ({"opening": DISPLAY, "answers": {"magnet-at-sensor": "no"}, "within": 0}, "asked 1 questions, at most 0"),
    ],
)
def test_what_does_not_hold_fails_and_says_why(engine: Engine, expected: dict[str, Any], message: str) -> None:
    assert any(message in failure for failure in failures(engine, **expected)), failures(engine, **expected)


def test_a_report_counts_and_names_what_failed(engine: Engine) -> None:
    good = replace(EMPTY, paste=DISPLAY, level="exact")
    bad = replace(EMPTY, paste=DISPLAY, level="none", name="a bad one")
    seen: list[tuple[int, int]] = []
    report = run_tests(engine, [good, bad], lambda done, of: seen.append((done, of)))
    assert seen == [(1, 2), (2, 2)]
    assert [result.case.name for result in report.failed] == ["a bad one"]
    assert report.to_text().startswith("problems/chain-skips.test.yaml:7 a bad one\n    expected level none")
    assert report.to_text().endswith("2 cases, 1 failed")
    data = report.to_dict()
    assert data["cases"] == 2
    assert data["failed"][0]["line"] == 7


def test_a_case_may_answer_which_problem_it_is_about(engine: Engine) -> None:
    """Asked to choose among weak problems, the answer is the entry that the case lies beside."""
    domain = replace(engine.kb.domain, bands={"strong": 9.0, "weak": 0.05})
    vague = Engine(replace(engine.kb, domain=domain), encoders=engine._make_encoders())
    text = "my bike squeaks and the gears slip under load"
    following = vague.diagnose(text=text).next
    assert following is not None
    assert following.id == "problem"
    expected = {"opening": text, "answers": {"chain-gauge": "drops-in"}}
    assert failures(vague, **expected, top="chain-worn", band="confirmed") == ()
    assert failures(vague, **expected, owner="bike-squeaks", top="chain-worn") != ()


def test_the_tests_beside_the_bicycle_pass_with_the_real_model(bicycle_folder: Path, real_engine: Engine) -> None:
    report = run_tests(real_engine, load_tests(bicycle_folder))
    assert len(report.results) > 20
    assert report.to_text() == f"{len(report.results)} cases, 0 failed"
