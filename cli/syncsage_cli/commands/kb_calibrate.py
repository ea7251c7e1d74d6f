"""``kb calibrate``: the bands of the matcher, found anew for the model in use."""

from __future__ import annotations

from pathlib import Path

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.progress import busy


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Put the bands found into domain.yaml.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def calibrate(app: App, file: Path, write: bool, as_json: bool) -> ExitStatus:
    """Find the bands of weak and strong on labelled texts.

    FILE holds one JSON object a line, as for kb eval.
    """
    from syncsage.quality import calibrate as find
    from syncsage.quality import write_bands

    engine = app.engine
    with busy(app.environment, "Measuring") as tell:
        calibration = find(engine, file, tell)
    if as_json:
        app.environment.out_json(calibration.to_dict())
    else:
        app.environment.out(calibration.to_text().rstrip("\n") + "\n")
    if write:
        changed = write_bands(app.kb, calibration)
        app.environment.err(f"written to {changed}")
    return ExitStatus.OK
