"""Request Tracker 5: a Scrip tells of a transaction, REST2 gives its text and files, and takes a comment."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from typing import Any

from syncsage_service.adapters import payload
from syncsage_service.adapters.calling import Caller
from syncsage_service.adapters.html_text import text_of
from syncsage_service.adapters.model import Arrival, RefusedError, Said
from syncsage_service.adapters.note import Note
from syncsage_service.adapters.quoting import is_note
from syncsage_service.adapters.signing import SIGNATURE, TIMESTAMP, check_timed

_SPOKEN = frozenset({"Create", "Correspond", "Comment"})
#: Comments that are looked through for a note of ours.
_RECENT = 20


class RequestTracker:
    """The adapter.

    Args:
        caller: Calls RT, with the token of a user who may see tickets and comment on them.
        secret: Shared with the Scrip.
        user: Name of that user; what it does is not worked on.
    """

    source = "rt"

    def __init__(self, caller: Caller, secret: str, user: str = "") -> None:
        self._rt = caller
        self._secret = secret
        self._user = user.casefold()

    def verify(self, headers: Mapping[str, str], body: bytes, now: float) -> None:
        """Check the signature that the Scrip makes; see ``Helpdesk``."""
        check_timed(self._secret, headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, ""), body, now)

    def read(self, headers: Mapping[str, str], body: bytes) -> Arrival | None:
        """Return which transaction of which ticket it is: RT gives each its number once."""
        said = payload.members(body)
        ticket, transaction = payload.number(said, "ticket"), payload.number(said, "transaction")
        return Arrival(self.source, transaction, ticket, transaction)

    def fetch(self, arrival: Arrival) -> Said | None:
        """Read a transaction. RT tells of it before it is written: until then it is not there, and asked for again."""
        found = self._rt.get(f"/REST/2.0/transaction/{arrival.event}")
        if found.get("Type") not in _SPOKEN or self._is_mine(found) or not _belongs(found, arrival.ticket):
            return None
        parts = list(self._parts(found))
        plain = [text for kind, text, name in parts if not name and kind == "text/plain"]
        rich = [text_of(text) for kind, text, name in parts if not name and kind == "text/html"]
        message = "\n".join(plain or rich)
        if is_note(message):
            return None
        subject = self._subject(arrival.ticket) if found["Type"] == "Create" else ""
        files = tuple(text for _, text, name in parts if name and text.strip())
        return Said("\n".join(filter(None, (subject, message))), files)

    def noted(self, arrival: Arrival, mark: str) -> bool:
        """Look through the latest comments; see ``Helpdesk``."""
        query = {"fields": "Type", "per_page": str(_RECENT), "orderby": "id", "order": "DESC"}
        history = self._rt.get(f"/REST/2.0/ticket/{arrival.ticket}/history", **query)
        recent = (self._rt.get(f"/REST/2.0/transaction/{item['id']}") for item in history["items"] if _is_comment(item))
        return any(mark in text.split("\n", 1)[0] for found in recent for _, text, _ in self._parts(found))

    def write(self, arrival: Arrival, note: Note) -> None:
        """Write a comment: RT never shows those to requestors; see ``Helpdesk``."""
        body = {"Subject": note.title, "ContentType": "text/plain", "Content": note.to_text()}
        self._rt.post(f"/REST/2.0/ticket/{arrival.ticket}/comment", json.dumps(body).encode())

    def _parts(self, transaction: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Yield kind, text and file name of what a transaction consists of."""
        links = [link["_url"] for link in transaction["_hyperlinks"] if link.get("ref") == "attachment"]
        files = 0
        for link in links[: payload.MOST_FILES * 4]:
            found = self._rt.get(f"/REST/2.0/attachment/{payload.number({'id': link.rsplit('/', 1)[-1]}, 'id')}")
            name, kind = str(found.get("Filename") or ""), str(found.get("ContentType") or "").lower()
            files += bool(name)
            readable = payload.is_readable(name, kind) if name else kind in ("text/plain", "text/html")
            if found.get("Content") and readable and files <= payload.MOST_FILES:
                yield kind, payload.file_text(_bytes(found["Content"])), name

    def _is_mine(self, transaction: dict[str, Any]) -> bool:
        creator = transaction.get("Creator") or {}
        return bool(self._user) and str(creator.get("id", "")).casefold() == self._user

    def _subject(self, ticket: str) -> str:
        return str(self._rt.get(f"/REST/2.0/ticket/{ticket}").get("Subject") or "")


def _is_comment(item: dict[str, Any]) -> bool:
    return str(item.get("Type", "Comment")) == "Comment"


def _belongs(transaction: dict[str, Any], ticket: str) -> bool:
    about = transaction.get("Object") or {}
    return str(about.get("type")) == "ticket" and str(about.get("id")) == ticket


def _bytes(content: str) -> bytes:
    try:
        return base64.b64decode(content)
    except binascii.Error as error:
        raise RefusedError("an attachment is no base64") from error
