"""Where the bundled knowledge lies."""

from __future__ import annotations

from pathlib import Path


def bundled() -> Path:
    """Return the folder of the knowledge that ships with the package.

    In an installed wheel that is ``syncsage/kb``; in a checkout the folder ``kb`` beside the source root.
    """
    package = Path(__file__).resolve().parents[1]
    packaged = package / "kb"
    return packaged if packaged.is_dir() else package.parents[1] / "kb"
