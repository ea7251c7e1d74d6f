"""``kb show``: one entry of the knowledge base."""

from __future__ import annotations

import click

from syncsage.errors import UnknownIdError
from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.catalogue import find, nearest
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.offers import entries


@click.command()
@click.argument("id_", metavar="ID", shell_complete=entries())
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def show(app: App, id_: str, as_json: bool) -> ExitStatus:
    """Show the entry called ID, whatever its kind."""
    from syncsage_cli.render import knowledge as view

    found = find(app.engine.kb, id_)
    if not found:
        near = nearest(app.engine.kb, id_)
        raise UnknownIdError(f"no entry is called {id_!r}" + (f"; near it: {', '.join(near)}" if near else ""))
    if as_json:
        app.environment.out_json([{"entry": kind, **view.plain(entry.item)} for kind, entry in found])
    else:
        app.environment.show(block for kind, entry in found for block in view.entry(kind, entry.item))
    return ExitStatus.OK
