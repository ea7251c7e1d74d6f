"""Sessions over HTTP: conditions, lists, reports, explanations, feedback, deletion, hostile texts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from tests.service.conftest import local

from syncsage_service.access.scopes import Principal
from syncsage_service.app import create_app
from syncsage_service.service import the_principal
from syncsage_service.settings import Settings

WHEEL = {"kind": "told", "text": "the chain skips over the teeth"}


def begin(client: TestClient, **given: Any) -> str:
    response = client.post("/v1/sessions", json={"text": "the chain skips"} | given)
    assert response.status_code == 201, response.text
    return str(response.headers["Location"])


def say_as(client: TestClient, name: str, *scopes: str) -> None:
    """Let every further request be made by somebody else."""
    client.app.dependency_overrides[the_principal] = lambda: Principal(name, frozenset(scopes))  # type: ignore[attr-defined]


def test_a_write_names_the_version_that_it_means(client: TestClient) -> None:
    place = begin(client)

    def told(if_match: str) -> int:
        return client.post(f"{place}/turns", json=WHEEL, headers={"If-Match": if_match}).status_code

    assert told('"1"') == 200
    assert told('"1"') == 412
    assert told('W/"2"') == 412  # a weak tag says nothing about a version
    assert told('"7", "2"') == 200
    assert told("*") == 200
    assert client.get(place).json()["version"] == 4
    assert client.delete(place, headers={"If-Match": '"1"'}).status_code == 412
    assert client.delete(place, headers={"If-Match": '"4"'}).status_code == 204


@pytest.mark.parametrize("tag", ["2", '"2', '"2" "3"', '"2",,"3"', "W/2", "*, 2", '"' + "9" * 2000 + '"'])
def test_conditions_that_are_none_are_refused(client: TestClient, tag: str) -> None:
    place = begin(client)
    assert client.post(f"{place}/turns", json=WHEEL, headers={"If-Match": tag}).status_code == 400
    assert client.get(place, headers={"If-None-Match": tag}).status_code == 400
    assert client.get(place).json()["version"] == 1


def test_what_is_known_already_is_not_sent_again(client: TestClient) -> None:
    place = begin(client)
    tag = client.get(place).headers["ETag"]
    again = client.get(place, headers={"If-None-Match": f'"0", W/{tag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert client.get(place, headers={"If-None-Match": "*"}).status_code == 304
    client.post(f"{place}/feedback", json={"outcome": "not_tried"})
    changed = client.get(place, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["version"] == 1
    assert client.post(f"{place}/turns", json=WHEEL, headers={"If-Match": changed.headers["ETag"]}).status_code == 200


def test_lists_go_on_where_they_were_left(client: TestClient) -> None:
    places = [begin(client, external_ref="t-1" if number % 2 else "t-2") for number in range(7)]
    first = client.get("/v1/sessions", params={"limit": 3}).json()
    newer = begin(client)  # what is begun in between shifts nothing
    client.post(f"{places[0]}/turns", json=WHEEL)
    second = client.get("/v1/sessions", params={"limit": 3, "cursor": first["next"]}).json()
    third = client.get("/v1/sessions", params={"limit": 3, "cursor": second["next"]}).json()
    seen = [f"/v1/sessions/{row['id']}" for page in (first, second, third) for row in page["sessions"]]
    assert seen == places[::-1]
    assert newer not in seen
    assert third["next"] is None
    of_ticket = client.get("/v1/sessions", params={"external_ref": "t-1"}).json()["sessions"]
    assert [f"/v1/sessions/{row['id']}" for row in of_ticket] == [places[5], places[3], places[1]]


@pytest.mark.parametrize("cursor", ["x", "ü", "MjAzMA==", "MjAyMC0wMS0wMVQwMDowMDowMCBhYg==", "===", "%00"])
def test_cursors_that_are_none_are_refused(client: TestClient, cursor: str) -> None:
    answer = client.get("/v1/sessions", params={"cursor": cursor})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_nobody_sees_what_others_began(client: TestClient) -> None:
    place = begin(client)
    say_as(client, "somebody else", "sessions")
    for answer in (
        client.get(place),
        client.get(f"{place}/report"),
        client.get(f"{place}/explain"),
        client.post(f"{place}/turns", json=WHEEL),
        client.post(f"{place}/feedback", json={"outcome": "fixed"}),
    ):
        assert (answer.status_code, answer.json()["detail"]) == (404, "there is no such session")
    assert client.get("/v1/sessions").json() == {"sessions": [], "next": None}
    assert client.delete(place).status_code == 204
    say_as(client, "local", "sessions")
    assert client.get(place).status_code == 200


def test_ids_that_are_none_are_not_found(client: TestClient) -> None:
    for place in ("x", "0" * 32, "0" * 65, "..%2f..", "\N{SNOWMAN}" * 32):
        assert client.get(f"/v1/sessions/{place}").status_code == 404, place


def test_a_report_is_masked_but_for_an_administrator(client: TestClient) -> None:
    place = begin(client, text="the chain skips, says \\\\box17.corp.example\\share")
    for form, kind, ending in (
        ("md", "text/markdown; charset=utf-8", "md"),
        ("html", "text/html; charset=utf-8", "html"),
        ("json", "application/json", "json"),
        ("text", "text/plain; charset=utf-8", "txt"),
    ):
        masked = client.get(f"{place}/report", params={"format": form})
        assert masked.headers["Content-Type"] == kind
        assert re.fullmatch(
            rf'attachment; filename="report-[0-9a-f]{{8}}-1\.{ending}"', masked.headers["Content-Disposition"]
        )
        assert "box17" not in masked.text
        assert "box17" in client.get(f"{place}/report", params={"format": form, "unmasked": True}).text
    say_as(client, "local", "sessions")
    assert client.get(f"{place}/report", params={"unmasked": True}).status_code == 403
    assert client.get(f"{place}/report", params={"format": "exe"}).status_code == 422


def test_a_session_is_explained(client: TestClient) -> None:
    place = begin(client)
    step = client.get(place).json()["step"]
    cause, asked = step["causes"][0]["id"], step["next"]
    about = [
        {"what": "why"},
        {"what": "how", "cause": cause},
        {"what": "whynot", "cause": step["causes"][-1]["id"]},
        {"what": "whatif", "question": asked["id"], "value": asked["choices"][0]["value"]},
        {"what": "facts"},
        {"what": "rules"},
    ]
    answers = [client.get(f"{place}/explain", params=params) for params in about]
    assert [answer.status_code for answer in answers] == [200] * 6
    assert answers[1].json()["id"] == cause
    assert client.get(f"{place}/explain", params={"what": "how"}).json()["detail"] == "what=how needs cause"
    assert client.get(f"{place}/explain", params={"what": "how", "cause": "none"}).status_code == 404
    unfit = client.get(f"{place}/explain", params={"what": "whatif", "question": asked["id"], "value": "purple"})
    assert unfit.status_code == 422


def test_feedback_is_kept_with_the_session(client: TestClient) -> None:
    place = begin(client)
    cause = client.get(place).json()["step"]["causes"][0]["id"]
    comment = "password=Tr0ub4dor&3 \0 and half a pair \ud83d"
    body = json.dumps({"outcome": "not_fixed", "cause": cause, "comment": comment}).encode()
    made = client.post(f"{place}/feedback", content=body, headers={"Content-Type": "application/json"})
    assert made.status_code == 201
    entry = client.get(place).json()["feedback"][0]
    assert (entry["id"], entry["outcome"], entry["cause"]) == (made.json()["id"], "not_fixed", cause)
    assert "Tr0ub4dor" not in entry["comment"]
    assert "and half a pair \ufffd" in entry["comment"]
    assert client.post(f"{place}/feedback", json={"outcome": "fixed", "cause": "none"}).status_code == 422


def test_what_is_deleted_leaves_nothing_and_may_be_deleted_again(client: TestClient) -> None:
    place = begin(client)
    client.post(f"{place}/turns", json=WHEEL, headers={"Idempotency-Key": "k"})
    client.post(f"{place}/feedback", json={"outcome": "fixed"})
    assert client.delete(place).status_code == 204
    assert client.delete(place).status_code == 204
    assert client.get(place).status_code == 404
    assert client.post(f"{place}/turns", json=WHEEL).status_code == 404
    with client.app.state.service.database.connect() as connection:  # type: ignore[attr-defined]
        for table in ("sessions", "events", "feedback", "replies"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0


@pytest.mark.parametrize(
    "turn",
    [
        {"kind": "told"},
        {"kind": "told", "text": " \n"},
        {"kind": "answered", "id": "chain-length"},
        {"kind": "answered", "id": "none", "value": "x"},
        {"kind": "changed", "number": 1, "value": "x"},
        {"kind": "changed", "value": "x"},
        {"kind": "undone", "number": 9},
        {"kind": "ticking"},
        {"kind": "told", "text": "x", "more": 1},
    ],
)
def test_turns_that_say_nothing_are_refused_and_not_kept(client: TestClient, turn: dict[str, object]) -> None:
    place = begin(client)
    assert client.post(f"{place}/turns", json=turn).status_code == 422
    assert client.get(place).json()["version"] == 1


def test_hostile_texts_come_back_as_they_were_told(client: TestClient, database_url: str, settings: Settings) -> None:
    texts = [
        "\0",
        "chain \0\x01\x1b[2J\x7f",
        "\ufeff\u202e\uffff",
        "\U0001f6b2",
        "'; DROP TABLE sessions; --",
        "a\r\nb",
    ]
    place = begin(client, external_ref="t\0\u2028'")
    for told in texts:
        assert client.post(f"{place}/turns", json={"kind": "told", "text": told}).status_code == 200
    half = json.dumps({"kind": "told", "text": "half \ud83d a pair"}).encode()
    assert client.post(f"{place}/turns", content=half, headers={"Content-Type": "application/json"}).status_code == 200
    shown = client.get(place).json()
    with local(create_app(settings, client.app.state.service.engines.current)) as other:  # type: ignore[attr-defined]
        assert other.get(place).json() == shown  # replayed from the database
    assert [event["text"] for event in shown["events"]][1:] == [*texts, "half \ufffd a pair"]
    found = client.get("/v1/sessions", params={"external_ref": "t\ufffd\u2028'"}).json()["sessions"]
    assert [row["id"] for row in found] == [shown["id"]]


def test_secrets_never_reach_the_database(client: TestClient) -> None:
    begin(client, text="the chain skips, password=Tr0ub4dor&3")
    with client.app.state.service.database.connect() as connection:  # type: ignore[attr-defined]
        (line,) = connection.execute(text("SELECT line FROM events")).scalars()
    assert "chain skips" in line
    assert "Tr0ub4dor" not in line


def test_every_answer_is_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert len([path for path in paths if path.startswith("/v1/sessions")]) == 6
    for path, methods in paths.items():
        if path.startswith("/v1/sessions"):
            for method, described in methods.items():
                assert described["summary"], (path, method)
                assert "422" in described["responses"], (path, method)
                for status, answer in described["responses"].items():
                    if status[0] in "45":
                        assert list(answer["content"]) == ["application/problem+json"], (path, method, status)
