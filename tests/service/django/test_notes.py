"""A ticket from the public form, and the internal note that it gets."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from syncsage.engine import Engine
from syncsage_service.adapters import django_helpdesk

BODY = "E10 battery not found on srv02.corp.example, says CORP\\jdoe. password=Hunter2Hunter2"


def submit(queue: Any, title: str = "E-bike does not start", body: str = BODY) -> Any:
    """Send the public form as a customer does and return the response."""
    from django.test import Client

    fields = {"queue": queue.pk, "title": title, "body": body, "priority": 3, "submitter_email": "ann@example.com"}
    return Client(raise_request_exception=False).post("/tickets/submit/", fields)


def notes() -> list[Any]:
    from helpdesk.models import FollowUp

    return list(FollowUp.objects.filter(title=django_helpdesk.TITLE))


def test_a_ticket_gets_one_internal_note(queue: Any, engine: Engine) -> None:
    django_helpdesk.connect(lambda: engine)
    assert submit(queue).status_code == 302
    (note,) = notes()
    assert note.public is False
    assert note.user is None
    assert "The battery is not recognised" in note.comment
    assert "Do the lights on the battery come on" in note.comment


def test_connecting_twice_writes_one_note(queue: Any, engine: Engine) -> None:
    django_helpdesk.connect(lambda: engine)
    django_helpdesk.connect(lambda: engine)
    submit(queue)
    assert len(notes()) == 1


def test_names_and_secrets_are_masked(queue: Any, engine: Engine) -> None:
    django_helpdesk.connect(lambda: engine)
    submit(queue)
    (note,) = notes()
    assert not [name for name in ("srv02", "corp.example", "jdoe", "Hunter2") if name in note.comment]


def test_the_submitter_sees_nothing_of_it(queue: Any, engine: Engine) -> None:
    """Neither on the page of the ticket nor in any mail; the mail that confirms the ticket is sent as before."""
    from django.contrib.auth.models import AnonymousUser
    from django.core import mail
    from django.test import Client
    from helpdesk.models import Ticket
    from helpdesk.update_ticket import update_ticket

    django_helpdesk.connect(lambda: engine)
    answer = submit(queue)
    place = urlsplit(answer["Location"])
    page = Client().get(place.path, {name: values[0] for name, values in parse_qs(place.query).items()})
    assert "E10 battery not found" in page.content.decode()
    assert "is not recognised" not in page.content.decode()
    assert django_helpdesk.TITLE not in page.content.decode()
    update_ticket(AnonymousUser(), Ticket.objects.get(), public=True, comment="and now E21 check speed sensor")
    assert len(notes()) == 1
    assert mail.outbox[0].to == ["ann@example.com"]
    assert not [message for message in mail.outbox if "is not recognised" in str(message.message())]


def test_staff_see_it(queue: Any, engine: Engine) -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client

    django_helpdesk.connect(lambda: engine)
    submit(queue)
    user: Any = get_user_model()
    staff = user.objects.create_user("bob", "bob@example.com", "x", is_staff=True)
    client = Client()
    client.force_login(staff)
    (note,) = notes()
    assert "The battery is not recognised" in client.get(f"/tickets/{note.ticket_id}/").content.decode()


@pytest.mark.parametrize("where", ["loading", "thinking"])
def test_a_fault_of_the_engine_stays_inside(
    queue: Any, engine: Engine, where: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from helpdesk.models import Ticket

    def fail() -> Any:
        raise RuntimeError("a broken engine")

    monkeypatch.setattr(engine, "session", fail)
    django_helpdesk.connect(fail if where == "loading" else lambda: engine)
    with caplog.at_level(logging.ERROR):
        assert submit(queue).status_code == 302
    assert Ticket.objects.count() == 1
    assert notes() == []
    (record,) = [record for record in caplog.records if record.name == django_helpdesk.__name__]
    assert "no note for ticket" in record.getMessage()
    assert record.exc_info is not None


def test_it_goes_on_when_the_submitter_writes_again(queue: Any, engine: Engine) -> None:
    from django.contrib.auth.models import AnonymousUser
    from helpdesk.models import Ticket
    from helpdesk.update_ticket import update_ticket

    django_helpdesk.connect(lambda: engine)
    submit(queue, body="it just stays dark")
    assert notes() == []
    ticket = Ticket.objects.get()
    update_ticket(AnonymousUser(), ticket, public=True, comment="now it shows: E10 battery not found")
    (note,) = notes()
    assert "The battery is not recognised" in note.comment
    update_ticket(AnonymousUser(), ticket, public=True, comment="and also: E21 check speed sensor")
    (again,) = notes()
    assert again.pk == note.pk
    assert "E21" in again.comment


def test_what_staff_write_is_no_evidence(queue: Any, engine: Engine) -> None:
    from django.contrib.auth import get_user_model
    from helpdesk.models import Ticket
    from helpdesk.update_ticket import update_ticket

    django_helpdesk.connect(lambda: engine)
    submit(queue, body="it just stays dark")
    user: Any = get_user_model()
    staff = user.objects.create_user("bob", "bob@example.com", "x", is_staff=True)
    update_ticket(staff, Ticket.objects.get(), public=True, comment="Does it show E10 battery not found?")
    update_ticket(staff, Ticket.objects.get(), public=False, comment="E10 battery not found, I guess")
    assert notes() == []


def test_tickets_of_other_fields_are_left_alone(queue: Any, engine: Engine) -> None:
    django_helpdesk.connect(lambda: engine)
    submit(queue, "Invoice", "please send the invoice of last month once more")
    assert notes() == []


def test_in_a_transaction_the_note_comes_after_the_commit(queue: Any, engine: Engine) -> None:
    from django.db import transaction

    django_helpdesk.connect(lambda: engine)
    with transaction.atomic():
        submit(queue)
        assert notes() == []
    assert len(notes()) == 1


def test_the_module_imports_no_django() -> None:
    import subprocess
    import sys

    from tests.service.mcp.support import variables

    code = "import sys, syncsage_service.adapters.django_helpdesk; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=variables(), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
