"""``kb eval``: how well texts with known labels are recognised."""

from __future__ import annotations

from pathlib import Path

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.progress import busy


@click.command("eval")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def evaluate(app: App, file: Path, as_json: bool) -> ExitStatus:
    """Measure matching on labelled texts.

    FILE holds one JSON object a line.
    """
    from syncsage.quality import evaluate as measure

    engine = app.engine
    with busy(app.environment, "Measuring") as tell:
        evaluation = measure(engine, file, tell)
    if as_json:
        app.environment.out_json(evaluation.to_dict())
    else:
        app.environment.out(evaluation.to_text().rstrip("\n") + "\n")
    return ExitStatus.OK
