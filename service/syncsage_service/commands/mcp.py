"""``mcp``: the engine as a server of the Model Context Protocol on standard input and output."""

from __future__ import annotations

import click

from syncsage_cli.app import App, pass_app, shared_options


@click.command()
@shared_options
@pass_app
def mcp(app: App) -> None:
    """Serve the Model Context Protocol on standard input and output."""
    raise click.ClickException("not built yet")
