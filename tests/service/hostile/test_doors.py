"""Every endpoint with every scope, sessions of others, names and keys that try to be somebody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.service.adapters.support import timed
from tests.service.conftest import local

from syncsage.errors import InputError
from syncsage_service import Settings
from syncsage_service.access.keys import KeyStore
from syncsage_service.access.scopes import SCOPES, Scope
from syncsage_service.store.opening import open_database

As = Callable[..., dict[str, str]]
#: What an endpoint wants: no key at all, or one with a scope. What is not named here fails the test.
_WANTED: dict[str, Scope | None] = {
    "/healthz": None, "/readyz": None, "/v1/hooks/{source}": None, "/metrics": "admin", "/v1/kb/reload": "admin",
    "/v1/diagnosis": "diagnose", "/v1/parse": "diagnose", "/v1/explain": "diagnose", "/v1/facts": "diagnose",
    "/v1/track": "diagnose", "/v1/errors/{code}": "diagnose", "/v1/kb": "diagnose", "/v1/kb/{kind}": "diagnose",
    "/v1/kb/{kind}/{entry_id}": "diagnose", "/v1/sessions": "sessions", "/v1/sessions/{session_id}": "sessions",
    "/v1/sessions/{session_id}/turns": "sessions", "/v1/sessions/{session_id}/report": "sessions",
    "/v1/sessions/{session_id}/explain": "sessions", "/v1/sessions/{session_id}/feedback": "sessions",
}  # fmt: skip
_TURN = {"kind": "told", "text": "the chain skips"}


@pytest.fixture
def keyed(app: FastAPI, settings: Settings) -> Iterator[tuple[TestClient, As]]:
    """A service, and what makes the headers of somebody with a key."""
    database = open_database(settings.database_url)

    def key(name: str, *scopes: Scope) -> dict[str, str]:
        return {"Authorization": f"Bearer {KeyStore(database).add(name, scopes, datetime.now(UTC))[1]}"}

    key("first", "diagnose")
    with local(app) as client:
        yield client, key
    database.dispose()


def _operations(client: TestClient, headers: dict[str, str]) -> list[tuple[str, str]]:
    described = client.get("/openapi.json", headers=headers).json()["paths"]
    return [(method, path) for path, methods in described.items() for method in methods]


def test_every_endpoint_wants_its_scope_and_no_other_will_do(keyed: tuple[TestClient, As]) -> None:
    client, key = keyed
    every: dict[Scope, dict[str, str]] = {scope: key(scope, scope) for scope in SCOPES}
    operations = _operations(client, every["diagnose"])
    assert {path for _, path in operations} == set(_WANTED)
    for method, path in operations:
        wanted, place = _WANTED[path], path.format(source="rt", code="E21", kind="causes", entry_id="x", session_id="x")
        for scope, headers in every.items():
            answer = client.request(method, place, headers=headers)
            fits = wanted in (None, scope) or scope == "admin"
            assert (answer.status_code == 403) is not fits, (method, path, scope, answer.text)
        # a delivery without a signature is refused as well, where its adapter is switched on
        assert (client.request(method, place).status_code == 401) is (wanted is not None), path
    assert [client.get(place).status_code for place in ("/", "/openapi.json", "/nothing", "/v1/nothing")] == [
        200, 401, 404, 401,
    ]  # fmt: skip


def _everything(place: str) -> Iterator[tuple[str, str, Any]]:
    for method, more, body in (
        ("GET", "", None), ("POST", "/turns", _TURN), ("GET", "/report?format=json", None),
        ("GET", "/report?unmasked=true", None), ("GET", "/explain?what=facts", None),
        ("POST", "/feedback", {"outcome": "fixed"}), ("DELETE", "", None),
    ):  # fmt: skip
        yield method, f"{place}{more}", body


def test_sessions_of_others_cannot_be_told_from_none(keyed: tuple[TestClient, As]) -> None:
    client, key = keyed
    owner, other = key("owner", "sessions"), key("other", "sessions")
    begun = client.post("/v1/sessions", json={"text": "E21"}, headers=owner)
    place, tag = begun.headers["Location"], begun.headers["ETag"]
    nowhere = f"/v1/sessions/{'0' * 32}"
    for extra in ({}, {"If-Match": tag}, {"If-Match": '"9"'}, {"If-None-Match": tag}, {"Idempotency-Key": "k"}):
        for (method, real, body), (_, none, _) in zip(_everything(place), _everything(nowhere), strict=True):
            answers = [client.request(method, path, json=body, headers=other | extra) for path in (real, none)]
            assert answers[0].status_code == answers[1].status_code, (method, real, extra)
            assert answers[0].content == answers[1].content
            assert "ETag" not in answers[0].headers
    assert client.get("/v1/sessions?external_ref=", headers=other).json()["sessions"] == []
    assert client.get(place, headers=owner | {"If-None-Match": tag}).status_code == 304


def test_a_cursor_of_somebody_else_opens_nothing(keyed: tuple[TestClient, As]) -> None:
    client, key = keyed
    owner, other = key("owner", "sessions"), key("other", "sessions")
    for _ in range(3):
        client.post("/v1/sessions", json={}, headers=owner)
    cursor = client.get("/v1/sessions?limit=1", headers=owner).json()["next"]
    assert client.get("/v1/sessions", params={"cursor": cursor}, headers=other).json()["sessions"] == []


def test_a_reply_is_kept_for_its_owner_alone(keyed: tuple[TestClient, As]) -> None:
    client, key = keyed
    once = {"Idempotency-Key": "ticket-4711"}
    first, second = (client.post("/v1/sessions", json={}, headers=key(n, "sessions") | once) for n in ("one", "two"))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]
    assert "Idempotency-Replayed" not in second.headers


@pytest.mark.parametrize("name", ["local", "hook:generic", "hook:rt", "", "a\nb", "a b", "../x", "ü", "x" * 81])
def test_no_key_has_the_name_of_another_owner(settings: Settings, name: str) -> None:
    database = open_database(settings.database_url)
    with pytest.raises(InputError, match="name"):
        KeyStore(database).add(name, ["sessions"], datetime.now(UTC))
    database.dispose()


_SQL = ["' OR '1'='1", "1; DROP TABLE sessions", "%", "_", "x' UNION SELECT digest FROM keys --", "\\", '"', "\u2019"]


@pytest.mark.parametrize("text", _SQL)
def test_sql_is_a_text_like_any_other(keyed: tuple[TestClient, As], text: str) -> None:
    client, key = keyed
    owner = key("owner", "sessions", "diagnose")
    client.post("/v1/sessions", json={"external_ref": "4711"}, headers=owner)
    mine = client.post("/v1/sessions", json={"external_ref": text, "text": text}, headers=owner).json()["id"]
    found = client.get("/v1/sessions", params={"external_ref": text}, headers=owner).json()["sessions"]
    assert [row["id"] for row in found] == [mine]
    assert client.get(f"/v1/sessions/{text}", headers=owner).status_code == 404
    assert client.get("/v1/sessions", params={"cursor": text}, headers=owner).status_code == 400
    assert client.get(f"/v1/kb/causes/{text}", headers=owner).status_code == 404
    assert client.get("/v1/kb", headers={b"Authorization": f"Bearer {text}".encode()}).status_code == 401


def test_a_delivery_is_taken_once_and_only_as_it_was_signed(keyed: tuple[TestClient, As]) -> None:
    client, _ = keyed
    body = b'{"ticket": "4711", "text": "E21"}'
    signed = timed(body)

    def sent(content: bytes, headers: dict[str, str], where: str = "generic") -> tuple[int, str]:
        answer = client.post(f"/v1/hooks/{where}", content=content, headers=headers)
        return answer.status_code, answer.json().get("status", "")

    assert sent(body, signed) == (202, "accepted")
    assert sent(body, signed) == (202, "duplicate")
    assert sent(body + b" ", signed)[0] == 401
    assert sent(body, {})[0] == 401
    assert sent(body, timed(body, secret="another secret than that"))[0] == 401
    assert sent(body, timed(body, when=1_000_000_000))[0] == 401
    assert sent(body, {**signed, "X-SyncSage-Signature": "sha256=*"})[0] == 401
    assert sent(body, signed, "rt")[0] == 404
    assert sent(body, signed, "../kb/reload")[0] in (401, 404, 405)
