"""``unmask``: the names back in place of their pseudonyms."""

from __future__ import annotations

from pathlib import Path

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.giving import names_beside, write

_FILE = click.Path(path_type=Path)
PIPE = "-"


@click.command()
@click.argument("file", type=_FILE)
@click.option("--map", "map_file", type=_FILE, help="Who is who; the file beside FILE where left out.")
@click.option("-o", "--output", type=_FILE, help="Write to this file instead of standard output.")
@shared_options
@pass_app
def unmask(app: App, file: Path, map_file: Path | None, output: Path | None) -> ExitStatus:
    """Put the names back into FILE, or into standard input (-), such as an answer that speaks of HOST-2."""
    from syncsage.errors import InputError
    from syncsage.masking import NameMap
    from syncsage_cli.inputs import read_file, read_stream

    if str(file) == PIPE and map_file is None:
        raise InputError("standard input has no names beside it: name them with --map")
    names = NameMap.load(map_file or names_beside(file))
    source = read_stream(app.environment.stdin) if str(file) == PIPE else read_file(file)
    text = names.unmask(source.text)
    if output is None:
        app.environment.out(text)
    else:
        write(output, text)
        app.environment.err(f"written: {output}")
    return ExitStatus.OK
