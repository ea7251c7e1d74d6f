"""django-helpdesk, in its own process: one internal note at each ticket that the knowledge recognises.

Call :func:`connect` in ``ready()`` of an application of the project, after ``helpdesk`` in ``INSTALLED_APPS``. Nothing
is stored but the note: when the customer writes again, the ticket is diagnosed anew from all that they wrote, and the
note is brought up to date. Django is imported by that call, not by this module.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from syncsage import Engine

#: Title of the note; by this it is found again.
TITLE = "SyncSage"
_LOG = logging.getLogger(__name__)


def connect(load: Callable[[], Engine] = Engine.load) -> None:
    """Write notes from now on: for tickets from web forms and mail, and when their submitters write again.

    Args:
        load: Returns the engine; called once a process, at the first ticket.
    """
    from helpdesk.signals import new_ticket_done, update_ticket_done

    notes = Notes(load)
    new_ticket_done.connect(notes.ticket_made, weak=False, dispatch_uid=__name__)
    update_ticket_done.connect(notes.ticket_updated, weak=False, dispatch_uid=__name__)


class Notes:
    """Writes the notes. No fault of the engine or of the note ever reaches who made the ticket.

    Args:
        load: Returns the engine; called once, at the first ticket.
    """

    def __init__(self, load: Callable[[], Engine]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._engine: Engine | None = None

    def ticket_made(self, ticket: Any, **_: object) -> None:
        """Write the note of a new ticket as soon as the ticket is committed."""
        self._soon(ticket.pk)

    def ticket_updated(self, followup: Any, **_: object) -> None:
        """Bring the note up to date, if it was the submitter who wrote."""
        if _of_submitter(followup):
            self._soon(followup.ticket_id)

    def _soon(self, ticket_id: int) -> None:
        """After the commit: what goes wrong here cannot undo the ticket."""
        from django.db import transaction

        transaction.on_commit(partial(self._safely, ticket_id), robust=True)

    def _safely(self, ticket_id: int) -> None:
        try:
            self._write(ticket_id)
        except Exception:  # the ticket is saved, its submitter is thanked: the note is all that is missing
            _LOG.exception("no note for ticket %s", ticket_id)

    def _write(self, ticket_id: int) -> None:
        from django.db import transaction
        from helpdesk.models import FollowUp, Ticket

        ticket = Ticket.objects.get(pk=ticket_id)
        comment = self._diagnosed(_told(ticket))
        if not comment:
            return
        with transaction.atomic():  # two at a time write one note
            ticket = Ticket.objects.select_for_update().get(pk=ticket_id)
            note = FollowUp.objects.filter(ticket=ticket, title=TITLE, public=False, user=None).first()
            note = note or FollowUp(ticket=ticket, title=TITLE, public=False)
            if note.comment != comment:
                note.comment = comment
                note.save()

    def _diagnosed(self, texts: Iterator[str]) -> str:
        """Return the note in Markdown, names masked; empty where nothing was recognised."""
        session = self._loaded().session()
        for text in texts:
            session.tell(text)
        return session.report().to_markdown() if session.step.problems else ""

    def _loaded(self) -> Engine:
        with self._lock:
            self._engine = self._engine or self._load()
            return self._engine


def _told(ticket: Any) -> Iterator[str]:
    """Yield what the submitter wrote, oldest first. The first follow-up repeats the description of the ticket."""
    yield f"{ticket.title}\n\n{ticket.description or ''}"
    written = ticket.followup_set.public_followups().select_related("user").order_by("date", "id")
    yield from (
        one.comment for one in written if one.comment and one.comment != ticket.description and _of_submitter(one)
    )


def _of_submitter(followup: Any) -> bool:
    """Tell whether a follow-up is public and not from staff; a submitter without an account has no user."""
    from helpdesk.decorators import is_helpdesk_staff

    return bool(followup.public) and (followup.user is None or not is_helpdesk_staff(followup.user))
