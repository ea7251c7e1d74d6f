"""``serve``: the service, until it is told to stop."""

from __future__ import annotations

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_service.commands import need

need("fastapi", "sqlalchemy", "uvicorn")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@shared_options
@pass_app
def serve(app: App, host: str, port: int) -> None:
    """Serve HTTP: for helpdesks, scripts, and a chat page."""
    import signal

    import uvicorn

    from syncsage_service.app import create_app
    from syncsage_service.settings import Settings

    # A stop that was asked for is a success: after it the server raises its signal once more.
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: None)
    uvicorn.run(create_app(Settings.from_environment(app.environment.variables)), host=host, port=port)
