"""How many requests may be worked on or wait: beyond that, an answer at once is better than a queue without end."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from syncsage_service.problems import ProblemError
from syncsage_service.settings import Settings


class Crowd:
    """Answers 503 where too many requests are here already; whether the service lives can always be asked.

    Args:
        app: What takes the request.
        settings: How many there may be.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._most = settings.crowd
        self._here = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or send it away."""
        if scope["type"] != "http" or scope["path"] in ("/healthz", "/readyz"):
            await self._app(scope, receive, send)
            return
        if self._here >= self._most:
            problem = ProblemError(503, "too many requests at a time: try again", {"Retry-After": "1"})
            await problem.response()(scope, receive, send)
            return
        self._here += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._here -= 1
