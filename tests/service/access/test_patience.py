"""Connections that never send a whole head."""

from __future__ import annotations

import asyncio

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from syncsage_service import patience


async def _answer(scope: object, receive: object, send: object) -> None:
    raise AssertionError("no request ever came")


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_connection_without_a_whole_head_is_closed(monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.05)

    async def connect() -> bytes:
        config = Config(_answer, http=patience.PatientProtocol, ws="none", lifespan="off", log_config=None)
        config.load()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: patience.PatientProtocol(config, ServerState(), {}, loop), "127.0.0.1", 0
        )
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(sent)
            told = await asyncio.wait_for(reader.read(), 30)
            writer.close()
        return told

    assert asyncio.run(connect()) == b""
