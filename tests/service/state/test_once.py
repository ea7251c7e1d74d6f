"""Idempotency-Key: what is sent twice is done once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine as Database
from tests.service.clock import Clock
from tests.service.state.test_endpoints import WHEEL, begin, say_as

from syncsage_service.desk import Desk, Kept
from syncsage_service.store.replies import KEPT, LEASE, Asked, Claim, RefusedError, Replies, Reply
from syncsage_service.store.retention import prune
from syncsage_service.store.sessions import Also
from syncsage_service.turns import Turn

ASKED = Asked("owner", "key", "what")
KEY = {"Idempotency-Key": "6ba7b810"}


def test_every_post_is_done_once_and_answered_alike(client: TestClient) -> None:
    place = begin(client)
    for path, body in (
        ("/v1/sessions", {"text": "the chain skips"}),
        (f"{place}/turns", WHEEL),
        (f"{place}/feedback", {"outcome": "fixed"}),
    ):
        first, again = (client.post(path, json=body, headers={"Idempotency-Key": path}) for _ in range(2))
        assert (first.status_code, first.content) == (again.status_code, again.content)
        assert again.headers.pop("Idempotency-Replayed") == "true"
        assert first.headers.pop("X-Request-ID") != again.headers.pop("X-Request-ID")
        assert first.headers == again.headers
    shown = client.get(place).json()
    assert (shown["version"], len(shown["feedback"])) == (2, 1)
    assert len(client.get("/v1/sessions").json()["sessions"]) == 2


def test_a_key_stands_for_one_request_of_one_owner(client: TestClient) -> None:
    place, other = begin(client), begin(client)
    assert client.post(f"{place}/turns", json=WHEEL, headers=KEY).status_code == 200
    for path, body in ((f"{place}/turns", WHEEL | {"text": "else"}), (f"{other}/turns", WHEEL)):
        assert client.post(path, json=body, headers=KEY).status_code == 422
    say_as(client, "somebody else", "sessions", "admin")
    answer = client.post(f"{place}/turns", json=WHEEL, headers=KEY)
    assert (answer.status_code, answer.json()["version"]) == (200, 3)


def test_what_is_deleted_is_not_done_again(client: TestClient) -> None:
    made = client.post("/v1/sessions", json={}, headers=KEY)
    client.delete(made.headers["Location"])
    assert client.post("/v1/sessions", json={}, headers=KEY).status_code == 410
    assert client.get("/v1/sessions").json()["sessions"] == []


def test_what_failed_may_be_sent_again(client: TestClient) -> None:
    place = begin(client)
    wrong = client.post(f"{place}/turns", json=WHEEL, headers=KEY | {"If-Match": '"7"'})
    assert wrong.status_code == 412
    right = client.post(f"{place}/turns", json=WHEEL, headers=KEY | {"If-Match": '"1"'})
    assert right.status_code == 200
    assert "Idempotency-Replayed" not in right.headers


@pytest.mark.parametrize("key", ["x" * 256, "\t\x01", "\xe4"])
def test_keys_that_are_none_are_refused(client: TestClient, key: str) -> None:
    headers = {b"Idempotency-Key": key.encode("latin-1")}
    assert client.post("/v1/sessions", json={}, headers=headers).status_code == 400


def test_a_second_request_while_the_first_is_at_work_is_sent_away(client: TestClient) -> None:
    place = begin(client)
    desk: Desk = client.app.state.service.desk  # type: ignore[attr-defined]
    began, go_on, real = Event(), Event(), desk.turn

    def slow(*given: object) -> Kept:
        began.set()
        assert go_on.wait(30)
        return real(*given)  # type: ignore[arg-type]

    def post() -> int:
        return client.post(f"{place}/turns", json=WHEEL, headers=KEY).status_code

    with ThreadPoolExecutor() as threads, pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "turn", slow)
        first = threads.submit(post)
        assert began.wait(30)
        second = client.post(f"{place}/turns", json=WHEEL, headers=KEY)
        go_on.set()
        assert (second.status_code, second.headers["Retry-After"], first.result()) == (409, "1", 200)
    assert client.get(place).json()["version"] == 2


def test_of_many_at_a_time_one_is_done(database: Database, clock: Clock) -> None:
    def claim(_: int) -> str:
        try:
            return type(Replies(database).claim(ASKED, clock.now)).__name__
        except RefusedError as error:
            return error.why

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(claim, range(16))) == ["Claim", *["in_flight"] * 15]


def test_a_claim_that_nobody_comes_back_to_lapses(database: Database, clock: Clock, desk: Desk) -> None:
    replies, reply = Replies(database), Reply(200, {}, b"", desk.open("owner").row.id)
    lost = replies.claim(ASKED, clock.now)
    assert isinstance(lost, Claim)
    clock.move(seconds=LEASE.total_seconds())
    with pytest.raises(RefusedError, match="in_flight"):
        replies.claim(ASKED, clock.now)
    again = replies.claim(ASKED, clock.move(seconds=1))
    assert isinstance(again, Claim)
    with database.begin() as connection, pytest.raises(RefusedError, match="in_flight"):
        replies.complete(connection, lost, reply)  # too late: somebody else is at it
    replies.give_back(lost)  # and not its own any more
    with database.begin() as connection:
        replies.complete(connection, again, reply)
    assert replies.claim(ASKED, clock.now) == reply


def test_a_write_whose_claim_is_lost_is_not_kept(desk: Desk, database: Database, clock: Clock) -> None:
    replies, kept = Replies(database), desk.open("owner")
    claim = replies.claim(ASKED, clock.now)
    assert isinstance(claim, Claim)
    replies.give_back(claim)

    def then(written: Kept) -> Also:
        reply = Reply(200, {}, b"", written.row.id)
        return lambda connection: replies.complete(connection, claim, reply)

    with pytest.raises(RefusedError):
        desk.turn("owner", kept.row.id, Turn("told", "the chain skips"), None, then)
    assert desk.read("owner", kept.row.id).row.version == 1


@pytest.mark.parametrize("tidied", [False, True])
def test_a_day_later_a_key_is_free(
    new_desk: Callable[[], Desk], database: Database, clock: Clock, tidied: bool
) -> None:
    replies, reply = Replies(database), Reply(201, {"A": "b"}, b"{}", new_desk().open("owner").row.id)
    claim = replies.claim(ASKED, clock.now)
    assert isinstance(claim, Claim)
    with database.begin() as connection:
        replies.complete(connection, claim, reply)
    clock.now += KEPT
    assert replies.claim(ASKED, clock.now) == reply
    clock.now += timedelta(seconds=1)
    if tidied:
        assert prune(database, 90, clock.now).requests == 1
    assert isinstance(replies.claim(Asked("owner", "key", "something else"), clock.now), Claim)
