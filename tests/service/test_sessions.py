"""Kept sessions over HTTP."""

from __future__ import annotations

from fastapi.testclient import TestClient


def test_a_session_goes_on_where_it_was_left(client: TestClient) -> None:
    begun = client.post("/v1/sessions", json={"text": "the back wheel wobbles", "external_ref": "4711"})
    assert begun.status_code == 201
    place = begun.headers["Location"]
    asked = begun.json()["step"]["next"]
    said = client.post(f"{place}/turns", json={"kind": "answered", "id": asked["id"], "value": "unknown"})
    assert said.status_code == 200
    again = client.get(place)
    assert again.json() == said.json()
    assert [event["kind"] for event in again.json()["events"]] == ["told", "answered"]
    assert again.headers["ETag"] == '"2"'
