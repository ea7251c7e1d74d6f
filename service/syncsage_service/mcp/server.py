"""The server: tools and resources over one engine, spoken on standard input and output."""

from __future__ import annotations

from mcp.server.mcpserver import MCPServer

from syncsage import Engine, __version__
from syncsage_service.mcp.resources import add_resources
from syncsage_service.mcp.tools import Tools

_INSTRUCTIONS = (
    "Finds the cause of a problem by rules over a knowledge base, and explains every conclusion. Give diagnose the "
    "error text word for word, as much of it as there is. Put its questions to the person as they are; never answer "
    "them by guess, 'unknown' is always welcome. It shows fixes; it changes nothing."
)


def make_server(engine: Engine) -> MCPServer:
    """Return the server over ``engine``."""
    server = MCPServer(
        "syncsage",
        title="SyncSage",
        version=__version__,
        instructions=_INSTRUCTIONS,
        tools=Tools(engine).all(),
        log_level="WARNING",
    )
    add_resources(server, engine)
    return server
