"""A real client over real pipes, and people who answer it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar

import mcp.types as protocol
from mcp import StdioServerParameters
from mcp.client.client import Client
from mcp.server.mcpserver import MCPServer
from tests.conftest import BICYCLE, ROOT

Result = TypeVar("Result")
Mode = Literal["auto", "legacy"]
#: What a person does with a question: the fields of the form, or declining or dismissing it.
Reply = Callable[[str, dict[str, Any]], dict[str, str] | Literal["decline", "cancel"]]

START = "import sys; from syncsage_cli.main import main; sys.argv[0] = 'syncsage'; main()"


def variables() -> dict[str, str]:
    paths = os.pathsep.join(str(ROOT / folder) for folder in ("engine", "cli", "service"))
    return {"PYTHONPATH": paths, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


def program(*arguments: str) -> list[str]:
    return [sys.executable, "-c", START, "mcp", *(arguments or ("--kb", str(BICYCLE)))]


def bicycle_server() -> StdioServerParameters:
    command, *arguments = program()
    return StdioServerParameters(command=command, args=arguments, env=variables())


def talk(
    dialogue: Callable[[Client], Awaitable[Result]],
    reply: Reply | None = None,
    mode: Mode = "auto",
    server: MCPServer | None = None,
) -> Result:
    """Hold a dialogue; with a ``reply`` the client says that it can ask its person."""

    async def ask(context: object, params: protocol.ElicitRequestParams) -> protocol.ElicitResult:
        assert reply is not None
        assert isinstance(params, protocol.ElicitRequestFormParams)
        said = reply(params.message, params.requested_schema["properties"])
        if isinstance(said, str):
            return protocol.ElicitResult(action=said)
        return protocol.ElicitResult(action="accept", content={**said})

    async def hold() -> Result:
        callback = ask if reply is not None else None
        client = Client(server or bicycle_server(), mode=mode, elicitation_callback=callback, read_timeout_seconds=120)
        async with client:
            return await dialogue(client)

    return asyncio.run(hold())


def call(
    tool: str,
    arguments: dict[str, Any],
    reply: Reply | None = None,
    mode: Mode = "auto",
    server: MCPServer | None = None,
) -> protocol.CallToolResult:
    return talk(lambda client: client.call_tool(tool, arguments), reply, mode, server)


def shown(result: protocol.CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, protocol.TextContent)
    return content.text


def data(result: protocol.CallToolResult) -> dict[str, Any]:
    assert not result.is_error, shown(result)
    assert isinstance(result.structured_content, dict)
    return result.structured_content
