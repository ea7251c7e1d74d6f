"""Bodies: too long, too slow, or no clear JSON."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.service.access.conftest import MakeKey
from tests.service.conftest import local

from syncsage import Engine
from syncsage_service import Settings, create_app

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"\xff", b'{"text": NaN}', b'{"text": Infinity}', b'{"text": "a", "text": "b"}', b"[" * 100_000,
        b'{"text":' * 50_000, b'{"text": ' + b"9" * 5_000 + b"}", b'{"text": "a"} x', b'{"text": "\x01"}',
    ],
    ids=["torn", "no text", "NaN", "Infinity", "twice", "deep", "deep objects", "long number", "two", "control"],
)  # fmt: skip
def test_what_is_no_clear_json_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/v1/parse", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["title"]) == (400, "Bad Request")


def test_json_of_another_shape_is_refused(client: TestClient) -> None:
    for body in (b"[]", b"null", b"1e999", b'{"text": {"text": "x"}}', b'{"text": 1e999}'):
        assert client.post("/v1/parse", content=body, headers=JSON).status_code == 422


@pytest.fixture
def narrow(settings: Settings, engine: Engine) -> Iterator[TestClient]:
    with local(create_app(replace(settings, body_limit=1_000), engine)) as client:
        yield client


def test_a_long_body_is_refused_by_its_length_and_piece_by_piece(narrow: TestClient) -> None:
    assert narrow.post("/v1/parse", json={"text": "x" * 900}).status_code == 200
    assert narrow.post("/v1/parse", json={"text": "x" * 1_000}).status_code == 413
    pieces = (b"x" * 100 for _ in range(20))
    answer = narrow.post("/v1/track", content=pieces, headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.headers["connection"]) == (413, "close")


def test_less_may_come_without_a_key(app: FastAPI, make_key: MakeKey) -> None:
    key, body = make_key(), b"x" * (5 * 1024 * 1024)
    with local(app) as client:
        assert client.post("/", content=body).status_code == 413
        assert client.post("/", content=body, headers=key).status_code == 405


@pytest.mark.parametrize("path", ["/v1/parse", "/v1/track", "/v1/hooks/generic"])
def test_a_packed_body_is_not_unpacked(client: TestClient, path: str) -> None:
    answer = client.post(path, content=gzip.compress(b'{"text": "E21"}'), headers=JSON | {"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")
    plain = client.post("/v1/parse", content=b'{"text": "E21"}', headers=JSON | {"Content-Encoding": "identity"})
    assert plain.status_code == 200


def test_an_address_with_nul_is_refused(client: TestClient) -> None:
    assert client.get("/v1/kb/problems/a%00b").status_code == 400
    assert client.get("/v1/kb/problems?limit=%00").status_code == 400


def _scope(app: FastAPI, method: str, path: str) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "scheme": "http", "http_version": "1.1", "app": app,
    }  # fmt: skip


def test_a_body_that_does_not_come_is_given_up(settings: Settings, engine: Engine) -> None:
    app = create_app(replace(settings, body_seconds=0), engine)
    sent: list[Any] = []

    async def never() -> Any:
        await asyncio.Event().wait()

    async def note(message: Any) -> None:
        sent.append(message)

    with local(app) as client:
        assert client.portal is not None
        client.portal.call(app, _scope(app, "POST", "/v1/parse"), never, note)
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]


def test_a_client_that_goes_away_is_no_error(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Any] = []

    async def gone() -> Any:
        return {"type": "http.disconnect"}

    async def note(message: Any) -> None:
        sent.append(message)

    with local(app) as client:
        assert client.portal is not None
        client.portal.call(app, _scope(app, "POST", "/v1/parse"), gone, note)
    assert sent == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_too_many_at_a_time_are_sent_away_at_once(settings: Settings, engine: Engine) -> None:
    app = create_app(replace(settings, crowd=1), engine)
    here, go_on = threading.Event(), threading.Event()

    @app.get("/v1/slow")
    def slow() -> None:
        here.set()
        go_on.wait(30)

    with local(app) as client, ThreadPoolExecutor(1) as others:
        waiting = others.submit(client.get, "/v1/slow")
        assert here.wait(30)
        refused = client.get("/v1/kb")
        lives = client.get("/healthz")
        go_on.set()
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert lives.status_code == 200
        assert waiting.result().status_code == 200
        assert client.get("/v1/kb").status_code == 200
