"""Zammad: a trigger sends ticket and article; an agent's token writes an internal article."""

from __future__ import annotations

import json
from collections.abc import Mapping

from syncsage_service.adapters import payload
from syncsage_service.adapters.calling import Caller
from syncsage_service.adapters.html_text import text_of
from syncsage_service.adapters.model import Arrival, Attached, Said
from syncsage_service.adapters.note import Note
from syncsage_service.adapters.quoting import is_note
from syncsage_service.adapters.signing import check_hex


class Zammad:
    """The adapter. Zammad signs no time: that an article is worked on once keeps repetitions harmless.

    Args:
        caller: Calls Zammad, with the token of an agent.
        secret: The signature token of the webhook.
        user: Login of that agent; what it writes is not worked on.
    """

    source = "zammad"

    def __init__(self, caller: Caller, secret: str, user: str = "") -> None:
        self._zammad = caller
        self._secret = secret
        self._user = user.casefold()

    def verify(self, headers: Mapping[str, str], body: bytes, now: float) -> None:
        """Check ``X-Hub-Signature``; see ``Helpdesk``."""
        check_hex(self._secret, body, headers.get("x-hub-signature", ""), "sha1")

    def read(self, headers: Mapping[str, str], body: bytes) -> Arrival | None:
        """Return the article that it tells of; its number is signed, unlike ``X-Zammad-Delivery``."""
        sent = payload.members(body)
        ticket = payload.inner(sent, "ticket")
        if sent.get("article") is None:
            return None
        article = payload.inner(sent, "article")
        number, written = payload.number(article, "id"), payload.words(article, "body")
        by = payload.inner(article, "created_by") if article.get("created_by") is not None else {}
        if payload.words(article, "content_type").startswith("text/html"):
            written = text_of(written)
        mine = self._user and payload.words(by, "login").casefold() == self._user
        if mine or is_note(written) or payload.words(article, "sender") == "System":
            return None
        first = ticket.get("article_count") == 1
        text = "\n".join(filter(None, (payload.words(ticket, "title") if first else "", written)))
        files = tuple(map(_attached, payload.items(article, "attachments")))
        return Arrival(self.source, number, payload.number(ticket, "id"), number, payload.safe(text), files)

    def fetch(self, arrival: Arrival) -> Said | None:
        """Read the attached files; see ``Helpdesk``."""
        readable = [file for file in arrival.files if payload.is_readable(file.name, file.kind)]
        place = f"/api/v1/ticket_attachment/{arrival.ticket}/{arrival.event}"
        data = (self._zammad.get_bytes(f"{place}/{file.id}") for file in readable[: payload.MOST_FILES])
        return Said(arrival.text, tuple(map(payload.file_text, data)))

    def noted(self, arrival: Arrival, mark: str) -> bool:
        """Look through the articles; see ``Helpdesk``."""
        articles = self._zammad.get(f"/api/v1/ticket_articles/by_ticket/{arrival.ticket}")
        return any(mark in str(article.get("subject") or "") for article in articles)

    def write(self, arrival: Arrival, note: Note) -> None:
        """Write an internal article of the type *note*; see ``Helpdesk``."""
        article = {
            "ticket_id": int(arrival.ticket),
            "subject": note.title,
            "body": note.to_html(),
            "content_type": "text/html",
            "type": "note",
            "internal": True,
        }
        self._zammad.post("/api/v1/ticket_articles", json.dumps(article).encode())


def _attached(item: payload.Members) -> Attached:
    given = item.get("preferences")
    kind = payload.words(payload.inner(item, "preferences"), "Content-Type") if isinstance(given, dict) else ""
    return Attached(payload.number(item, "id"), payload.words(item, "filename"), kind)
