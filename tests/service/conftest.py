"""A service over the bicycle knowledge, with a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from syncsage.engine import Engine
from syncsage_service import Settings, create_app


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path / 'service.db'}")


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
