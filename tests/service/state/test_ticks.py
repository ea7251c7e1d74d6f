"""Steps of a procedure, ticked off over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.service.conftest import local
from tests.service.state.test_endpoints import begin

from syncsage_service.app import create_app
from syncsage_service.settings import Settings

FIX = "fix:chain-dry"


def fixing(client: TestClient) -> str:
    """Begin a session that has come to a fix of two steps, and return its place."""
    place = begin(client, text="my bike squeaks")
    asked = client.get(place).json()["step"]["next"]
    body = {"kind": "answered", "id": asked["id"], "value": asked["choices"][0]["value"]}
    assert client.post(f"{place}/turns", json=body).json()["step"]["next"]["id"] == FIX
    return place


def tick(client: TestClient, place: str, number: int, value: str = "done", id_: str = FIX) -> Any:
    body = {"kind": "ticked", "id": id_, "number": number, "value": value}
    return client.post(f"{place}/turns", json=body)


def test_ticks_are_kept_beside_what_was_said(client: TestClient, app: FastAPI, settings: Settings) -> None:
    place = fixing(client)
    before = client.get(place).json()
    assert tick(client, place, 1).status_code == 200
    shown = tick(client, place, 2, "skipped").json()
    assert shown["ticks"] == [{"id": FIX, "step": 1, "mark": "done"}, {"id": FIX, "step": 2, "mark": "skipped"}]
    assert (shown["step"], shown["events"], shown["version"]) == (before["step"], before["events"], 4)
    with local(create_app(settings, app.state.service.engines.current)) as other:
        assert other.get(place).json() == shown  # replayed from the database
    report = client.get(f"{place}/report", params={"format": "json"}).json()
    assert report["walked"]
    assert tick(client, place, 1, "undone").json()["ticks"] == [{"id": FIX, "step": 2, "mark": "skipped"}]


def test_taking_back_passes_ticks_over(client: TestClient) -> None:
    place = fixing(client)
    tick(client, place, 1)
    undone = client.post(f"{place}/turns", json={"kind": "undone"}).json()
    assert [event["stands"] for event in undone["events"]] == [True, False, False]


@pytest.mark.parametrize(
    ("number", "value", "id_"),
    [(9, "done", FIX), (1, "eaten", FIX), (1, "done", "fix:chain-worn"), (1, "done", "squeak-when"), (0, "done", FIX)],
)
def test_only_steps_of_what_is_asked_are_ticked(client: TestClient, number: int, value: str, id_: str) -> None:
    place = fixing(client)
    assert tick(client, place, number, value, id_).status_code == 422
    assert client.get(place).json()["version"] == 2
