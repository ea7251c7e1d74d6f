"""Here everything runs on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine as Database

from syncsage.engine import Engine
from syncsage_service import Settings
from syncsage_service.desk import Desk
from syncsage_service.engines import Engines
from syncsage_service.store.database import connect
from syncsage_service.store.schema import upgrade
from syncsage_service.store.sessions import SessionStore


@dataclass
class Clock:
    """A time that moves when it is told to."""

    now: datetime = field(default_factory=lambda: datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **more: float) -> datetime:
        self.now += timedelta(**more)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with its tables."""
    database = connect(database_url)
    upgrade(database)
    yield database
    database.dispose()


@pytest.fixture
def new_desk(database: Database, clock: Clock, engine: Engine) -> Callable[[], Desk]:
    """Make desks as of different processes: they share nothing but the database."""
    return lambda: Desk(Engines(Settings(), engine), SessionStore(database), clock)


@pytest.fixture
def desk(new_desk: Callable[[], Desk]) -> Desk:
    return new_desk()
