"""``export``: a saved interview as a file to give away."""

from __future__ import annotations

from pathlib import Path

import click

from syncsage.errors import InputError
from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.giving import keep_names, names_beside
from syncsage_cli.offers import interviews
from syncsage_cli.progress import busy

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("session", required=False, shell_complete=interviews)
@click.option("-o", "--output", type=_FILE, required=True, help="The file to write.")
@click.option("--unmasked", is_flag=True, help="Leave names of machines, people and networks as they are.")
@click.option("--map", "map_file", type=_FILE, help="Where to note who is who; beside the file where left out.")
@shared_options
@pass_app
def export(app: App, /, session: str | None, output: Path, unmasked: bool, map_file: Path | None) -> ExitStatus:
    """Write SESSION, a file or the name of a kept interview, with its names masked, for somebody else to go on with.

    The latest one where none is named.
    """
    from syncsage import Session
    from syncsage_cli.archive import Archive

    archive = Archive(app.environment.state_dir)
    place = archive.find(session) if session is not None else archive.latest()
    if output.resolve() == place.resolve():
        raise InputError(f"{output} is the interview itself: choose another name for the copy")
    with busy(app.environment, "Replaying"):
        held = Session.load(app.engine, place)
        names = None if unmasked else held.names()
    (held if names is None else held.masked(names)).save(output, signed=names is None)
    app.environment.err(f"written: {output}")
    if names is not None:
        app.environment.err(keep_names(names.map, map_file or names_beside(output)) or "nothing had to be masked")
    return ExitStatus.OK
