"""Request Tracker: the shapes of its REST2 interface, as RT 5.0.3 gave them (`make test-rt` runs a real one)."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.service.adapters.support import CHAIN, SIGNAL, FakeHelpdesk, settle, timed

HOOK = "/v1/hooks/rt"


def deliver(client: TestClient, ticket: Any, transaction: Any) -> tuple[int, str]:
    body = json.dumps({"ticket": ticket, "transaction": transaction}).encode()
    answer = client.post(HOOK, content=body, headers=timed(body))
    return answer.status_code, answer.json().get("status", "")


def transaction(desk: FakeHelpdesk, number: int, parts: list[dict[str, Any]], **changes: Any) -> None:
    """Let the made-up RT have a transaction whose attachments count from its tenfold."""
    links: list[dict[str, Any]] = [{"ref": "self", "_url": f"{desk.url}/REST/2.0/transaction/{number}"}]
    for place, part in enumerate(parts, start=number * 10):
        desk.answers[f"/REST/2.0/attachment/{place}"] = part | {"Content": base64.encodebytes(part["Content"]).decode()}
        links.append({"ref": "attachment", "_url": f"http://elsewhere.example/REST/2.0/attachment/{place}"})
    desk.answers[f"/REST/2.0/transaction/{number}"] = {
        "id": number,
        "Type": "Correspond",
        "Creator": {"id": "jane", "type": "user"},
        "Object": {"id": "7", "type": "ticket"},
        "_hyperlinks": links,
    } | changes


def plain(text: str) -> dict[str, Any]:
    return {"ContentType": "text/plain", "Content": text.encode()}


def test_a_new_ticket_gets_a_comment(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    transaction(helpdesk, 30, [plain(CHAIN)], Type="Create")
    helpdesk.answers["/REST/2.0/ticket/7"] = {"Subject": "My bike"}
    assert deliver(client, 7, 30) == (202, "accepted")
    settle(app)
    (call,) = helpdesk.written()
    assert call.path == "/REST/2.0/ticket/7/comment"
    assert call.headers["authorization"] == "token 1-14-abcdef"
    assert call.json["ContentType"] == "text/plain"
    assert "The chain skips" in call.json["Content"]


def test_it_waits_until_the_transaction_is_written(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    transaction(helpdesk, 30, [plain(CHAIN)])
    helpdesk.answers["/REST/2.0/ticket/7/history?fields=Type&per_page=20&orderby=id&order=DESC"] = {"items": []}
    helpdesk.failures = [404]
    deliver(client, 7, 30)
    settle(app)
    assert len(helpdesk.written()) == 1


def test_attached_logs_are_read_in_any_encoding(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    log = {"ContentType": "application/octet-stream", "Filename": "display.log", "Content": SIGNAL.encode("utf-16")}
    picture = {"ContentType": "image/png", "Filename": "a.png", "Content": bytes(range(256))}
    program = {"ContentType": "text/plain", "Filename": "b.log", "Content": bytes(range(32)) * 50}
    transaction(helpdesk, 30, [plain("see the files"), log, picture, program])
    deliver(client, 7, 30)
    settle(app)
    assert "no speed signal" in helpdesk.written()[0].json["Content"].lower()


@pytest.mark.parametrize(
    "changes",
    [
        {"Type": "Status"},
        {"Creator": {"id": "SyncSage", "type": "user"}},
        {"Object": {"id": "8", "type": "ticket"}},
        {"Object": {"id": "7", "type": "asset"}},
    ],
)
def test_what_is_no_message_of_that_ticket_is_left_alone(
    client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk, changes: dict[str, Any]
) -> None:
    transaction(helpdesk, 30, [plain(CHAIN)], **changes)
    deliver(client, 7, 30)
    settle(app)
    assert helpdesk.written() == []


def test_a_note_is_not_answered(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    transaction(helpdesk, 30, [plain(f"[SyncSage] internal note 0123\n{CHAIN}")], Type="Comment")
    deliver(client, 7, 30)
    settle(app)
    assert helpdesk.written() == []


@pytest.mark.parametrize(
    ("ticket", "number"),
    [("../../user/root", 1), (1, "../x"), (0, 1), (-1, 1), (1.5, 1), (True, 1), (None, 1), ([1], 1), (10**30, 1)],
)
def test_only_numbers_come_into_an_address(client: TestClient, ticket: Any, number: Any) -> None:
    assert deliver(client, ticket, number)[0] == 400
