"""Commands by name, each in a module that is imported when it is used, or listed in the help."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

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


class LazyGroup(click.Group):
    """A group whose commands are named by ``lazy`` and imported on demand."""

    def __init__(self, *args: Any, lazy: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in alphabetical order, without importing anything."""
        return sorted(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command called ``cmd_name``, or None."""
        place = self.lazy.get(cmd_name)
        if place is None:
            return None
        module, attribute = place.split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command
