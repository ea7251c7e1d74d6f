"""What every command shares: options of knowledge and terminal, and the engine, loaded once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from syncsage_cli.environment import Environment

if TYPE_CHECKING:
    from syncsage import Engine

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(slots=True)
class App:
    """Options of one run, and the engine they call for."""

    environment: Environment
    kb: Path | None = None
    overlays: tuple[Path, ...] = ()
    plain: bool = False
    debug: bool = False
    _engine: Engine | None = field(default=None, init=False)

    @property
    def engine(self) -> Engine:
        """The engine over the chosen knowledge base.

        Raises:
            KnowledgeError: The knowledge base has faults.
        """
        if self._engine is None:
            from syncsage import Engine

            self._engine = Engine.load(self.kb, self.overlays, model=self.environment.model)
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
        click.option("--plain", is_flag=True, callback=_plain, expose_value=False, help="Never redraw."),
        click.option("--no-color", is_flag=True, callback=_no_color, expose_value=False, help="No colours."),
        click.option("--debug", is_flag=True, callback=_debug, expose_value=False, help="Show tracebacks."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def _kb(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.ensure_object(App).kb = value


def _overlay(context: click.Context, _: click.Parameter, value: tuple[Path, ...]) -> None:
    app = context.ensure_object(App)
    app.overlays = (*app.overlays, *value)


def _plain(context: click.Context, _: click.Parameter, value: bool) -> None:
    app = context.ensure_object(App)
    app.plain = app.plain or value


def _no_color(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(App).environment.colour = False


def _debug(context: click.Context, _: click.Parameter, value: bool) -> None:
    app = context.ensure_object(App)
    app.debug = app.debug or value
