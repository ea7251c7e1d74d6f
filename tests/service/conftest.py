"""A service over the bicycle knowledge, with a database of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine as Database
from tests.service.clock import Clock
from tests.service.postgres import Cluster, programs, running

from syncsage.engine import Engine
from syncsage_service import Settings, create_app
from syncsage_service.store.database import connect
from syncsage_service.store.schema import upgrade


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL that is thrown away at the end."""
    folder = programs()
    if folder is None:
        reason = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("SYNCSAGE_TEST_REQUIRE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with running(folder) as cluster:
        yield cluster


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A file that is not there yet."""
    return f"sqlite:///{tmp_path / 'service.db'}"


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> str:
    """An empty database."""
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind: what asks for it runs on both."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with its tables."""
    database = connect(database_url)
    upgrade(database)
    yield database
    database.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(database_url=sqlite_url)


@pytest.fixture
def app(settings: Settings, engine: Engine) -> FastAPI:
    return create_app(settings, engine)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with local(app) as client:
        yield client


def local(app: FastAPI) -> TestClient:
    """Return a client that asks from this machine, as it must while there are no keys."""
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000))
