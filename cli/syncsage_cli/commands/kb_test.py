"""``kb test``: the tests that lie beside the knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus

if TYPE_CHECKING:
    from syncsage.knowledge.testcases import TestCase


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def test(app: App, ids: tuple[str, ...], as_json: bool) -> ExitStatus:
    """Run the tests of all or of the named entries."""
    from syncsage.quality import run_tests

    report = run_tests(app.engine, _chosen(app, ids) if ids else None)
    if as_json:
        app.environment.out_json(report.to_dict())
    else:
        app.environment.out(report.to_text().rstrip("\n") + "\n")
    return ExitStatus.OK if not report.failed else ExitStatus.KNOWLEDGE


def _chosen(app: App, ids: tuple[str, ...]) -> tuple[TestCase, ...]:
    from syncsage.errors import UnknownIdError
    from syncsage.knowledge.testcases import load_tests

    cases = tuple(case for case in load_tests(app.kb, app.overlays) if case.owner in ids)
    untested = sorted(set(ids) - {case.owner for case in cases})
    if untested:
        raise UnknownIdError(f"no tests for {', '.join(untested)}")
    return cases
