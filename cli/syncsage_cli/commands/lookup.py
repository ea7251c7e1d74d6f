"""``lookup``: what a code means."""

from __future__ import annotations

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus


@click.command()
@click.argument("code", nargs=-1, required=True, metavar="CODE")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def lookup(app: App, code: tuple[str, ...], as_json: bool) -> ExitStatus:
    """Tell what CODE means, and what it is seen with."""
    from syncsage_cli.render import knowledge as view

    result = app.engine.lookup(" ".join(code))
    if as_json:
        app.environment.out_json(view.plain(result))
    else:
        app.environment.show(view.lookup(result, app.engine.kb))
    return ExitStatus.OK if result.entries else ExitStatus.NOT_ENOUGH
