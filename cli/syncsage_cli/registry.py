"""Commands by name, each in a module that is imported when it is used, or listed in the help.

Other packages add commands by entry points of the group ``syncsage.commands``, each a click command. The commands of
this program cannot be replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

#: Name -> "module:attribute".
COMMANDS: Mapping[str, str] = {
    "ask": "syncsage_cli.commands.ask:ask",
    "completion": "syncsage_cli.commands.completion:completion",
    "config": "syncsage_cli.commands.config:config",
    "explain": "syncsage_cli.commands.explain:explain",
    "export": "syncsage_cli.commands.export:export",
    "interview": "syncsage_cli.commands.interview:interview",
    "kb": "syncsage_cli.commands.kb:kb",
    "lookup": "syncsage_cli.commands.lookup:lookup",
    "replay": "syncsage_cli.commands.replay:replay",
    "report": "syncsage_cli.commands.report:report",
    "resume": "syncsage_cli.commands.resume:resume",
    "track": "syncsage_cli.commands.track:track",
    "unmask": "syncsage_cli.commands.unmask:unmask",
}
KB_COMMANDS: Mapping[str, str] = {
    "calibrate": "syncsage_cli.commands.kb_calibrate:calibrate",
    "eval": "syncsage_cli.commands.kb_eval:evaluate",
    "graph": "syncsage_cli.commands.kb_graph:graph",
    "lint": "syncsage_cli.commands.kb_lint:lint",
    "list": "syncsage_cli.commands.kb_list:list_entries",
    "show": "syncsage_cli.commands.kb_show:show",
    "test": "syncsage_cli.commands.kb_test:test",
}

#: Entry points of this group are commands too.
GROUP = "syncsage.commands"


class LazyGroup(click.Group):
    """A group whose commands are named by ``lazy`` and imported on demand.

    Args:
        lazy: Name -> "module:attribute" of its own commands.
        entries: Group of entry points that add to them; none where empty.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, str], entries: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy
        self.entries = entries

    @cached_property
    def added(self) -> Mapping[str, EntryPoint]:
        """Commands of other packages; looked for only where a name is none of ours, or all are listed."""
        from importlib.metadata import entry_points

        return {point.name: point for point in entry_points(group=self.entries)} if self.entries else {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in alphabetical order, without importing anything."""
        return sorted({*self.lazy, *self.added})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command called ``cmd_name``, or None."""
        place = self.lazy.get(cmd_name)
        if place is None:
            return _added(self.added[cmd_name]) if cmd_name in self.added else None
        module, attribute = place.split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


def _added(point: EntryPoint) -> click.Command:
    """Return the command of another package, or one that says why it cannot be had."""
    try:
        command = point.load()
    except Exception as error:  # whatever is wrong there, the other commands go on
        return _missing(point, error)
    return command if isinstance(command, click.Command) else _missing(point, TypeError("it is no click command"))


def _missing(point: EntryPoint, error: Exception) -> click.Command:
    of = point.dist.name if point.dist is not None else point.module.partition(".")[0]
    wanted = f"{of}[{','.join(point.extras)}]" if point.extras else ""
    lacks = isinstance(error, ImportError) and wanted
    reason = f"needs more packages: pip install '{wanted}'" if lacks else f"cannot be loaded from {of}: {error}"

    def fail(_: tuple[str, ...]) -> None:
        raise click.ClickException(f"{point.name} {reason}")

    settings = {"ignore_unknown_options": True, "help_option_names": []}
    rest = click.Argument(["_"], nargs=-1, type=click.UNPROCESSED)
    return click.Command(point.name, callback=fail, params=[rest], help=f"({reason})", context_settings=settings)
