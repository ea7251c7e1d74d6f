"""What every command shares: options of knowledge and terminal, and the engine, loaded once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from syncsage_cli.environment import Environment
from syncsage_cli.progress import busy
from syncsage_cli.settings.model import SETTINGS, THEMES

if TYPE_CHECKING:
    from syncsage import Engine
    from syncsage_cli.settings.model import Settings, Value

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(slots=True)
class App:
    """Options of one run, and the engine they call for."""

    environment: Environment
    given: dict[str, Value] = field(default_factory=dict[str, "Value"])
    debug: bool = False
    _engine: Engine | None = field(default=None, init=False)
    _settings: Settings | None = field(default=None, init=False)
    _settled: bool = field(default=False, init=False)

    @property
    def settings(self) -> Settings:
        """What was set, by the command line, a variable or a file.

        Raises:
            InputError: A value is none.
        """
        if self._settings is None:
            from syncsage_cli.settings.sources import machine_files, own_file, resolve

            self._settings = resolve(self.given, self.environment.variables, (own_file(), *machine_files()))
        return self._settings

    def give(self, name: str, value: Value) -> None:
        """Take an option of the command line for a setting.

        Raises:
            InputError: Another setting is none.
        """
        self.given[name] = value
        self._settings = None
        if self._settled:
            self.settle()

    def settle(self) -> None:
        """Let the terminal be as it was set.

        Raises:
            InputError: A value is none.
        """
        settings, environment = self.settings, self.environment
        environment.theme = settings.theme
        environment.pager = settings.pager
        environment.plain = settings.plain or environment.dumb
        environment.fit(settings.width)
        self._settled = True

    @property
    def kb(self) -> Path | None:
        """Folder of the knowledge base; None for the bundled one."""
        return self.settings.kb

    @property
    def overlays(self) -> tuple[Path, ...]:
        """Folders laid over it, in order."""
        return self.settings.overlays

    @property
    def engine(self) -> Engine:
        """The engine over the chosen knowledge base.

        Raises:
            KnowledgeError: The knowledge base has faults.
        """
        if self._engine is None:
            from syncsage import Engine

            with busy(self.environment, "Reading the knowledge"):
                self._engine = Engine.load(self.kb, self.overlays, model=self.settings.model)
        return self._engine


pass_app = click.make_pass_decorator(App)


def shared_options(command: Decorated) -> Decorated:
    """Add the options that are accepted before as well as after the name of a command."""
    folder = click.Path(path_type=Path)
    options = (
        click.option("--kb", type=folder, callback=_kb, expose_value=False, help="Knowledge base to use."),
        click.option(
            "--overlay", type=folder, multiple=True, callback=_overlay, expose_value=False,
            help="Folder that adds to the knowledge base; may be repeated.",
        ),
        click.option("--plain", is_flag=True, callback=_flag, expose_value=False, help="Never redraw."),
        click.option("--theme", type=click.Choice(THEMES), callback=_set, expose_value=False, help="Colours."),
        click.option("--width", metavar="COLUMNS", callback=_set, expose_value=False, help="0: those of the window."),
        click.option("--pager", metavar="PROGRAM", callback=_set, expose_value=False, help="off: none."),
        click.option("--no-color", is_flag=True, callback=_no_color, expose_value=False, help="No colours."),
        click.option("--debug", is_flag=True, callback=_debug, expose_value=False, help="Show tracebacks."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def _kb(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.ensure_object(App).give("kb", str(value))


def _overlay(context: click.Context, _: click.Parameter, value: tuple[Path, ...]) -> None:
    app = context.ensure_object(App)
    before = app.given.get("overlays", ())
    if value:
        app.give("overlays", (*(before if isinstance(before, tuple) else ()), *map(str, value)))


def _flag(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(App).give(parameter.name, value)


def _set(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Take an option that is called like a setting, and is written as in its variable."""
    if value is None:
        return
    setting = SETTINGS[parameter.name]
    try:
        good = setting.check(setting.parse(value), Path())
    except ValueError as error:
        raise click.BadParameter(f"{error}, not {value!r}", context, parameter) from error
    context.ensure_object(App).give(parameter.name, good)


def _no_color(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(App).environment.colour = False


def _debug(context: click.Context, _: click.Parameter, value: bool) -> None:
    app = context.ensure_object(App)
    app.debug = app.debug or value
