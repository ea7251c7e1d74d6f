"""Who may use the service."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.service.access.conftest import MakeKey

from syncsage.errors import InputError, UnknownIdError
from syncsage_service.access.keyring import PATIENCE, KeyRing
from syncsage_service.access.keys import KeyStore, parts
from syncsage_service.access.scopes import Scope

DIAGNOSE: tuple[Scope, ...] = ("diagnose",)
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def elsewhere(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://service.example", client=("192.0.2.7", 50_000))


def test_from_the_first_key_on_every_request_needs_one(app: FastAPI, make_key: MakeKey) -> None:
    key = make_key()
    with elsewhere(app) as client:
        refused = client.get("/v1/kb")
        assert (refused.status_code, refused.json()["status"]) == (401, 401)
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert client.get("/openapi.json").status_code == 401
        assert client.get("/v1/kb", headers=key).status_code == 200
        assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "wrong", ["Bearer", "Bearer x", "Basic eDp5", "Bearer ssk_000000000000_" + "a" * 43, "Bearer ü"]
)
def test_a_wrong_key_is_refused(app: FastAPI, make_key: MakeKey, wrong: str) -> None:
    make_key()
    with elsewhere(app) as client:
        answer = client.get("/v1/kb", headers={b"Authorization": wrong.encode()})
        assert answer.status_code == 401
        assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_the_secret_of_another_key_does_not_fit(app: FastAPI, make_key: MakeKey) -> None:
    one, other = (make_key(name)["Authorization"] for name in ("one", "other"))
    mixed = one[: len("Bearer ssk_") + 13] + other[len("Bearer ssk_") + 13 :]
    assert parts(mixed.removeprefix("Bearer "))
    with elsewhere(app) as client:
        assert client.get("/v1/kb", headers={"Authorization": mixed}).status_code == 401


def test_a_key_does_what_its_scopes_say(app: FastAPI, make_key: MakeKey) -> None:
    reader, admin = make_key("reader", "diagnose"), make_key("admin", "admin")
    with elsewhere(app) as client:
        assert client.post("/v1/parse", json={"text": "x"}, headers=reader).status_code == 200
        for refused in (client.post("/v1/sessions", json={}, headers=reader), client.get("/metrics", headers=reader)):
            assert refused.status_code == 403
        assert client.get("/metrics", headers=admin).status_code == 200
        assert client.post("/v1/sessions", json={}, headers=admin).status_code == 201


def test_sessions_belong_to_the_name_of_the_key(app: FastAPI, make_key: MakeKey) -> None:
    one, again, other, admin = make_key("one"), make_key("one"), make_key("other"), make_key("boss", "admin")
    with elsewhere(app) as client:
        place = client.post("/v1/sessions", json={"text": "E21"}, headers=one).headers["location"]
        seen = [client.get(place, headers=key).status_code for key in (one, again, other, admin)]
    assert seen == [200, 200, 404, 200]


def test_a_revoked_key_ends_and_opens_nothing(store: KeyStore) -> None:
    now = [0.0]
    ring = KeyRing(store, lambda: now[0])
    assert not ring.needed()
    key, token = store.add("desk", DIAGNOSE, NOW)
    now[0] += PATIENCE
    assert ring.needed()
    assert ring.principal(token) is not None
    store.revoke("desk", NOW)
    assert ring.remembers(token) is not None
    now[0] += PATIENCE
    assert ring.remembers(token) is None
    assert ring.principal(token) is None
    assert ring.needed()
    found = store.find(key.id)
    assert found is not None
    assert found.used is not None


def test_the_database_holds_no_key(store: KeyStore) -> None:
    key, token = store.add("desk", ("diagnose", "admin"), NOW)
    assert store.all() == (key,)
    assert token.rpartition("_")[2] not in repr(store.all())
    assert (key.made, key.scopes) == (NOW, frozenset({"diagnose", "admin"}))


@pytest.mark.parametrize("name", ["", "local", "a b", "x" * 81, "-x", "x\n"])
def test_a_name_must_be_one(store: KeyStore, name: str) -> None:
    with pytest.raises(InputError):
        store.add(name, DIAGNOSE, NOW)


def test_only_a_key_that_holds_can_be_revoked(store: KeyStore) -> None:
    first, _ = store.add("desk", DIAGNOSE, NOW)
    store.add("desk", DIAGNOSE, NOW)
    assert store.revoke(first.id, NOW) == 1
    assert store.revoke("desk", NOW) == 1
    with pytest.raises(UnknownIdError):
        store.revoke("desk", NOW)


def test_who_tries_many_wrong_keys_has_to_wait_and_harms_nobody_else(app: FastAPI, make_key: MakeKey) -> None:
    key = make_key()
    wrong = {"Authorization": "Bearer x"}
    with elsewhere(app) as client:
        client.get("/v1/kb", headers=key)
        seen = [client.get("/v1/kb", headers=wrong) for _ in range(21)]
        assert [answer.status_code for answer in seen] == [401] * 20 + [429]
        assert int(seen[-1].headers["retry-after"]) > 0
        assert client.get("/v1/kb", headers=key).status_code == 200
