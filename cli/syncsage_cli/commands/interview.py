"""``interview``: questions and answers on the terminal; what ``syncsage`` does without a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus

if TYPE_CHECKING:
    from syncsage import Session


@click.command()
@shared_options
@pass_app
def interview(app: App) -> ExitStatus:
    """Be asked one question after the other."""
    return hold_interview(app)


def hold_interview(app: App, session: Session | None = None) -> ExitStatus:
    """Talk with the person at the terminal until they leave; every event is kept as it comes.

    Args:
        app: Options and engine.
        session: An interview to go on with; None for a new one.

    Returns:
        The exit code that the outcome deserves.
    """
    from syncsage_cli.archive import Archive
    from syncsage_cli.repl.conversation import Conversation

    environment = app.environment
    archive = Archive(environment.state_dir) if environment.interactive and app.settings.autosave else None
    conversation = Conversation(app.engine, session, archive, environment)
    try:
        if environment.plain or not environment.interactive:
            from syncsage_cli.repl.plain import PlainFront

            return PlainFront(conversation, environment).run()
        from syncsage_cli.repl.prompt import PromptFront

        return PromptFront(conversation, environment, history=app.settings.history).run()
    finally:
        conversation.close()
