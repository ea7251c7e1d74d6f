"""A helpdesk with one public queue; what a test leaves is deleted after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.service.django.project import settings as project_settings


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment, teardown_test_environment

    settings.configure(**project_settings(tmp_path_factory.mktemp("helpdesk")))
    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    yield
    teardown_test_environment()
    from django.db import connections

    connections.close_all()


@pytest.fixture
def queue(project: None) -> Iterator[Any]:
    from django.contrib.auth import get_user_model
    from django.core import mail
    from helpdesk.models import Queue
    from helpdesk.signals import new_ticket_done, update_ticket_done

    mail.outbox.clear()
    made = Queue.objects.create(
        title="Workshop", slug="workshop", allow_public_submission=True, email_address="desk@example.com"
    )
    yield made
    for signal in (new_ticket_done, update_ticket_done):
        signal.disconnect(dispatch_uid="syncsage_service.adapters.django_helpdesk")
    made.delete()
    get_user_model().objects.all().delete()
