"""Where the bundled knowledge lies."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path


def bundled() -> Path:
    """Return the folder of the knowledge that ships with the package.

    In an installed wheel that is ``syncsage/kb``; in a checkout the folder ``kb`` beside the source root.
    """
    with as_file(files("syncsage").joinpath("kb")) as packaged:
        return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "kb"
