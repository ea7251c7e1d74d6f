"""Calls of a helpdesk: one base address, short waits, no redirects, no more bytes than can be worked on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx2

from syncsage.errors import InputError
from syncsage_service.adapters.model import RefusedError, TransientError

#: Seconds for a connection, and for each wait for more bytes.
_PATIENCE = 10.0
#: Bytes that are read of an answer.
LIMIT = 24 * 1024 * 1024
_LONGEST_PAUSE = 3600.0
#: What asking again does not change.
_FINAL = frozenset({400, 405, 406, 409, 410, 413, 415, 422})


class Caller:
    """Calls one helpdesk, and nothing else.

    Args:
        base: Its address; every path is put behind it.
        headers: Of every request, with the token.
    """

    def __init__(self, base: str, headers: Mapping[str, str]) -> None:
        self._base = base.rstrip("/")
        self._client = httpx2.Client(headers=dict(headers), timeout=_PATIENCE, follow_redirects=False)

    def get(self, path: str, **query: str) -> Any:
        """Return the JSON at ``path``.

        Raises:
            TransientError: The helpdesk could not be asked now.
            RefusedError: It will not answer that.
        """
        try:
            return json.loads(self._call("GET", path, query=query))
        except ValueError as error:
            raise TransientError("the helpdesk answered with something that is no JSON") from error

    def get_bytes(self, path: str) -> bytes:
        """Return what is at ``path``; raises as ``get`` does."""
        return self._call("GET", path)

    def post(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Send JSON to ``path``; raises as ``get`` does."""
        self._call("POST", path, body, {"Content-Type": "application/json", **(headers or {})})

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _call(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> bytes:
        try:
            url = self._base + path
            with self._client.stream(method, url, content=body, headers=headers, params=query or None) as response:
                _check(response.status_code, response.headers.get("retry-after", ""))
                return _read(response)
        except httpx2.HTTPError as error:
            raise TransientError(f"the helpdesk does not answer: {type(error).__name__}") from error


def address(name: str, value: str) -> str:
    """Return the address that a setting names.

    Raises:
        InputError: It is none that can be called.
    """
    try:
        url = httpx2.URL(value)
    except httpx2.InvalidURL as error:
        raise InputError(f"SYNCSAGE_{name} is no address such as https://helpdesk.example") from error
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.fragment:
        raise InputError(f"SYNCSAGE_{name} is no address such as https://helpdesk.example")
    return value


def _check(status: int, pause: str) -> None:
    if 200 <= status < 300:
        return
    message = f"the helpdesk answered {status}"
    if status in _FINAL:
        raise RefusedError(message)
    after = float(pause) if pause.isascii() and pause.isdecimal() and len(pause) < 9 else 0.0
    raise TransientError(message, min(after, _LONGEST_PAUSE))


def _read(response: httpx2.Response) -> bytes:
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > LIMIT:
            raise RefusedError(f"the helpdesk answered with more than {LIMIT} bytes")
    return bytes(data)
