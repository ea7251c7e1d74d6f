"""Any helpdesk: a signed webhook in, and a signed one back to the one address that the settings name."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping

from syncsage_service.adapters import payload
from syncsage_service.adapters.calling import Caller
from syncsage_service.adapters.model import Arrival, PayloadError, Said
from syncsage_service.adapters.note import Note
from syncsage_service.adapters.quoting import is_note
from syncsage_service.adapters.signing import check_either, delivery_of, sign

_TICKET = re.compile(r"[\w#][\w.@:#+=-]{0,119}", re.ASCII)


class Generic:
    """The adapter.

    Args:
        secret: Signs what comes in and what goes out.
        caller: Calls the address for notes; None where nobody wants them: the sessions can be read.
    """

    source = "generic"

    def __init__(self, secret: str, caller: Caller | None) -> None:
        self._secret = secret
        self._caller = caller

    def verify(self, headers: Mapping[str, str], body: bytes, now: float) -> None:
        """Check the signature in either form; see ``Helpdesk``."""
        check_either(self._secret, headers, body, now)

    def read(self, headers: Mapping[str, str], body: bytes) -> Arrival | None:
        """Return ticket and text; see ``Helpdesk``."""
        sent = payload.members(body)
        ticket, text = payload.words(sent, "ticket"), payload.words(sent, "text")
        if not _TICKET.fullmatch(ticket):
            raise PayloadError("ticket is no name of one: up to 120 letters, digits and . _ @ : # + = -")
        if not text.strip():
            raise PayloadError("text is missing")
        if is_note(text):
            return None
        delivery = delivery_of(headers)
        return Arrival(self.source, delivery, ticket, delivery, payload.safe(text))

    def fetch(self, arrival: Arrival) -> Said | None:
        """Return the text, which came along; see ``Helpdesk``."""
        return Said(arrival.text)

    def noted(self, arrival: Arrival, mark: str) -> bool:
        """Say no: whoever receives notes knows them by ``webhook-id``, which stays the same."""
        return False

    def write(self, arrival: Arrival, note: Note) -> None:
        """Send the note, signed; see ``Helpdesk``."""
        if self._caller is None:
            return
        sent = {
            "ticket": arrival.ticket,
            "session": note.session,
            "internal": True,
            "text": note.to_text(),
            "html": note.to_html(),
        }
        body = json.dumps(sent).encode()
        self._caller.post("", body, sign(self._secret, f"note-{note.mark}", body, time.time()))
