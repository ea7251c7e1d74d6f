"""``config``: what is set, by whom, and where to set it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from syncsage.errors import InputError
from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.settings.model import SETTINGS, Settings
from syncsage_cli.settings.sources import DEFAULT, machine_files, own_file, unknown_variables

_UNCHANGED = "# Settings of syncsage. A line without its # counts; syncsage config show tells what holds, and why.\n"


@click.group()
def config() -> None:
    """Show and check the settings, or begin a file of them."""


@config.command()
@shared_options
@pass_app
def path(app: App) -> ExitStatus:
    """Print where your own settings belong; the file need not exist."""
    app.environment.out(f"{own_file()}\n")
    return ExitStatus.OK


@config.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def show(app: App, as_json: bool) -> ExitStatus:
    """Print every setting, and who set it."""
    from syncsage_cli.render.page import BLANK, QUIET, paragraph, rows

    app.settle()
    settings = app.settings
    if as_json:
        data = {n: {"value": _value(settings, n), "origin": settings.origins[n]} for n in SETTINGS}
        app.environment.out_json(data)
        return ExitStatus.OK
    cells = [(name, _shown(_value(settings, name)), settings.origins[name]) for name in SETTINGS]
    how = "The command line wins over SYNCSAGE_ variables, these over your file, that over the file of the machine."
    app.environment.show([rows(cells, indent=0), BLANK, paragraph(how, style=QUIET)])
    return ExitStatus.OK


@config.command()
@shared_options
@pass_app
def init(app: App) -> ExitStatus:
    """Write a file with every setting in it, none of them changed; a file that exists stays as it is."""
    target = own_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(template())
    except FileExistsError:
        raise InputError(f"{target} exists already; syncsage config show tells what it sets") from None
    except OSError as error:
        raise InputError(f"cannot write {target}: {error.strerror}") from error
    app.environment.out(f"{target}\n")
    return ExitStatus.OK


@config.command()
@shared_options
@pass_app
def check(app: App) -> ExitStatus:
    """Check the files and the variables, and name the files that were read."""
    settings = app.settings  # the faults of all of them are told by the error
    for remark in unknown_variables(app.environment.variables):
        app.environment.err(f"note: {remark}")
    for name in ("kb", "overlays"):
        for folder in _folders(settings, name):
            if not folder.is_dir():
                raise InputError(f"{settings.origins[name]}: {name}: there is no folder {folder}")
    read = [file for file in (own_file(), *machine_files()) if file.is_file()]
    app.environment.out("".join(f"{file}: good\n" for file in read) or "no file of settings; all is as usual\n")
    return ExitStatus.OK


def template() -> str:
    """Return a file of settings in which each setting is a comment with its default."""
    lines = [f"\n# {setting.about}\n# {name} = {_toml(setting.default)}\n" for name, setting in SETTINGS.items()]
    return _UNCHANGED + "".join(lines)


def _folders(settings: Settings, name: str) -> Sequence[Path]:
    if settings.origins[name] == DEFAULT:
        return ()
    return settings.overlays if name == "overlays" else [settings.kb] if settings.kb is not None else ()


def _value(settings: Settings, name: str) -> str | bool | int | list[str]:
    value = getattr(settings, name)
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if isinstance(value, (bool, int)):
        return value
    return str(value) if value is not None else ""


def _shown(value: str | bool | int | list[str]) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return str(value).lower() if isinstance(value, bool) else str(value) or "-"


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return "[]"
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int) else f'"{value}"'
