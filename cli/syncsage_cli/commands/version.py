"""``--version``: the program, its rule engine, its model and its knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage.errors import KnowledgeError, ModelError
from syncsage_cli.exit_status import ExitStatus

if TYPE_CHECKING:
    from syncsage_cli.app import App


def show_version(app: App, as_json: bool = False) -> ExitStatus:
    """Print what a diagnosis depends on; knowledge or a model that cannot be used is said, not fatal.

    Args:
        app: Options and engine.
        as_json: For programs.
    """
    import platform

    from syncsage._version import __version__

    parts = {
        "Python": platform.python_version(),
        "knowledge": "",
        "entries": "",
        "rule engine": "",
        "model": _model(app),
    }
    try:
        parts |= {"knowledge": app.engine.kb.version, "rule engine": app.engine.matcher_name}
        parts |= {"entries": _entries(app)}
    except KnowledgeError as error:
        parts |= {"knowledge": f"unusable, {len(error.faults)} faults: syncsage kb lint"}
    if as_json:
        told = {name.casefold().replace(" ", "_"): value for name, value in parts.items() if value}
        app.environment.out_json({"syncsage": __version__, **told})
        return ExitStatus.OK
    lines = [f"{name:<11}  {value}" for name, value in parts.items() if value]
    app.environment.out("\n".join([f"syncsage {__version__}", *lines]) + "\n")
    return ExitStatus.OK


def _entries(app: App) -> str:
    """Return how much the knowledge holds."""
    knowledge = app.engine.kb
    parts = {"problems": knowledge.problems, "causes": knowledge.causes, "findings": knowledge.findings}
    return ", ".join(f"{len(entries):,} {name}" for name, entries in parts.items())


def _model(app: App) -> str:
    """Return name and key of the embedding model."""
    from syncsage.observing.models import MODEL_PACKAGE, find_model, model_key

    name = app.settings.model or MODEL_PACKAGE.replace("_", "-")
    try:
        return f"{name}, {model_key(find_model(app.settings.model))}"
    except ModelError as error:
        return f"unusable: {error}"
