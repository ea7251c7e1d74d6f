"""Zammad: the shapes of its public documentation (webhook payload, ticket articles)."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.service.adapters.support import CHAIN, SECRET, SIGNAL, FakeHelpdesk, settle

HOOK = "/v1/hooks/zammad"


def payload(text: str, article: int = 104, **changes: Any) -> dict[str, Any]:
    user = {"active": True, "email": "chris@example.com", "id": 3, "login": "chris@example.com", "roles": ["Agent"]}
    ticket = {
        "article_count": 1,
        "article_ids": [article],
        "id": 81,
        "number": "10081",
        "title": "Help",
        "state": "open",
    }
    return {
        "ticket": ticket,
        "article": {
            "attachments": [],
            "body": text,
            "content_type": "text/html",
            "created_by": user,
            "id": article,
            "internal": False,
            "sender": "Customer",
            "ticket_id": 81,
            "type": "email",
        }
        | changes,
    }


def deliver(client: TestClient, data: Any, secret: str = SECRET, delivery: str = "a-1") -> tuple[int, str]:
    body = json.dumps(data).encode()
    mac = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    headers = {
        "X-Hub-Signature": f"sha1={mac}",
        "X-Zammad-Delivery": delivery,
        "X-Zammad-Trigger": "Tell",
        "User-Agent": "Zammad User Agent",
    }
    answer = client.post(HOOK, content=body, headers=headers)
    return answer.status_code, answer.json().get("status", "")


def test_an_article_is_answered_by_an_internal_note(client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk) -> None:
    assert deliver(client, payload(f"Hello,<br>{CHAIN}<div>bye</div>")) == (202, "accepted")
    settle(app)
    (call,) = helpdesk.written()
    assert call.path == "/api/v1/ticket_articles"
    assert call.headers["authorization"] == "Token token=abcdef"
    article = call.json
    assert (article["ticket_id"], article["internal"], article["type"]) == (81, True, "note")
    assert article["content_type"] == "text/html"
    assert "The chain skips" in article["body"]
    assert article["subject"].startswith("[SyncSage] internal note")


def test_retries_and_updates_without_a_new_article_add_nothing(
    client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk
) -> None:
    for delivery in ("a-1", "a-1", "a-2"):
        deliver(client, payload(CHAIN), delivery=delivery)
    settle(app)
    assert len(helpdesk.written()) == 1


def test_replies_in_html_go_on_without_what_they_quote(
    client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk
) -> None:
    deliver(client, payload(CHAIN))
    settle(app)
    note = helpdesk.written()[0].json["body"]
    quoted = f"<p>1</p><p>desk@example.com wrote:</p><blockquote>{note}</blockquote>"
    deliver(client, payload(quoted, 105))
    settle(app)
    assert "Noted from the last message:" in helpdesk.written()[1].json["body"]


def test_attached_logs_are_fetched_by_their_numbers_only(
    client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk
) -> None:
    helpdesk.answers["/api/v1/ticket_attachment/81/104/174"] = SIGNAL.encode("utf-16")
    log = {
        "id": 174,
        "filename": "display.log",
        "preferences": {"Content-Type": "text/plain"},
        "url": "http://169.254.169.254/latest",
    }
    picture = {"id": 175, "filename": "image1.jpeg", "preferences": {"Content-Type": "image/jpeg"}}
    deliver(client, payload("see the file", attachments=[log, picture]))
    settle(app)
    assert [call.path for call in helpdesk.calls] == ["/api/v1/ticket_attachment/81/104/174", "/api/v1/ticket_articles"]
    assert "no speed signal" in helpdesk.written()[0].json["body"].lower()


def test_a_fault_of_the_helpdesk_is_waited_out_and_noted_once(
    client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk
) -> None:
    helpdesk.failures = [500]
    helpdesk.answers["/api/v1/ticket_articles/by_ticket/81"] = [{"id": 104, "subject": "Help", "body": CHAIN}]
    deliver(client, payload(CHAIN))
    settle(app)
    assert len(helpdesk.written()) == 1


def test_a_note_whose_answer_was_lost_is_not_written_again(
    client: TestClient, app: FastAPI, helpdesk: FakeHelpdesk
) -> None:
    from syncsage_service.adapters.model import Arrival
    from syncsage_service.adapters.worker import mark_of

    helpdesk.failures = [-1]
    mark = mark_of(Arrival("zammad", "104", "81", "104"))
    helpdesk.answers["/api/v1/ticket_articles/by_ticket/81"] = [
        {"id": 9, "subject": f"[SyncSage] internal note {mark}"}
    ]
    deliver(client, payload(CHAIN))
    settle(app)
    assert helpdesk.written() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"created_by": {"login": "SyncSage@example.com"}},
        {"body": "<p>[SyncSage] internal note 0123</p>"},
        {"sender": "System"},
    ],
)
def test_its_own_articles_and_those_of_the_system_are_ignored(client: TestClient, changes: dict[str, Any]) -> None:
    assert deliver(client, payload(CHAIN, **changes)) == (202, "ignored")


def test_an_event_without_an_article_is_ignored(client: TestClient) -> None:
    assert deliver(client, payload(CHAIN) | {"article": None}) == (202, "ignored")


def test_another_secret_is_refused(client: TestClient) -> None:
    assert deliver(client, payload(CHAIN), secret="another secret of this length")[0] == 401
    assert client.post(HOOK, content=b"{}").status_code == 401


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"ticket": 81, "article": {}},
        {"ticket": {"id": "../../x"}, "article": {"id": 1, "body": CHAIN}},
        {"ticket": {"id": 81}, "article": {"id": "1/../2", "body": CHAIN}},
        {"ticket": {"id": 81}, "article": {"id": True, "body": CHAIN}},
        {"ticket": {"id": 81}, "article": {"id": 1, "body": 7}},
        {"ticket": {"id": 81}, "article": {"id": 1, "body": CHAIN, "attachments": {"id": 1}}},
        {"ticket": {"id": 81}, "article": {"id": 1, "body": CHAIN, "attachments": [{"id": "../1"}]}},
    ],
)
def test_another_shape_is_refused(client: TestClient, data: Any) -> None:
    assert deliver(client, data)[0] == 400
