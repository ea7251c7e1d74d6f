"""A service that is attacked: its knowledge can be read anew without a model, and its webhooks have a secret."""

from __future__ import annotations

import pytest
from tests.conftest import BICYCLE, WordEncoder

from syncsage.engine import Engine
from syncsage.knowledge import load
from syncsage_service import Settings
from syncsage_service.engines import Engines

SECRET = "a secret of more than sixteen"


@pytest.fixture(autouse=True)
def _reread_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a reload make an engine as the tests do."""
    words = WordEncoder()
    monkeypatch.setattr(Engines, "_load", lambda _: Engine(load(BICYCLE), encoders=(words, words)))


@pytest.fixture
def settings(database_url: str) -> Settings:
    """On both databases, with the one adapter that needs nothing else."""
    return Settings.from_environment(
        {"SYNCSAGE_DATABASE_URL": database_url, "SYNCSAGE_GENERIC_SECRET": SECRET, "SYNCSAGE_KB": str(BICYCLE)}
    )
