"""``--version``: the program, its rule engine, its model and its knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage.errors import KnowledgeError, ModelError
from syncsage_cli.exit_status import ExitStatus

if TYPE_CHECKING:
    from syncsage_cli.app import App


def show_version(app: App) -> ExitStatus:
    """Print what a diagnosis depends on; knowledge or a model that cannot be used is said, not fatal."""
    from syncsage._version import __version__

    parts = {"knowledge": "", "rule engine": "", "model": _model(app)}
    try:
        parts |= {"knowledge": app.engine.kb.version, "rule engine": app.engine.matcher_name}
    except KnowledgeError as error:
        parts |= {"knowledge": f"unusable, {len(error.faults)} faults: syncsage kb lint"}
    lines = [f"{name:<11}  {value}" for name, value in parts.items() if value]
    app.environment.out("\n".join([f"syncsage {__version__}", *lines]) + "\n")
    return ExitStatus.OK


def _model(app: App) -> str:
    """Return name and key of the embedding model."""
    from syncsage.observing.models import MODEL_PACKAGE, find_model, model_key

    name = app.environment.model or MODEL_PACKAGE.replace("_", "-")
    try:
        return f"{name}, {model_key(find_model(app.environment.model))}"
    except ModelError as error:
        return f"unusable: {error}"
