"""The door: who asks is settled before anything of a request but its head is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from syncsage_service.access.limits import Allowance, Rate
from syncsage_service.access.local import refusal
from syncsage_service.access.scopes import LOCAL, Principal
from syncsage_service.problems import ProblemError
from syncsage_service.settings import Settings

if TYPE_CHECKING:
    from syncsage_service.service import Service

#: Wrong keys that an address may send.
_FAILURES = "20/minute"
_THREADS = 4
_NO_KEY = "a key is needed: Authorization: Bearer ssk_..."
_WRONG_KEY = "this key is not known, or was revoked"
_CHALLENGE = 'Bearer realm="syncsage"'

Answer = TypeVar("Answer")


class Guard:
    """Settles who asks and whether they may go on; tells the endpoints by ``request.state.principal``.

    Args:
        app: What comes behind the door.
        settings: Origins that may use the service.
        rate: How often somebody with a key may ask.
    """

    def __init__(self, app: ASGIApp, settings: Settings, rate: Rate) -> None:
        self._app = app
        self._origins = frozenset(settings.cors_origins)
        self._rate = rate
        self._failures = Rate(_FAILURES)
        # Keys are looked up in threads of their own: they must not wait behind the work of the engine. A limiter
        # belongs to the event loop that it is made in, so that it is made with the first request.
        self._threads: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it with a problem."""
        if scope["type"] != "http" or scope["path"] in ("/healthz", "/readyz"):
            await self._app(scope, receive, send)
            return
        service: Service = scope["app"].state.service
        try:
            principal = await self._principal(scope, service)
            allowance = self._allowance(scope, principal, service)
        except ProblemError as problem:
            await problem.response()(scope, receive, send)
            return
        scope.setdefault("state", {})["principal"] = principal
        told = send if allowance is None else partial(_telling, allowance, send)
        await self._app(scope, receive, told)

    async def _principal(self, scope: Scope, service: Service) -> Principal | None:
        """Return who asks; None for somebody without a key, where none is asked for.

        Raises:
            ProblemError: 401, 403, 429, or 503 where keys cannot be looked up.
        """
        headers = Headers(scope=scope)
        if not await self._needs_key(service):
            reason = refusal(_address(scope), headers, scope["method"], self._origins)
            if reason:
                raise ProblemError(403, reason)
            return LOCAL
        given = headers.get("authorization")
        if given is None:
            if is_closed(scope["path"]):
                raise ProblemError(401, _NO_KEY, {"WWW-Authenticate": _CHALLENGE})
            return None
        return await self._of_key(given, _address(scope) or "", service)

    async def _of_key(self, given: str, address: str, service: Service) -> Principal:
        kind, _, token = given.partition(" ")
        token = token.strip() if kind.lower() == "bearer" else ""
        principal = service.keys.remembers(token)
        if principal is not None:
            return principal
        left = self._failures.left(address)
        if not left.granted:
            service.metrics.rate_limited.labels("failures").inc()
            raise ProblemError(429, "too many wrong keys came from this address: wait", {"Retry-After": str(left.wait)})
        principal = await self._asked(partial(service.keys.principal, token))
        if principal is None:
            self._failures.take(address)
            raise ProblemError(401, _WRONG_KEY, {"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'})
        return principal

    async def _needs_key(self, service: Service) -> bool:
        known = service.keys.remembers_need()
        return known if known is not None else await self._asked(service.keys.needed)

    async def _asked(self, question: Callable[[], Answer]) -> Answer:
        if self._threads is None:
            self._threads = CapacityLimiter(_THREADS)
        try:
            return await to_thread.run_sync(question, limiter=self._threads)
        except SQLAlchemyError as error:
            raise ProblemError(503, "the database does not answer", {"Retry-After": "5"}) from error

    def _allowance(self, scope: Scope, principal: Principal | None, service: Service) -> Allowance | None:
        """Count the request; whoever sits at this machine, without keys, is not counted."""
        if principal is LOCAL:
            return None
        allowance = self._rate.take(f"key:{principal.name}" if principal else f"address:{_address(scope)}")
        if not allowance.granted:
            service.metrics.rate_limited.labels("requests").inc()
            raise ProblemError(
                429, f"more than {allowance.limit} requests in {allowance.window} seconds: wait", allowance.headers
            )
        return allowance


def is_closed(path: str) -> bool:
    """Tell whether ``path`` needs a key where keys exist. Webhooks bring signatures; the page asks for a key."""
    return (path.startswith("/v1/") and not path.startswith("/v1/hooks/")) or path in ("/metrics", "/openapi.json")


async def _telling(allowance: Allowance, send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        MutableHeaders(scope=message).update(allowance.headers)
    await send(message)


def _address(scope: Scope) -> str | None:
    client = scope.get("client")
    return client[0] if client else None
