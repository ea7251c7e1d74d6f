"""Here everything runs on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine as Database
from tests.service.clock import Clock

from syncsage.engine import Engine
from syncsage_service import Settings
from syncsage_service.desk import Desk
from syncsage_service.engines import Engines
from syncsage_service.store.sessions import SessionStore


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture
def new_desk(database: Database, clock: Clock, engine: Engine) -> Callable[[], Desk]:
    """Make desks as of different processes: they share nothing but the database."""
    return lambda: Desk(Engines(Settings(), engine), SessionStore(database), clock)


@pytest.fixture
def desk(new_desk: Callable[[], Desk]) -> Desk:
    return new_desk()
