"""``kb lint``: every fault of the knowledge base, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.progress import busy

if TYPE_CHECKING:
    from syncsage.errors import Fault


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def lint(app: App, as_json: bool) -> ExitStatus:
    """Report every fault, with file, line and field."""
    with busy(app.environment, "Looking for faults"):
        faults = _faults(app)
    if as_json:
        from dataclasses import asdict

        app.environment.out_json([asdict(fault) for fault in faults])
    else:
        app.environment.out("".join(f"{fault} [{fault.rule}]\n" for fault in faults))
        app.environment.err(f"faults: {len(faults)}" if faults else "no faults")
    return ExitStatus.KNOWLEDGE if faults else ExitStatus.OK


def _faults(app: App) -> tuple[Fault, ...]:
    """Return the faults of form, and of what the reasoning can reach where the form allows to reason."""
    from syncsage.errors import KnowledgeError
    from syncsage.knowledge.lint import lint as lint_form
    from syncsage.quality import lint_reasoning

    faults = lint_form(app.kb, app.overlays)
    try:
        return tuple(sorted({*faults, *lint_reasoning(app.engine.kb)}))
    except KnowledgeError as error:
        return tuple(sorted({*faults, *error.faults}))
