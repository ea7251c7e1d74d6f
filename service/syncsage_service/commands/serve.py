"""``serve``: the service, until it is told to stop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from syncsage.errors import InputError
from syncsage_cli.app import App, pass_app, shared_options
from syncsage_service.commands import need

need("fastapi", "sqlalchemy", "uvicorn")

from syncsage_service.commands.database import database_of, migrate, prune  # noqa: E402 - what they import may not be there
from syncsage_service.commands.keys import keys  # noqa: E402

if TYPE_CHECKING:
    from syncsage_service.settings import Settings

_NO_KEYS = "make one first: syncsage serve keys add NAME; or leave out --host, to serve this machine only"


@click.group(invoke_without_command=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@shared_options
@pass_app
@click.pass_context
def serve(context: click.Context, app: App, host: str, port: int, workers: int) -> None:
    """Serve HTTP: for helpdesks, scripts, and a chat page.

    Without keys only this machine is served. SYNCSAGE_DATABASE_URL names the database, a file in the user's data folder
    where it is not set. SIGTERM ends the service, SIGHUP reads the knowledge anew.
    """
    if context.invoked_subcommand is None:
        run(app, host, port, workers)


serve.add_command(keys)
serve.add_command(migrate)
serve.add_command(prune)


def settings_of(app: App) -> Settings:
    """Return the settings of the service: those of the program, and those by variables.

    Raises:
        InputError: One is none.
    """
    from syncsage_service.settings import Settings

    own = Settings.from_environment(app.environment.variables)
    return replace(own, kb=app.kb, overlays=app.overlays, model=app.settings.model)


def run(app: App, host: str, port: int, workers: int) -> None:
    """Look at everything that may be wrong, then serve.

    Raises:
        InputError: A setting, the address or the database is none.
        KnowledgeError: The knowledge has faults.
    """
    from syncsage_service import serving
    from syncsage_service.access.keys import KeyStore
    from syncsage_service.app import create_app
    from syncsage_service.logs import configure
    from syncsage_service.store.database import shown

    settings = settings_of(app)
    prepared = create_app(settings, app.engine)
    with database_of(app) as (_, database):
        with_keys = KeyStore(database).any()
        url = shown(database)
    _check(host, with_keys)
    listening = serving.listen(host, port)
    configure(app.environment.stderr)
    app.environment.err(_told(serving.address_of(listening), url, app.engine.kb.version, with_keys))
    if workers == 1:
        serving.serve(prepared, settings, listening)
    else:
        serving.serve_in_processes(settings, listening, workers)


def _check(host: str, with_keys: bool) -> None:
    from syncsage_service.access.local import is_loopback

    if not with_keys and not is_loopback(host):
        raise InputError(f"--host {host} would serve other machines, and there are no keys: {_NO_KEYS}")


def _told(address: str, database: str, knowledge: str, with_keys: bool) -> str:
    access = "for keys" if with_keys else "for this machine only"
    return f"SyncSage serves {address} {access}\nknowledge {knowledge}, database {database}"
