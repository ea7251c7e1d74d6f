"""Follow-up questions: put to the person by the client where it can, else left to the caller."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from mcp.client._input_required import DEFAULT_INPUT_REQUIRED_MAX_ROUNDS
from tests.service.mcp.support import Mode, call, data, shown

from syncsage.engine import Engine
from syncsage_service.mcp import asking
from syncsage_service.mcp.server import make_server

BATTERY = "E10 battery not found"


class Person:
    """Answers from a list, question after question, and remembers the forms."""

    def __init__(self, *replies: dict[str, str] | Literal["decline", "cancel"]) -> None:
        self._replies = list(replies)
        self.asked: list[str] = []
        self.forms: list[dict[str, Any]] = []

    def __call__(self, message: str, form: dict[str, Any]) -> dict[str, str] | Literal["decline", "cancel"]:
        self.asked.append(message)
        self.forms.append(form)
        return self._replies.pop(0)


def dont_know(_: str, __: dict[str, Any]) -> dict[str, str]:
    return {"answer": "unknown:dont_know"}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_questions_lead_to_a_fix(mode: Mode) -> None:
    person = Person({"answer": "lit"})
    result = call("diagnose", {"text": BATTERY}, person, mode)
    found = data(result)
    assert len(person.asked) == 1
    assert "battery" in person.asked[0].lower()
    choices = [choice["const"] for choice in person.forms[0]["answer"]["oneOf"]]
    assert choices[:3] == ["lit", "dark", "unknown:dont_know"]
    assert found["ended"] == "complete"
    assert found["step"]["next"]["id"] == "fix:battery-contacts-dirty"
    assert found["evidence"] == [{"id": "battery-lights", "value": "lit", "reason": "dont_know"}]
    assert "Fix: " in shown(result)
    assert "'fix:battery-contacts-dirty'" in shown(result)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_one_question_comes_after_the_other(mode: Mode, engine: Engine) -> None:
    person = Person({"answer": "yes"}, {"answer": "nothing"})
    found = data(call("diagnose", {"text": "E21 check speed sensor"}, person, mode, make_server(engine)))
    assert [item["id"] for item in found["evidence"]] == ["magnet-at-sensor", "what-happened"]
    assert found["step"]["next"]["id"] == "fix:sensor-cable-loose"


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize(("action", "ended"), [("decline", "declined"), ("cancel", "cancelled")])
def test_who_wants_no_questions_is_asked_no_more(
    mode: Mode, action: Literal["decline", "cancel"], ended: str, engine: Engine
) -> None:
    person = Person(action)
    result = call("diagnose", {"text": BATTERY}, person, mode, make_server(engine))
    assert len(person.asked) == 1
    assert data(result)["ended"] == ended
    assert data(result)["step"]["next"]["id"] == "battery-lights"
    assert "battery-lights" in shown(result)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_not_known_is_an_answer_and_ends(mode: Mode, engine: Engine) -> None:
    found = data(call("diagnose", {"text": BATTERY}, dont_know, mode, make_server(engine)))
    assert found["step"]["stop_reason"] == "not-known"
    assert {item["value"] for item in found["evidence"]} == {"unknown"}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_text_can_be_pasted_when_asked_for(mode: Mode, engine: Engine) -> None:
    person = Person({"text": BATTERY}, {"answer": "lit"})
    found = data(call("diagnose", {"text": ""}, person, mode, make_server(engine)))
    assert "text" in person.forms[0]
    assert "text" not in person.forms[1]
    assert found["added"] == [BATTERY]
    assert found["step"]["next"]["id"] == "fix:battery-contacts-dirty"


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_reply_that_is_no_choice_is_an_error_in_words(mode: Mode, engine: Engine) -> None:
    result = call("diagnose", {"text": BATTERY}, Person({"answer": "purple"}), mode, make_server(engine))
    assert result.is_error
    assert "none of its choices" in shown(result)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_questions_of_one_call_are_bounded(mode: Mode, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST", 1)
    person = Person({"answer": "yes"})
    result = call("diagnose", {"text": "E21 check speed sensor"}, person, mode, make_server(engine))
    assert data(result)["ended"] == "limit"
    assert data(result)["step"]["next"]["id"] == "what-happened"
    assert "Enough questions" in shown(result)


def test_no_more_is_asked_than_clients_bear() -> None:
    assert asking.MOST <= DEFAULT_INPUT_REQUIRED_MAX_ROUNDS


def test_without_elicitation_the_caller_puts_the_question() -> None:
    first = call("diagnose", {"text": BATTERY})
    asked = data(first)["step"]["next"]
    assert data(first)["ended"] == "not-asked"
    assert asked["id"] in shown(first)
    assert all(choice["value"] in shown(first) for choice in asked["choices"])
    answered = [{"id": asked["id"], "value": "lit"}]
    second = data(call("diagnose", {"text": BATTERY, "evidence": answered}))
    assert second["step"]["next"]["id"] == "fix:battery-contacts-dirty"
    told = [*second["evidence"], {"id": second["step"]["next"]["id"], "value": "worked"}]
    assert data(call("diagnose", {"text": BATTERY, "evidence": told}))["step"]["stop_reason"] == "resolved"
