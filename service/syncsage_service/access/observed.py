"""What is noted of every request: that it came, what became of it, how long it took. Never what was in it."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from syncsage_service.problems import ProblemError

if TYPE_CHECKING:
    from syncsage_service.service import Service

_LOG = logging.getLogger("syncsage_service.requests")
_METHODS = frozenset(("GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "HEAD"))
#: Requests of machines that look whether the service lives: noted in the figures, not in the log.
_QUIET = ("/healthz", "/readyz", "/metrics")


class Observed:
    """Notes requests in log and figures; an error that nobody expected becomes an answer without a word of it.

    Args:
        app: What is observed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, method, begun = 0, scope["method"], time.perf_counter()

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, told)
        except Exception as error:
            _LOG.error("failed", exc_info=error, extra=_who(scope, method))
            if status:  # half of the answer is gone already: only the end of the connection can tell
                raise
            await ProblemError(500, "the service failed; its log says more").response()(scope, receive, told)
        finally:
            _note(scope, method, status, time.perf_counter() - begun)


def _note(scope: Scope, method: str, status: int, seconds: float) -> None:
    about = _who(scope, method)
    service: Service = scope["app"].state.service
    service.metrics.request(str(about["method"]), str(about["route"]), status, seconds)
    if about["route"] not in _QUIET or status >= 500:
        _LOG.info("request", extra=about | {"status": status, "ms": round(seconds * 1000, 1)})


def _who(scope: Scope, method: str) -> dict[str, object]:
    """Return what may be told of a request: not its address, which can hold what was asked for."""
    state = scope.get("state", {})
    principal = state.get("principal")
    return {
        "method": method if method in _METHODS else "other",
        "route": getattr(scope.get("route"), "path", "none"),
        "key": principal.name if principal is not None else None,
        "request_id": state.get("request_id"),
    }
