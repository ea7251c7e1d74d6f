"""Chatwoot: the shapes of its public documentation (webhook events, messages of a conversation)."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.service.adapters.support import CHAIN, FakeHelpdesk, settle, timed

HOOK = "/v1/hooks/chatwoot"


def payload(text: str, message: int = 1234, **changes: Any) -> dict[str, Any]:
    return {
        "event": "message_created",
        "id": message,
        "content": text,
        "message_type": "incoming",
        "content_type": "text",
        "private": False,
        "sender": {"id": 89, "name": "Jane", "type": "contact"},
        "conversation": {"id": 567, "status": "open"},
        "account": {"id": 1, "name": "Desk"},
        "inbox": {"id": 3, "name": "Site"},
    } | changes


def deliver(client: TestClient, data: Any, when: float | None = None) -> tuple[int, str]:
    body = json.dumps(data).encode()
    headers = timed(body, when=when, prefix="X-Chatwoot") | {"X-Chatwoot-Delivery": "d-1"}
    answer = client.post(HOOK, content=body, headers=headers)
    return answer.status_code, answer.json().get("status", "")


def test_a_message_is_answered_by_a_private_one(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    assert deliver(client, payload(CHAIN)) == (202, "accepted")
    assert deliver(client, payload(CHAIN)) == (202, "duplicate")
    settle(app)
    (call,) = helpdesk.written()
    assert call.path == "/api/v1/accounts/1/conversations/567/messages"
    assert call.headers["api_access_token"] == "abcdef"
    assert call.json["private"] is True
    assert "The chain skips" in call.json["content"]
    deliver(client, payload("the first", 1235, message_type="outgoing", sender={"id": 4, "type": "user"}))
    settle(app)
    assert "Noted from the last message:" in helpdesk.written()[1].json["content"]


def test_it_looks_for_its_note_before_it_writes_again(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    helpdesk.failures = [429]
    helpdesk.pause = "0"
    helpdesk.answers["/api/v1/accounts/1/conversations/567/messages"] = {"payload": [{"content": None}]}
    deliver(client, payload(CHAIN))
    settle(app)
    assert [call.method for call in helpdesk.calls] == ["GET", "POST"]


@pytest.mark.parametrize(
    "changes",
    [
        {"event": "message_updated"},
        {"sender": {"id": 9, "type": "user"}},
        {"sender": {"id": 5, "type": "agent_bot"}},
        {"message_type": "activity"},
        {"content": None},
        {"content": "[SyncSage] internal note 0123\n\nRecognised"},
    ],
)
def test_what_asks_for_nothing_is_ignored(client: TestClient, changes: dict[str, Any]) -> None:
    assert deliver(client, payload(CHAIN, **changes)) == (202, "ignored")


def test_a_customer_with_the_number_of_the_agent_is_heard(client: TestClient) -> None:
    assert deliver(client, payload(CHAIN, sender={"id": 9, "type": "contact"})) == (202, "accepted")


@pytest.mark.parametrize(
    "changes", [{"account": {"id": 2}}, {"conversation": {"id": "1/../9"}}, {"conversation": 4}, {"id": None}]
)
def test_another_shape_is_refused(client: TestClient, changes: dict[str, Any]) -> None:
    assert deliver(client, payload(CHAIN, **changes))[0] == 400


def test_an_old_delivery_is_refused(client: TestClient) -> None:
    assert deliver(client, payload(CHAIN), when=time.time() - 3600)[0] == 401
