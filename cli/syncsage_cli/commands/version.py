"""``--version``: the program, its rule engine and its knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage.errors import KnowledgeError
from syncsage_cli.exit_status import ExitStatus

if TYPE_CHECKING:
    from syncsage_cli.app import App


def show_version(app: App) -> ExitStatus:
    """Print one line that names everything a diagnosis depends on; faulty knowledge is said, not fatal."""
    try:
        engine = app.engine
    except KnowledgeError as error:
        from syncsage._version import __version__

        faults = len(error.faults)
        app.environment.out(f"syncsage {__version__} (knowledge unusable, {faults} faults: syncsage kb lint)\n")
        return ExitStatus.OK
    app.environment.out(
        f"syncsage {engine.version} (rule engine {engine.matcher_name}, knowledge {engine.kb.version})\n"
    )
    return ExitStatus.OK
