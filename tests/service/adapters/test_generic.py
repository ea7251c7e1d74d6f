"""The generic webhook, through the door and back to the callback."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.service.adapters.support import CHAIN, SECRET, SIGNAL, FakeHelpdesk, service_of, settle, timed

from syncsage_service.adapters.signing import check_either, sign

HOOK = "/v1/hooks/generic"


def body_of(ticket: str, text: str) -> bytes:
    return json.dumps({"ticket": ticket, "text": text}).encode()


def say(client: TestClient, ticket: str, text: str, **headers: str) -> str:
    body = body_of(ticket, text)
    answer = client.post(HOOK, content=body, headers=timed(body) | headers)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["status"])


def test_a_text_is_answered_by_one_signed_note(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    assert say(client, "4711", CHAIN) == "accepted"
    settle(app)
    (call,) = helpdesk.written()
    assert call.path == "/notes"
    check_either(SECRET, call.headers, call.body, time.time())
    assert (call.json["ticket"], call.json["internal"]) == ("4711", True)
    text = call.json["text"]
    for part in ("The chain skips", "Likely causes", "Next:", "1 ", "reply with the number"):
        assert part in text
    assert f"https://syncsage.example/#s={call.json['session']}" in text


def test_replies_go_on_in_the_session_of_their_ticket(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    say(client, "4711", CHAIN)
    settle(app)
    say(client, "4711", "Hello,\n\n1\n\nKind regards\nJane")
    say(client, "4712", CHAIN)
    settle(app)
    first, second, other = (call.json for call in helpdesk.written())
    assert first["session"] == second["session"] != other["session"]
    assert "Noted from the last message:" in second["text"]
    assert "Noted from the last message:" not in other["text"]
    kept = service_of(app).desk.read("hook:generic", first["session"])
    assert [event.kind for event in kept.session.log] == ["told", "answered"]


def test_a_repeated_delivery_is_worked_on_once(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    body = body_of("4711", CHAIN)
    headers = timed(body)
    answers = [client.post(HOOK, content=body, headers=headers).json()["status"] for _ in range(3)]
    assert answers == ["accepted", "duplicate", "duplicate"]
    settle(app)
    assert len(helpdesk.written()) == 1


def test_standard_webhooks_are_understood(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    body = body_of("4711", CHAIN)
    headers = {name: value for name, value in sign(SECRET, "msg_1", body, time.time()).items() if "webhook" in name}
    assert client.post(HOOK, content=body, headers=headers).status_code == 202
    later = {n: v for n, v in sign(SECRET, "msg_1", body, time.time() + 1).items() if "webhook" in n}
    assert client.post(HOOK, content=body, headers=later).json()["status"] == "duplicate", "another try, the same id"
    headers["webhook-signature"] = "v1," + base64.b64encode(bytes(32)).decode()
    assert client.post(HOOK, content=body, headers=headers).status_code == 401
    settle(app)
    assert len(helpdesk.written()) == 1


def test_secrets_are_masked_before_anything_is_kept(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    helpdesk.failures = [503]
    say(client, "4711", f"{CHAIN}\npassword=hunter2 on \\\\srv02.corp.example\\share")
    settle(app)
    (call,) = helpdesk.written()
    assert b"hunter2" not in call.body
    assert b"srv02" not in call.body
    file = service_of(app).settings.database_url.removeprefix("sqlite:///")
    assert b"hunter2" not in b"".join(path.read_bytes() for path in Path(file).parent.glob("service.db*"))


def test_what_was_pasted_means_nothing_in_a_note(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    say(client, "4711", f"{CHAIN} <script>alert(1)</script><img src=x onerror=alert(1)>")
    settle(app)
    html = helpdesk.written()[0].json["html"]
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html


def test_a_ticket_of_another_field_is_neither_noted_nor_kept(
    client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk
) -> None:
    assert say(client, "4711", "Please order twelve boxes of pencils.") == "accepted"
    settle(app)
    assert helpdesk.written() == []
    assert service_of(app).desk.find(None) == ()
    say(client, "4711", SIGNAL)
    settle(app)
    assert "no speed signal" in helpdesk.written()[0].json["text"].lower()


def test_thanks_are_no_news_and_a_wrong_number_is_told(
    client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk
) -> None:
    say(client, "4711", CHAIN)
    say(client, "4711", "many thanks to all of you, I will have a look tomorrow")
    settle(app)
    assert len(helpdesk.written()) == 1
    say(client, "4711", "77")
    settle(app)
    assert "names none of the choices" in helpdesk.written()[1].json["text"]


def test_its_own_note_is_never_answered(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    say(client, "4711", CHAIN)
    settle(app)
    note = helpdesk.written()[0].json["text"]
    assert say(client, "4711", note) == "ignored"
    say(
        client,
        "4711",
        "On Monday 1 June 2026 desk@example.com wrote:\n" + "\n".join(f"> {n}" for n in note.splitlines()),
    )
    settle(app)
    assert len(helpdesk.written()) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"X-SyncSage-Signature": "sha256=" + "0" * 64}, 401),
        ({"X-SyncSage-Signature": ""}, 401),
        ({"X-SyncSage-Signature": "sha1=abc"}, 401),
        ({"X-SyncSage-Timestamp": ""}, 401),
        ({"X-SyncSage-Timestamp": "soon"}, 401),
        ({"X-SyncSage-Timestamp": "9" * 400}, 401),
        ({"webhook-signature": "v1,abc"}, 401),
    ],
)
def test_forged_deliveries_are_refused(client: TestClient, app: FastAPI, change: dict[str, str], status: int) -> None:
    body = body_of("4711", CHAIN)
    answer = client.post(HOOK, content=body, headers=timed(body) | change)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert service_of(app).hooks.outbox.waiting() == 0


@pytest.mark.parametrize("age", [-400, 400])
def test_an_old_delivery_cannot_be_replayed(client: TestClient, app: FastAPI, age: int) -> None:
    body = body_of("4711", CHAIN)
    assert client.post(HOOK, content=body, headers=timed(body, when=time.time() + age)).status_code == 401


def test_a_changed_body_does_not_fit_its_signature(client: TestClient) -> None:
    headers = timed(body_of("4711", CHAIN))
    assert client.post(HOOK, content=body_of("4712", CHAIN), headers=headers).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe{}",
        b"[]",
        b"null",
        b'"text"',
        b"{" * 5000,
        b"[" * 100_000,
        b'{"ticket": 4711, "text": "x"}',
        b'{"ticket": "4711", "text": ["x"]}',
        b'{"ticket": "4711", "text": " "}',
        b'{"ticket": "4711"}',
        b'{"ticket": "../../x", "text": "x"}',
        b'{"ticket": "a/b", "text": "x"}',
        b'{"ticket": "..%2fx", "text": "x"}',
        b'{"ticket": "4711\\u0000", "text": "x"}',
        b'{"ticket": "", "text": "x"}',
        json.dumps({"ticket": "1" * 500, "text": "x"}).encode(),
    ],
)
def test_bodies_of_another_shape_are_refused(client: TestClient, app: FastAPI, body: bytes) -> None:
    answer = client.post(HOOK, content=body, headers=timed(body))
    assert answer.status_code == 400, answer.text
    assert service_of(app).hooks.outbox.waiting() == 0


def test_a_body_without_end_is_refused_while_it_comes(client: TestClient) -> None:
    body = body_of("4711", "x" * (5 * 1024 * 1024))
    sent: list[int] = []

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 65_536):
            sent.append(start)
            yield body[start : start + 65_536]

    assert client.post(HOOK, content=body, headers=timed(body)).status_code == 413
    refused = client.post(HOOK, content=pieces(), headers=timed(body))
    assert (refused.status_code, refused.json()["detail"].endswith("may have 4,194,304 bytes")) == (413, True)


def test_texts_with_every_kind_of_character_are_taken(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    body = b'{"ticket": "4711", "text": "' + CHAIN.encode() + b' \\u0000 \\ud800 \\u202e \\u001b[31m"}'
    assert client.post(HOOK, content=body, headers=timed(body)).status_code == 202
    settle(app)
    text = helpdesk.written()[0].json["text"]
    assert "The chain skips" in text
    assert not {"\x00", "\x1b", "\u202e"} & set(text)


@pytest.mark.parametrize("source", ["jira", "RT", "..", "%2e%2e"])
def test_only_what_is_switched_on_has_a_door(client: TestClient, source: str) -> None:
    assert client.post(f"/v1/hooks/{source}", content=b"{}").status_code == 404
