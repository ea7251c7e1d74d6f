"""A service that is attacked: its knowledge can be read anew without a model, and its webhooks have a secret."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

import pytest
from tests.conftest import WordEncoder
from tests.service.adapters.support import SECRET

from syncsage.engine import Engine
from syncsage_service import Settings
from syncsage_service.engines import Engines


@pytest.fixture(autouse=True)
def _reread_without_a_model(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    """Let each reload find the knowledge changed, and changed back; it needs neither files nor a model."""
    words = WordEncoder()
    other = Engine(replace(engine.kb, hash="another", version="another"), encoders=(words, words))
    found = cycle((other, engine))
    monkeypatch.setattr(Engines, "_load", lambda _: next(found))


@pytest.fixture
def settings(database_url: str) -> Settings:
    """On both databases, with the one adapter that needs nothing else."""
    return Settings.from_environment({"SYNCSAGE_DATABASE_URL": database_url, "SYNCSAGE_GENERIC_SECRET": SECRET})
