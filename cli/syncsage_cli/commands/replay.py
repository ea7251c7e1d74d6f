"""``replay``: what a kept interview comes to on the knowledge of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.offers import interviews
from syncsage_cli.progress import busy

if TYPE_CHECKING:
    from syncsage.knowledge.model import KnowledgeBase
    from syncsage.session import Replay
    from syncsage_cli.render.page import Block


@click.command()
@click.argument("session", required=False, shell_complete=interviews)
@click.option("--json", "as_json", is_flag=True, help="Print the difference as JSON.")
@shared_options
@pass_app
def replay(app: App, session: str | None, as_json: bool) -> ExitStatus:
    """Show what became of SESSION, a file or the name of a kept interview; the latest one where none is named.

    Nothing is written. Standing and next step are compared with what was kept beside the last answer.
    """
    from syncsage.session import replay as replay_session
    from syncsage_cli.archive import Archive

    archive = Archive(app.environment.state_dir)
    place = archive.find(session) if session is not None else archive.latest()
    with busy(app.environment, "Replaying"):
        answer = replay_session(app.engine, place)
    if as_json:
        app.environment.out_json(answer.to_dict())
    else:
        app.environment.show(page(answer, app.engine.kb))
    return ExitStatus.OK


def page(answer: Replay, knowledge: KnowledgeBase) -> list[Block]:
    """Return the difference for a person."""
    from syncsage_cli.render.changes import replayed

    titles = {finding.id: finding.ask for finding in knowledge.findings.values()}
    titles |= {f"conflict:{finding}": f"once more: {asked}" for finding, asked in titles.items()}
    fixes = {cause.id: knowledge.procedures[cause.fix].title for cause in knowledge.causes.values()}
    titles |= {f"fix:{cause}": title for cause, title in fixes.items()}
    titles |= {f"consent:{cause}": f"go ahead with “{title}”?" for cause, title in fixes.items()}
    return replayed(answer, titles)
