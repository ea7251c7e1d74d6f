"""The knowledge as resources: ``syncsage://kb/{kind}`` is a list of ids and titles, with ``/{id}`` it is one entry."""

from __future__ import annotations

import json
from collections.abc import Callable

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError

from syncsage import Engine
from syncsage_cli.catalogue import entries, nearest
from syncsage_cli.render.knowledge import plain

KINDS = ("problems", "causes", "findings", "procedures")
_JSON = "application/json"


def add_resources(server: MCPServer, engine: Engine) -> None:
    """Let ``server`` show the knowledge of ``engine``."""
    for kind in KINDS:
        address = f"syncsage://kb/{kind}"
        listed = server.resource(address, name=kind, description=f"Ids and titles of all {kind}.", mime_type=_JSON)
        listed(_lister(engine, kind))

    @server.resource(
        "syncsage://kb/{kind}/{id}", name="entry", description="An entry of the knowledge.", mime_type=_JSON
    )
    def entry(kind: str, id: str) -> str:
        """Return an entry with everything that it says."""
        found = {item.id: item for item in entries(engine.kb, kind)} if kind in KINDS else {}
        if id not in found:
            near = nearest(engine.kb, id)
            hint = f"; near it: {', '.join(near)}" if near else ""
            raise ResourceNotFoundError(f"there is nothing called {id!r} under {kind!r}{hint}")
        return _text(plain(found[id].item))


def _lister(engine: Engine, kind: str) -> Callable[[], str]:
    def listed() -> str:
        return _text([{"id": item.id, "title": item.title} for item in entries(engine.kb, kind)])

    return listed


def _text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
