"""Events in words: what was asked and answered, and what else could have been answered."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient


def last(client: TestClient, text: str, **turn: str) -> dict[str, Any]:
    """Begin with a text, say one more thing, and return how that event is told."""
    place = client.post("/v1/sessions", json={"text": text}).headers["Location"]
    told = client.post(f"{place}/turns", json={"kind": "answered", **turn})
    assert told.status_code == 200, told.text
    event: dict[str, Any] = told.json()["events"][-1]
    return event


@pytest.mark.parametrize(
    ("turn", "question", "answer", "choices"),
    [
        (
            {"id": "noise-when", "value": "braking"},
            "When do you hear it?",
            "while braking",
            ["pedalling", "braking", "always"],
        ),
        (
            {"id": "noise-when", "value": "unknown", "reason": "no_access"},
            "When do you hear it?",
            "no access",
            ["pedalling", "braking", "always"],
        ),
        (
            {"id": "fix:chain-dry", "value": "failed"},
            "Clean and oil the chain",
            "it did not work",
            ["worked", "failed"],
        ),
        ({"id": "consent:chain-dry", "value": "no"}, "Clean and oil the chain", "no", ["yes", "no"]),
        (
            {"id": "problem", "value": "chain-skips"},
            "Which of the problems is it?",
            "The chain skips",
            ["chain-skips", "none"],
        ),
        ({"id": "problem", "value": "none"}, "Which of the problems is it?", "none of them", ["none"]),
    ],
)
def test_an_answer_is_told_in_words(
    client: TestClient, turn: dict[str, str], question: str, answer: str, choices: list[str]
) -> None:
    event = last(client, "my bike squeaks", **turn)
    assert (event["question"], event["answer"]) == (question, answer)
    assert [choice["value"] for choice in event["choices"]] == choices


def test_a_text_has_no_question(client: TestClient) -> None:
    (event,) = client.post("/v1/sessions", json={"text": "my bike squeaks"}).json()["events"]
    assert (event["question"], event["answer"], event["choices"]) == ("", "", [])
    assert event["text"] == "my bike squeaks"
