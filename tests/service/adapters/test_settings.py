"""Settings of the adapters: what is missing or wrong is said at the start, without the secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.service.adapters.support import SECRET

from syncsage.engine import Engine
from syncsage.errors import InputError
from syncsage_service import Settings
from syncsage_service.service import Service

RT = {"SYNCSAGE_RT_SECRET": SECRET, "SYNCSAGE_RT_URL": "https://rt.example", "SYNCSAGE_RT_TOKEN": "1-14-abc"}


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"SYNCSAGE_GENERIC_SECRET": "short"}, "SYNCSAGE_GENERIC_SECRET"),
        ({"SYNCSAGE_RT_SECRET": SECRET}, "SYNCSAGE_RT_URL"),
        (RT | {"SYNCSAGE_RT_TOKEN": ""}, "SYNCSAGE_RT_TOKEN"),
        (RT | {"SYNCSAGE_RT_TOKEN": "a\nb"}, "SYNCSAGE_RT_TOKEN"),
        (RT | {"SYNCSAGE_RT_URL": "file:///etc/passwd"}, "SYNCSAGE_RT_URL"),
        (RT | {"SYNCSAGE_RT_URL": "rt.example"}, "SYNCSAGE_RT_URL"),
        (RT | {"SYNCSAGE_RT_URL": "http://user:word@rt.example"}, "SYNCSAGE_RT_URL"),
        (RT | {"SYNCSAGE_RT_URL": "http://[::1"}, "SYNCSAGE_RT_URL"),
        ({"SYNCSAGE_NOTE_OUTSIDE": "always"}, "SYNCSAGE_NOTE_OUTSIDE"),
        ({"SYNCSAGE_GENERIC_SECRET": SECRET, "SYNCSAGE_GENERIC_CALLBACK_URL": "gopher://x"}, "GENERIC_CALLBACK_URL"),
        (
            {
                "SYNCSAGE_CHATWOOT_SECRET": SECRET,
                "SYNCSAGE_CHATWOOT_URL": "https://chat.example",
                "SYNCSAGE_CHATWOOT_TOKEN": "abc",
                "SYNCSAGE_CHATWOOT_ACCOUNT": "../1",
            },
            "SYNCSAGE_CHATWOOT_ACCOUNT",
        ),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, engine: Engine, variables: dict[str, str], named: str) -> None:
    database = {"SYNCSAGE_DATABASE_URL": f"sqlite:///{tmp_path / 'service.db'}"}
    with pytest.raises(InputError, match=named) as raised:
        Service.start(Settings.from_environment(database | variables), engine)
    assert SECRET not in str(raised.value)


def test_without_settings_no_adapter_is_switched_on(tmp_path: Path, engine: Engine) -> None:
    service = Service.start(Settings(database_url=f"sqlite:///{tmp_path / 'service.db'}"), engine)
    assert service.hooks.helpdesks == {}
    service.stop()
