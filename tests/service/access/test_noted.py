"""What is noted of requests, and what never is."""

from __future__ import annotations

import io
import json
import logging
import sqlite3
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError
from tests.service.access.conftest import MakeKey
from tests.service.conftest import local

from syncsage_service.logs import configure

SECRET = "an-answer-that-nobody-else-may-read"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Where the log of the service goes, as it does in a process of its own."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    configure(stream)
    yield stream
    root.handlers[:], level = before
    root.setLevel(level)


def test_a_line_for_a_request_and_nothing_that_was_in_it(client: TestClient, log: io.StringIO) -> None:
    client.post("/v1/parse", json={"text": SECRET}, headers={"X-Request-ID": "ticket-4711"})
    client.get(f"/v1/kb/problems/{SECRET}?limit={SECRET}")
    client.get(f"/{SECRET}")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    noted = [line for line in lines if line["event"] == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in noted] == [
        ("POST", "/v1/parse", 200),
        ("GET", "/v1/kb/{kind}/{entry_id}", 404),
        ("GET", "none", 404),
    ]
    assert (noted[0]["key"], noted[0]["request_id"]) == ("local", "ticket-4711")
    assert noted[0]["ms"] >= 0
    assert SECRET not in log.getvalue()


def test_the_key_is_named_and_never_shown(app: FastAPI, make_key: MakeKey, log: io.StringIO) -> None:
    key = make_key("desk")
    with local(app) as client:
        client.get("/v1/kb", headers=key)
        client.get("/v1/kb", headers={"Authorization": "Bearer ssk_guessed"})
    assert '"key": "desk"' in log.getvalue()
    assert key["Authorization"][7:] not in log.getvalue()
    assert "ssk_" not in log.getvalue()


def test_a_fault_of_the_service_is_logged_with_its_place_and_without_its_words(app: FastAPI, log: io.StringIO) -> None:
    @app.post("/v1/faulty")
    def faulty() -> None:
        try:
            int(SECRET)
        except ValueError as error:
            raise RuntimeError(SECRET) from error

    with local(app) as client:
        answer = client.post("/v1/faulty", json={"text": SECRET})
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    failed = next(line for line in map(json.loads, log.getvalue().splitlines()) if line["event"] == "failed")
    assert failed["error"] == ["RuntimeError", "ValueError"]
    assert any(place.endswith(" faulty") for place in failed["stack"])
    assert SECRET not in log.getvalue() + answer.text


def test_figures_count_what_happens(app: FastAPI, make_key: MakeKey) -> None:
    key = make_key("boss", "admin")
    with local(app) as client:
        level = client.post("/v1/parse", json={"text": "E21"}, headers=key).json()["level"]
        client.post("/v1/sessions", json={"text": "E21"}, headers=key)
        client.request("BREW", f"/{SECRET}", headers=key)
        figures = client.get("/metrics", headers=key).text
    for line in (
        'syncsage_requests_total{method="POST",route="/v1/parse",status="200"} 1.0',
        'syncsage_requests_total{method="other",route="none",status="404"} 1.0',
        f'syncsage_matches_total{{level="{level}"}} 2.0',
        "syncsage_sessions_opened_total 1.0",
        'syncsage_engine_seconds_count{work="parse"} 1.0',
        'syncsage_request_seconds_count{route="/v1/parse"} 1.0',
    ):
        assert line in figures, figures
    assert SECRET not in figures


def test_why_the_database_failed_is_logged_and_no_statement(app: FastAPI, log: io.StringIO) -> None:
    @app.post("/v1/full")
    def full() -> None:
        raise OperationalError("INSERT INTO events", {"line": SECRET}, sqlite3.OperationalError("disk is full"))

    with local(app) as client:
        assert client.post("/v1/full").status_code == 503
    (warned,) = [line for line in map(json.loads, log.getvalue().splitlines()) if line["level"] == "warning"]
    assert warned["event"] == "the database does not answer: disk is full"
    assert SECRET not in log.getvalue()
