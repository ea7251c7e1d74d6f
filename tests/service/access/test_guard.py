"""The door: this machine only while there are no keys, limits, headers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.service.access.conftest import MakeKey
from tests.service.conftest import local

from syncsage import Engine
from syncsage.errors import InputError
from syncsage_service import Settings, create_app
from syncsage_service.access.local import is_loopback


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "service.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "[::1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
    ],
)
def test_without_keys_no_page_elsewhere_and_no_proxy_gets_in(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/v1/parse", json={"text": "E21"}, headers=headers)
    assert (answer.status_code, answer.json()["title"]) == (403, "Forbidden")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost:8080"},
        {"Host": "[::1]:8080"},
        {"Origin": "http://127.0.0.1"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    ],
)
def test_without_keys_this_machine_gets_in(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/v1/kb", headers=headers).status_code == 200


def test_without_keys_other_machines_do_not_get_in(app: FastAPI) -> None:
    with TestClient(app, base_url="http://127.0.0.1", client=("192.0.2.7", 50_000)) as client:
        assert client.get("/v1/kb").status_code == 403
        assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("[::1]", True), ("localhost", True),
        ("::ffff:127.0.0.1", True), ("::ffff:192.0.2.1", False), ("0.0.0.0", False), ("::", False),
        ("localhost.example", False), ("", False), ("127.0.0.1.example", False), ("2130706433", False),
    ],
)  # fmt: skip
def test_what_counts_as_this_machine(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_a_key_has_a_rate(settings: Settings, engine: Engine, make_key: MakeKey) -> None:
    one, other = make_key("one"), make_key("other")
    with local(create_app(replace(settings, rate="3/hour"), engine)) as client:
        seen = [client.get("/v1/kb", headers=one) for _ in range(4)]
        assert [answer.status_code for answer in seen] == [200, 200, 200, 429]
        assert seen[0].headers["ratelimit-policy"] == '"default";q=3;w=3600'
        assert seen[0].headers["ratelimit"].startswith('"default";r=2;')
        assert 0 < int(seen[3].headers["retry-after"]) <= 3600
        assert client.get("/v1/kb", headers=other).status_code == 200
        assert client.get("/healthz").status_code == 200


def test_a_rate_must_be_one(settings: Settings) -> None:
    with pytest.raises(InputError, match="SYNCSAGE_RATE"):
        create_app(replace(settings, rate="many"))


def test_every_answer_has_its_headers(client: TestClient) -> None:
    for answer in (client.get("/v1/kb"), client.get("/nothing"), client.get("/v1/kb", headers={"Host": "x"})):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "access-control-allow-origin" not in answer.headers
    assert client.get("/v1/kb").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("given", "kept"), [("ticket-4711", True), ("short", False), ("x" * 81, False), ("a b c d e", False)]
)
def test_a_request_has_an_id(client: TestClient, given: str, kept: bool) -> None:
    answered = client.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert (answered == given) is kept
    assert len(answered) >= 8


def test_origins_that_are_allowed_get_in(settings: Settings, engine: Engine) -> None:
    desk = "https://desk.example"
    with local(create_app(replace(settings, cors_origins=(desk,)), engine)) as client:
        headers = {"Origin": desk, "Sec-Fetch-Site": "cross-site"}
        answer = client.get("/v1/kb", headers=headers)
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, desk)
        wanted = headers | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        assert client.options("/v1/parse", headers=wanted).status_code == 200
        assert client.get("/v1/kb", headers={"Origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize("value", ["*", "desk.example", "https://desk.example/", "https://*.example"])
def test_an_origin_must_be_one(value: str) -> None:
    with pytest.raises(InputError, match="SYNCSAGE_CORS_ORIGINS"):
        Settings.from_environment({"SYNCSAGE_CORS_ORIGINS": value})
