"""A service with every adapter switched on, beside a made-up helpdesk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.service.adapters.support import SECRET, FakeHelpdesk

from syncsage_service import Settings


@pytest.fixture
def helpdesk() -> Iterator[FakeHelpdesk]:
    desk = FakeHelpdesk()
    yield desk
    desk.stop()


@pytest.fixture
def settings(tmp_path: Path, helpdesk: FakeHelpdesk) -> Settings:
    return Settings.from_environment(
        {
            "SYNCSAGE_DATABASE_URL": f"sqlite:///{tmp_path / 'service.db'}",
            "SYNCSAGE_PUBLIC_URL": "https://syncsage.example/",
            "SYNCSAGE_RT_URL": helpdesk.url,
            "SYNCSAGE_RT_TOKEN": "1-14-abcdef",
            "SYNCSAGE_RT_SECRET": SECRET,
            "SYNCSAGE_RT_USER": "syncsage",
            "SYNCSAGE_ZAMMAD_URL": helpdesk.url,
            "SYNCSAGE_ZAMMAD_TOKEN": "abcdef",
            "SYNCSAGE_ZAMMAD_SECRET": SECRET,
            "SYNCSAGE_ZAMMAD_USER": "syncsage@example.com",
            "SYNCSAGE_CHATWOOT_URL": helpdesk.url,
            "SYNCSAGE_CHATWOOT_TOKEN": "abcdef",
            "SYNCSAGE_CHATWOOT_SECRET": SECRET,
            "SYNCSAGE_CHATWOOT_ACCOUNT": "1",
            "SYNCSAGE_CHATWOOT_USER": "9",
            "SYNCSAGE_GENERIC_SECRET": SECRET,
            "SYNCSAGE_GENERIC_CALLBACK_URL": f"{helpdesk.url}/notes",
        }
    )
