"""One engine over the bicycle for all tests of the program, and caches away from the person's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.cli.support import BICYCLE

from syncsage import Engine
from syncsage_cli.repl.conversation import Conversation


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep caches, state and settings of the run apart from those of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS"):
            patch.setenv(name, str(home / name))
        patch.delenv("NO_COLOR", raising=False)
        yield


@pytest.fixture(scope="session")
def engine(own_folders: None) -> Engine:
    return Engine.load(BICYCLE)


@pytest.fixture
def conversation(engine: Engine) -> Conversation:
    return Conversation(engine)
