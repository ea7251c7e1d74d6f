"""Keys for the service under test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from syncsage_service import Settings
from syncsage_service.access.keys import KeyStore
from syncsage_service.access.scopes import USUAL, Scope
from syncsage_service.store.opening import open_database

MakeKey = Callable[..., dict[str, str]]


@pytest.fixture
def store(settings: Settings) -> KeyStore:
    return KeyStore(open_database(settings.database_url))


@pytest.fixture
def make_key(store: KeyStore) -> MakeKey:
    """Make a key and return the headers that bring it."""

    def make(name: str = "desk", *scopes: Scope) -> dict[str, str]:
        _, token = store.add(name, scopes or USUAL, datetime.now(UTC))
        return {"Authorization": f"Bearer {token}"}

    return make
