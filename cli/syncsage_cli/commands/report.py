"""``report``: a saved interview as a report for the ticket."""

from __future__ import annotations

from pathlib import Path

import click

from syncsage.errors import InputError
from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus, status_of
from syncsage_cli.giving import FORMS, Form, form_of, keep_names, names_beside, now, rendered, write
from syncsage_cli.offers import interviews
from syncsage_cli.progress import busy

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("session", required=False, shell_complete=interviews)
@click.option("-o", "--output", type=_FILE, help="Write to this file; its ending (.md, .html, .json) names the form.")
@click.option("--format", "form", type=click.Choice(FORMS), help="Form, whatever the ending; md where nothing says.")
@click.option("--unmasked", is_flag=True, help="Leave names of machines, people and networks as they are.")
@click.option("--map", "map_file", type=_FILE, help="Where to note who is who; beside the report where left out.")
@shared_options
@pass_app
def report(
    app: App, /, session: str | None, output: Path | None, form: Form | None, unmasked: bool, map_file: Path | None
) -> ExitStatus:
    """Report what SESSION, a file or the name of a kept interview, came to; the latest one where none is named."""
    from syncsage import Session
    from syncsage_cli.archive import Archive

    archive = Archive(app.environment.state_dir)
    place = archive.find(session) if session is not None else archive.latest()
    if output is not None and output.resolve() == place.resolve():
        raise InputError(f"{output} is the interview itself: choose another name for the report")
    chosen: Form = form or (form_of(output) if output is not None else "md")
    with busy(app.environment, "Making the report"):
        held = Session.load(app.engine, place)
        names = None if unmasked else held.names()
        text = rendered(held.report(names, unmasked=unmasked, made=now()), chosen)
    if output is None:
        give = app.environment.out_html if chosen == "html" else app.environment.out
        give(text)
    else:
        write(output, text)
        app.environment.err(f"written: {output}")
    beside = map_file or (names_beside(output) if output is not None else None)
    if names is not None and beside is not None:
        app.environment.err(keep_names(names.map, beside) or "nothing had to be masked")
    return status_of(held.step)
