"""``kb test``: the tests that lie beside the knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.offers import entries
from syncsage_cli.progress import busy

if TYPE_CHECKING:
    from syncsage.knowledge.scenarios import Scenario
    from syncsage.knowledge.testcases import TestCase


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID...]", shell_complete=entries("problems", "causes"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def test(app: App, ids: tuple[str, ...], as_json: bool) -> ExitStatus:
    """Run the tests and scenarios of all or of the named entries."""
    from syncsage.quality import run_tests

    engine = app.engine
    with busy(app.environment, "Running the tests") as tell:
        report = run_tests(engine, _chosen(app, ids) if ids else None, tell)
    if as_json:
        app.environment.out_json(report.to_dict())
    else:
        app.environment.out(report.to_text().rstrip("\n") + "\n")
    return ExitStatus.OK if not report.failed else ExitStatus.KNOWLEDGE


def _chosen(app: App, ids: tuple[str, ...]) -> tuple[TestCase | Scenario, ...]:
    """Return the tests of the named entries, and the scenarios that lead to a named cause or lie in a named file."""
    from syncsage.errors import UnknownIdError
    from syncsage.knowledge.scenarios import load_scenarios
    from syncsage.knowledge.testcases import load_tests

    cases = [case for case in load_tests(app.kb, app.overlays) if case.owner in ids]
    scenarios = [s for s in load_scenarios(app.kb, app.overlays) if {s.cause, s.owner} & set(ids)]
    known = {case.owner for case in cases} | {name for s in scenarios for name in (s.cause, s.owner)}
    untested = sorted(set(ids) - known)
    if untested:
        raise UnknownIdError(f"no tests for {', '.join(untested)}")
    return (*cases, *scenarios)
