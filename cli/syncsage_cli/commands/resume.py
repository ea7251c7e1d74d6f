"""``resume``: go on with a kept interview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.commands.interview import hold_interview
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.offers import interviews
from syncsage_cli.progress import busy

if TYPE_CHECKING:
    from syncsage import Session

_YES = frozenset({"y", "yes", "1"})


@click.command()
@click.argument("session", required=False, shell_complete=interviews)
@click.option("--list", "listing", is_flag=True, help="List what is kept, the latest first.")
@click.option("--copy", is_flag=True, help="Go on in a copy, where the interview is open elsewhere or damaged.")
@shared_options
@pass_app
def resume(app: App, session: str | None, listing: bool, copy: bool) -> ExitStatus:
    """Go on with SESSION: a file, or the name of a kept interview; the latest one where none is named."""
    from syncsage_cli.archive import Archive
    from syncsage_cli.render.kept import listed

    archive = Archive(app.environment.state_dir)
    if listing:
        app.environment.show(listed(archive.entries()))
        return ExitStatus.OK
    path = archive.find(session) if session is not None else archive.latest()
    return hold_interview(app, _taken_up(app, path, copy))


def _taken_up(app: App, path: Path, copy: bool) -> Session:
    """Return the interview in ``path``, to be kept there, or in a copy where that is not possible.

    Raises:
        InputError: It cannot be read, or is open elsewhere and no copy is wanted.
    """
    from syncsage import Session
    from syncsage.errors import InputError, SessionBusyError
    from syncsage.session import read_session

    stored = read_session(path)
    if stored.opened.knowledge != app.engine.kb.version and not stored.damage:
        _tell_difference(app, path)
    if copy or stored.damage:
        return _copied(app, path, stored.fault)
    try:
        with busy(app.environment, "Replaying"):
            return Session.open(app.engine, path)
    except SessionBusyError as error:
        if not app.environment.interactive:
            raise InputError(f"{error}; --copy goes on in a copy") from error
        app.environment.err(f"{error}.")
        if (app.environment.read_line("Go on in a copy? y/n> ") or "").strip().casefold() not in _YES:
            raise InputError(f"{error}; nothing was changed") from error
        return _copied(app, path, "")


def _copied(app: App, path: Path, fault: str) -> Session:
    """Return what can be read of ``path``, to be kept in a file of its own beside it."""
    from syncsage import Session

    with busy(app.environment, "Replaying"):
        session = Session.load(app.engine, path, salvage=True)
    names = (path.with_name(f"{path.stem}-copy{n if n > 1 else ''}{path.suffix}") for n in range(1, 1000))
    target = next(name for name in names if not name.exists())
    session.keep(target)
    if fault:
        app.environment.err(f"note: {fault}; the file stays as it is")
    app.environment.err(f"note: going on in a copy, {target}")
    return session


def _tell_difference(app: App, path: Path) -> None:
    from syncsage.session import replay
    from syncsage_cli.commands.replay import page
    from syncsage_cli.render.page import BLANK

    with busy(app.environment, "Replaying"):
        answer = replay(app.engine, path)
    app.environment.show([*page(answer, app.engine.kb), BLANK])
