"""Commands that the service adds to the program ``syncsage``."""

from __future__ import annotations

from importlib.util import find_spec


def need(*modules: str) -> None:
    """Look whether packages of the extra ``service`` are there, without importing them: the help lists all commands.

    Raises:
        ModuleNotFoundError: One is missing; the program then says how to get it.
    """
    for name in modules:
        if find_spec(name) is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
