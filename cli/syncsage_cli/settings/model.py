"""The settings there are: their names, their defaults, and what each may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

#: A value as a file, a variable or an option gives it, once it was found good.
Value = str | bool | int | tuple[str, ...]

THEMES = ("auto", "dark", "light", "mono")
NARROWEST, WIDEST = 40, 200
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        name: Its key in the file; ``SYNCSAGE_`` and this in capitals is its variable.
        about: What it does, in a line.
        default: What holds where nobody says anything.
        check: Returns a good value; its argument comes from TOML, the folder is what relative paths start from.
            Raises ValueError, with what it must be.
        parse: Makes the text of a variable what TOML would have given. Raises ValueError.
    """

    name: str
    about: str
    default: Value
    check: Callable[[object, Path], Value]
    parse: Callable[[str], object]

    @property
    def variable(self) -> str:
        """Name of its variable of the environment."""
        return f"SYNCSAGE_{self.name.upper()}"


def _text(value: object, _: Path) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text in quotes")
    return value


def _flag(value: object, _: Path) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _theme(value: object, _: Path) -> str:
    if not isinstance(value, str) or value not in THEMES:
        raise ValueError(f"must be one of {', '.join(THEMES)}")
    return value


def _width(value: object, _: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not (value == 0 or NARROWEST <= value <= WIDEST):
        raise ValueError(f"must be a number from {NARROWEST} to {WIDEST}, or 0 for that of the window")
    return value


def _path(value: object, folder: Path) -> str:
    text = _text(value, folder)
    return str(folder / Path(text).expanduser()) if text else ""


def _paths(value: object, folder: Path) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        raise ValueError("must be a list of folders in brackets")
    return tuple(_path(item, folder) for item in value if item)


def _model(value: object, folder: Path) -> str:
    """Return a folder as a path, and the name of a model as it is."""
    text = _text(value, folder)
    beside = folder / Path(text).expanduser()
    return str(beside) if text and beside.is_dir() else text


def _as_flag(text: str) -> bool:
    word = text.strip().casefold()
    if word not in _YES | _NO:
        raise ValueError("must be 1 or 0")
    return word in _YES


def _as_number(text: str) -> object:
    return int(text) if text.strip().isdecimal() else text


def _as_list(text: str) -> list[str]:
    import os

    return [part for part in text.split(os.pathsep) if part]


SETTINGS: Mapping[str, Setting] = MappingProxyType({
    setting.name: setting
    for setting in (
        Setting("theme", "colours: auto, dark, light or mono", "auto", _theme, str),
        Setting("plain", "never redraw, for screen readers", False, _flag, _as_flag),
        Setting("width", "columns to fill; 0: the window, at most 100", 0, _width, _as_number),
        Setting("pager", "program for long pages; off: none; empty: usual", "", _text, str),
        Setting("kb", "folder of another knowledge base", "", _path, str),
        Setting("overlays", "folders that add to the knowledge base", (), _paths, _as_list),
        Setting("model", "another embedding model: a folder or a name", "", _model, str),
        Setting("history", "keep typed lines for the arrow keys", True, _flag, _as_flag),
        Setting("autosave", "keep every interview as it is held", True, _flag, _as_flag),
    )
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds in one run: see :data:`SETTINGS` for each.

    Attributes:
        origins: Name of a setting -> who said so: ``command line``, a variable, a file with its line, or ``default``.
    """

    theme: str
    plain: bool
    width: int
    pager: str
    kb: Path | None
    overlays: tuple[Path, ...]
    model: str | None
    history: bool
    autosave: bool
    origins: Mapping[str, str]
