"""What every response carries, and what a request is called."""

from __future__ import annotations

import re
from functools import partial
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,80}\Z")
#: A route that sets one of these itself keeps it, such as a page with a policy of its own.
_USUAL = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class UsualHeaders:
    """Gives responses their headers, requests their ids; answers HEAD as GET without the body (RFC 9110, 9.3.2).

    Args:
        app: What makes the response.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; add to its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.match(given) else uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        bodiless = scope["method"] == "HEAD"
        if bodiless:
            scope = {**scope, "method": "GET"}
        usual = _USUAL | {"X-Request-ID": request_id}
        if scope["path"].startswith("/v1/") or scope["path"] == "/metrics":
            usual["Cache-Control"] = "no-store"
        await self._app(scope, receive, partial(_with, usual, bodiless, send))


async def _with(usual: dict[str, str], bodiless: bool, send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        headers = MutableHeaders(scope=message)
        for name, value in usual.items():
            headers.setdefault(name, value)
    elif bodiless and message["type"] == "http.response.body":
        message = {**message, "body": b""}
    await send(message)
