"""``serve migrate`` and ``serve prune``: the database, without the service."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from syncsage_cli.app import App, pass_app
from syncsage_cli.exit_status import ExitStatus

if TYPE_CHECKING:
    from sqlalchemy import Engine as Database

    from syncsage_service.settings import Settings


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 where something is to be done.")
@pass_app
def migrate(app: App, check: bool) -> ExitStatus:
    """Bring the tables of the database up to date.

    The service does so itself when it starts. This is for those who want it done before, after a backup.
    """
    from syncsage_service.store import schema
    from syncsage_service.store.database import shown

    with database_of(app, as_it_is=True) as (_, database):
        place = shown(database)
        before, newest = schema.revision(database), schema.newest()
        if check and before != newest:
            app.environment.out(f"{place}: schema {before or 'not made yet'}, this version needs {newest}\n")
            return ExitStatus.ERROR
        app.environment.out(f"{place}: schema {newest if check else schema.upgrade(database)}\n")
        return ExitStatus.OK


@click.command()
@pass_app
def prune(app: App) -> None:
    """Delete what has been kept for long enough.

    That is sessions and deliveries older than SYNCSAGE_RETENTION_DAYS, and replies to repeated requests older than
    a day. The service does so itself once an hour.
    """
    from datetime import UTC, datetime

    from syncsage_service.store import retention

    with database_of(app) as (settings, database):
        gone = retention.prune(database, settings.retention_days, datetime.now(UTC))
    app.environment.out(f"deleted: {gone.sessions} sessions, {gone.deliveries} deliveries, {gone.requests} requests\n")


@contextmanager
def database_of(app: App, *, as_it_is: bool = False) -> Generator[tuple[Settings, Database]]:
    """Give the settings of the service and its database, with the tables of this version unless it is wanted as it is.

    No engine is loaded for it.
    """
    from syncsage_service.settings import Settings
    from syncsage_service.store.database import connect
    from syncsage_service.store.opening import open_database

    settings = Settings.from_environment(app.environment.variables)
    database = (connect if as_it_is else open_database)(settings.database_url)
    try:
        yield settings, database
    finally:
        database.dispose()
