"""``kb list``: what the knowledge base holds."""

from __future__ import annotations

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.catalogue import KINDS, entries
from syncsage_cli.exit_status import ExitStatus


@click.command("list")
@click.argument("kind", type=click.Choice(sorted(KINDS)), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def list_entries(app: App, kind: str | None, as_json: bool) -> ExitStatus:
    """List the entries of one KIND.

    Without KIND: how many there are of each.
    """
    knowledge = app.engine.kb
    if kind is None:
        counts = {name: len(entries(knowledge, name)) for name in KINDS}
        lines = [(name, str(count)) for name, count in counts.items()]
    else:
        counts = {}
        lines = [(entry.id, entry.title) for entry in entries(knowledge, kind)]
    if as_json:
        app.environment.out_json([{"id": name, "title": title} for name, title in lines] if kind else counts)
        return ExitStatus.OK
    from syncsage_cli.render.knowledge import table

    app.environment.show(table(lines))
    return ExitStatus.OK
