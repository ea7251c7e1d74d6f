"""Where settings come from, and which one wins: command line, variables, the person's file, the machine's file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from syncsage.errors import InputError
from syncsage.nearest import hint
from syncsage_cli.settings.model import SETTINGS, Setting, Settings, Value

FILE_NAME = "config.toml"
DEFAULT = "default"
COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Said:
    """One value, and who said so."""

    value: Value
    origin: str


Layer = Mapping[str, Said]


def own_file() -> Path:
    """Return the person's own file, whether it exists or not."""
    from platformdirs import user_config_path

    return user_config_path("syncsage", appauthor=False) / FILE_NAME


def machine_files() -> tuple[Path, ...]:
    """Return the files of the administrator of this machine, the strongest first."""
    import os

    from platformdirs import site_config_dir

    # The folders of XDG_CONFIG_DIRS come in one text, the most important one first.
    folders = site_config_dir("syncsage", appauthor=False, multipath=True).split(os.pathsep)
    return tuple(Path(folder) / FILE_NAME for folder in folders)


def resolve(given: Mapping[str, Value], variables: Mapping[str, str], files: Sequence[Path]) -> Settings:
    """Return what holds.

    Args:
        given: What the command line says, by the name of the setting.
        variables: The process environment.
        files: Files of settings, the strongest first; one that does not exist says nothing.

    Raises:
        InputError: A value is none, or a name is unknown; all that is wrong is in its text, with its place.
    """
    faults: list[str] = []
    layers: list[Layer] = [
        {name: Said(value, COMMAND_LINE) for name, value in given.items()},
        _of_variables(variables, faults),
        *(_of_file(path, faults) for path in files),
        {name: Said(setting.default, DEFAULT) for name, setting in SETTINGS.items()},
    ]
    if faults:
        raise InputError("\n".join(faults))
    said = {name: next(layer[name] for layer in layers if name in layer) for name in SETTINGS}
    return _typed(said)


def unknown_variables(variables: Mapping[str, str]) -> list[str]:
    """Return a remark on each variable that looks like a setting and is none."""
    known = {setting.variable for setting in SETTINGS.values()}
    strange = sorted(name for name in variables if name.startswith("SYNCSAGE_") and name not in known)
    return [f"{name}: no setting has this variable{hint(name, known)}" for name in strange]


def _of_variables(variables: Mapping[str, str], faults: list[str]) -> Layer:
    found: dict[str, Said] = {}
    for name, setting in SETTINGS.items():
        text = variables.get(setting.variable, "")
        if not text:
            continue
        try:
            found[name] = Said(setting.check(setting.parse(text), Path()), setting.variable)
        except ValueError as error:
            faults.append(f"{setting.variable}: {error}, not {text!r}")
    return found


def _of_file(path: Path, faults: list[str]) -> Layer:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        faults.append(f"{path}: cannot be read: {error.strerror}")
        return {}
    except UnicodeDecodeError:
        faults.append(f"{path}: is not UTF-8: save it as UTF-8")
        return {}
    except tomllib.TOMLDecodeError as error:
        faults.append(_not_toml(path, str(error)))
        return {}
    return dict(_checked(path, text, table, faults))


def _checked(path: Path, text: str, table: Mapping[str, object], faults: list[str]) -> Iterator[tuple[str, Said]]:
    for name, value in table.items():
        place = f"{path}:{_line(name, text)}"
        setting: Setting | None = SETTINGS.get(name)
        if setting is None:
            faults.append(f"{place}: no setting is called {name!r}{hint(name, SETTINGS)}")
            continue
        try:
            yield name, Said(setting.check(value, path.parent), place)
        except ValueError as error:
            faults.append(f"{place}: {name} {error}")


def _line(name: str, text: str) -> int:
    """Return the line of the key ``name``; tomllib does not tell it."""
    found = re.search(rf"(?m)^[ \t]*\[?[ \t]*[\"']?{re.escape(name)}\b", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _not_toml(path: Path, message: str) -> str:
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", message)
    what, line = (found[1], found[2]) if found else (message, None)
    return f"{path}{':' + line if line else ''}: is not TOML: {what}"


def _typed(said: Layer) -> Settings:
    def text(name: str) -> str:
        return str(said[name].value)

    overlays = said["overlays"].value
    width = said["width"].value
    return Settings(
        theme=text("theme"),
        plain=bool(said["plain"].value),
        width=width if isinstance(width, int) else 0,
        pager=text("pager"),
        kb=Path(text("kb")) if text("kb") else None,
        overlays=tuple(map(Path, overlays)) if isinstance(overlays, tuple) else (),
        model=text("model") or None,
        history=bool(said["history"].value),
        autosave=bool(said["autosave"].value),
        origins={name: value.origin for name, value in said.items()},
    )
