"""``resume``: go on with a saved interview."""

from __future__ import annotations

from pathlib import Path

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.commands.interview import hold_interview
from syncsage_cli.exit_status import ExitStatus


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@shared_options
@pass_app
def resume(app: App, file: Path) -> ExitStatus:
    """Go on with the interview that was saved in FILE."""
    from syncsage import Session

    return hold_interview(app, Session.load(app.engine, file))
