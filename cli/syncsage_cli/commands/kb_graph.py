"""``kb graph``: from problems by causes to procedures, drawn."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import click

from syncsage.errors import InputError
from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.giving import write
from syncsage_cli.offers import entries
from syncsage_cli.progress import busy

#: Seconds that a drawing may take.
_PATIENCE = 120


@click.command()
@click.argument("id_", metavar="[ID]", required=False, shell_complete=entries("problems", "causes", "procedures"))
@click.option("--svg", type=click.Path(path_type=Path), help="Draw it into this file as well; needs Graphviz.")
@shared_options
@pass_app
def graph(app: App, id_: str | None, svg: Path | None) -> ExitStatus:
    """Draw how problems, causes and procedures hang together, as Mermaid text.

    With ID, a problem, cause or procedure: what belongs to it, with the answers that tell its causes apart.
    """
    from syncsage.report.graph import graph as drawn

    picture = drawn(app.engine.kb, id_)
    app.environment.out(picture.to_mermaid())
    if svg is not None:
        with busy(app.environment, "Drawing"):
            drawing = _svg(picture.to_dot())
        write(svg, drawing)
        app.environment.err(f"written: {svg}")
    return ExitStatus.OK


def _svg(source: str) -> str:
    """Return the drawing of a graph in the DOT language.

    Raises:
        InputError: Graphviz is not there, or cannot draw it.
    """
    dot = shutil.which("dot")
    if dot is None:
        raise InputError("--svg needs Graphviz: its program dot is not on the path; the Mermaid text needs nothing")
    try:
        done = subprocess.run(  # noqa: S603  # the program that the person installed; the text goes by a pipe
            [dot, "-Tsvg"],
            input=source,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputError(f"Graphviz could not draw it: {error}") from error
    if done.returncode:
        raise InputError(f"Graphviz could not draw it: {done.stderr.strip()[:300]}")
    return done.stdout
