"""``mcp``: the engine as a server of the Model Context Protocol on standard input and output."""

from __future__ import annotations

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_service.commands import need

need("mcp")

_ALONE = "this speaks the Model Context Protocol with a client that starts it; Ctrl-D ends it"


@click.command()
@shared_options
@pass_app
def mcp(app: App) -> None:
    """Serve the Model Context Protocol on standard input and output.

    A client (an assistant, an editor) starts it and asks; standard output carries nothing but the protocol.
    """
    engine = app.engine
    if app.environment.stdin_is_terminal:
        app.environment.err(_ALONE)
    import logging
    import signal

    # Before the library sets up its own, whose tracebacks are drawn for a terminal.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    from syncsage_service.mcp.server import make_server

    # A thread waits for standard input, and nothing can wake it: end at once. Nothing is kept, so nothing is lost.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    make_server(engine).run()
