"""Interviews with a scripted person: what they say, and what is found wrong with how it went."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from syncsage.engine import Engine
from syncsage.knowledge.model import Origin
from syncsage.knowledge.scenarios import Scenario, Truth
from syncsage.quality import Play, play, run_tests
from syncsage.quality.scenarios import faults

DISPLAY = "E21 check speed sensor"
MAGNET = Scenario(
    name="the magnet has slipped", opening=DISPLAY, says=(), cause="magnet-moved", problem="",
    truth={"magnet-at-sensor": Truth("no", "too far away"), "sensor-plug-seated": Truth("yes")},
    second_thoughts={}, unknowable={}, otherwise="dont_know", reach="fix", within=3, wrong_fixes=0, collect=(),
    origin=Origin("scenarios/electric.yaml", 1),
)  # fmt: skip


def told(engine: Engine, **changed: Any) -> Play:
    return play(engine, replace(MAGNET, **changed))


def wrong(engine: Engine, **changed: Any) -> str:
    scenario = replace(MAGNET, **changed)
    return "\n".join(faults(play(engine, scenario), scenario))


def test_what_is_asked_is_answered_from_the_truth_until_the_fix(engine: Engine) -> None:
    run = told(engine)
    assert ("magnet-at-sensor", "no") in run.asked
    assert run.fixed
    assert run.wrong == []
    assert wrong(engine) == ""


def test_what_is_not_in_the_truth_is_not_known_for_the_reason_given(engine: Engine) -> None:
    run = told(engine, truth={}, otherwise="later", unknowable={"magnet-at-sensor": "refused"})
    answers = dict(run.asked)
    assert answers.pop("magnet-at-sensor") == "refused"
    assert set(answers.values()) <= {"later"}
    by_place = dict(told(engine, truth={}, cause="sensor-cable-loose", unknowable={"tools": "no_access"}).asked)
    assert by_place.get("sensor-plug-seated", "no_access") == "no_access"


def test_a_fix_of_another_cause_is_tried_and_fails(engine: Engine) -> None:
    run = told(engine, cause="sensor-cable-loose")
    assert "magnet-moved" in run.wrong
    assert "wrong fixes came first, at most 0 expected" in wrong(engine, cause="sensor-cable-loose")
    assert "wrong fixes" not in wrong(engine, cause="sensor-cable-loose", wrong_fixes=len(run.wrong))


def test_a_text_that_is_asked_for_is_told(engine: Engine) -> None:
    truth = {"error-text": Truth("pasted", DISPLAY), **MAGNET.truth}
    run = told(engine, opening="zzzz", truth=truth)
    assert ("error-text", "pasted") in run.asked
    assert [match.id for match in run.step.problems] == ["speed-signal-missing"]
    assert run.fixed


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"reach": "confirmed", "truth": {}}, "expected confirmed magnet-moved"),
        ({"cause": "chain-dry"}, "expected fix chain-dry"),
        ({"cause": "chain-dry", "reach": "listed"}, "expected listed chain-dry"),
        ({"cause": "", "reach": "nothing"}, "expected nothing"),
        ({"within": 0}, "questions, at most 0 expected"),
        ({"says": ("magnet-at-sensor",)}, "magnet-at-sensor was asked, and the opening says it"),
        ({"collect": ("chain-gauge",)}, "chain-gauge should be on the list of what to look up later"),
    ],
)
def test_every_expectation_can_fail(engine: Engine, changed: dict[str, Any], message: str) -> None:
    assert message in wrong(engine, **changed)


def test_a_question_asked_twice_is_a_fault(engine: Engine) -> None:
    run = told(engine)
    run.asked *= 2
    assert "magnet-at-sensor was asked twice" in list(faults(run, MAGNET))


def test_a_failed_scenario_says_what_was_asked_and_concluded(engine: Engine) -> None:
    report = run_tests(engine, [MAGNET, replace(MAGNET, name="too long", within=0)])
    text = report.to_text()
    assert "scenarios/electric.yaml:1 too long\n" in text
    assert "    asked magnet-at-sensor=no" in text
    assert "concluded magnet-moved (" in text
    assert text.endswith("0 cases, 2 scenarios, 1 failed")


def test_of_several_problems_the_one_named_is_picked_else_one_that_has_the_cause(engine: Engine) -> None:
    domain = replace(engine.kb.domain, bands={"strong": 9.0, "weak": 0.05})
    vague = Engine(replace(engine.kb, domain=domain), encoders=engine._make_encoders())
    opening = "my bike squeaks and the gears slip under load"
    worn = {"opening": opening, "cause": "chain-worn", "truth": {"chain-gauge": Truth("drops-in")}}
    assert told(vague, **worn).asked[0] == ("problem", "chain-skips")
    assert told(vague, **worn, problem="bike-squeaks").asked[0] == ("problem", "bike-squeaks")
    assert told(vague, **worn, problem="frame-cracked").asked[0] == ("problem", "none")
