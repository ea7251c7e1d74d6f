"""Chatwoot: a webhook sends every message of a conversation; the API takes a private one."""

from __future__ import annotations

import json
from collections.abc import Mapping

from syncsage_service.adapters import payload
from syncsage_service.adapters.calling import Caller
from syncsage_service.adapters.model import Arrival, PayloadError, Said
from syncsage_service.adapters.note import Note
from syncsage_service.adapters.quoting import is_note
from syncsage_service.adapters.signing import check_timed


class Chatwoot:
    """The adapter. Files are not read: their addresses may lead anywhere.

    Args:
        caller: Calls Chatwoot, with the token of an agent or a bot.
        secret: The secret of the webhook.
        account: Number of the account that the token is for.
        user: Number of that agent; what it writes is not worked on.
    """

    source = "chatwoot"

    def __init__(self, caller: Caller, secret: str, account: str, user: str = "") -> None:
        self._chatwoot = caller
        self._secret = secret
        self._account = account
        self._user = user

    def verify(self, headers: Mapping[str, str], body: bytes, now: float) -> None:
        """Check ``X-Chatwoot-Signature`` over time and body; see ``Helpdesk``."""
        given = headers.get("x-chatwoot-signature", "")
        check_timed(self._secret, headers.get("x-chatwoot-timestamp", ""), given, body, now)

    def read(self, headers: Mapping[str, str], body: bytes) -> Arrival | None:
        """Return the message that it tells of; its number is signed, unlike ``X-Chatwoot-Delivery``."""
        sent = payload.members(body)
        if payload.words(sent, "event") != "message_created":
            return None
        if payload.number(payload.inner(sent, "account"), "id") != self._account:
            raise PayloadError("account is not the one that this service writes to")
        number, text = payload.number(sent, "id"), payload.words(sent, "content")
        by = payload.inner(sent, "sender") if sent.get("sender") is not None else {}
        mine = by.get("type") == "agent_bot" or (self._user and str(by.get("id")) == self._user and _is_user(by))
        spoken = payload.words(sent, "message_type") in ("incoming", "outgoing")
        if mine or not spoken or not text.strip() or is_note(text):
            return None
        conversation = payload.number(payload.inner(sent, "conversation"), "id")
        return Arrival(self.source, number, conversation, number, payload.safe(text))

    def fetch(self, arrival: Arrival) -> Said | None:
        """Return the message, which came along; see ``Helpdesk``."""
        return Said(arrival.text)

    def noted(self, arrival: Arrival, mark: str) -> bool:
        """Look through the latest messages; see ``Helpdesk``."""
        messages = self._chatwoot.get(self._place(arrival))["payload"]
        return any(mark in str(message.get("content") or "").split("\n", 1)[0] for message in messages)

    def write(self, arrival: Arrival, note: Note) -> None:
        """Write a private message, which only agents see; see ``Helpdesk``."""
        message = {"content": note.to_text(), "message_type": "outgoing", "private": True}
        self._chatwoot.post(self._place(arrival), json.dumps(message).encode())

    def _place(self, arrival: Arrival) -> str:
        return f"/api/v1/accounts/{self._account}/conversations/{arrival.ticket}/messages"


def _is_user(sender: payload.Members) -> bool:
    return sender.get("type", "user") == "user"
