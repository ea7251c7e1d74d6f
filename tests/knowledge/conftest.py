from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def shop(tmp_path: Path, bicycle_folder: Path) -> Path:
    """A copy of the bicycle knowledge that a test may damage."""
    return Path(shutil.copytree(bicycle_folder, tmp_path / "shop"))


@pytest.fixture
def edit(shop: Path) -> Callable[[str, str, str], None]:
    """Replace a text that occurs in a file of the copy: file, old, new."""

    def replace(file: str, old: str, new: str) -> None:
        path = shop / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return replace
