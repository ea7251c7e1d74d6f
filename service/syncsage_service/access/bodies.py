"""Bodies of requests: read as a whole, up to a size and a time, and looked at before anybody works on them."""

from __future__ import annotations

from anyio import fail_after, to_thread
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from syncsage_service.access.strict_json import UnclearError, check, is_json
from syncsage_service.problems import ProblemError
from syncsage_service.settings import Settings

#: Bytes that may come without a key: one delivery of a webhook, a message with its ticket; files do not come along.
_WITHOUT_KEY = 4 * 1024 * 1024
_HOOKS = "/v1/hooks/"
#: Bodies of this many times the limit may be held at a time.
_AT_A_TIME = 16
#: Bytes of JSON that are looked at without a thread.
_SMALL = 65_536
_LAST = {"Connection": "close"}


class Bodies:
    """Reads bodies; answers 408, 413, 415 or 400 where one is too slow, too long, packed, or no clear JSON.

    Args:
        app: What takes the request then.
        settings: Limit in bytes, and time in seconds.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._limit = settings.body_limit
        self._seconds = settings.body_seconds
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body of a request and pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        parts = bytearray()
        try:
            await self._fill(parts, scope, receive, self._limit_of(scope))
            await self._app(scope, _again(bytes(parts), receive), send)
        except ProblemError as problem:
            await problem.response()(scope, receive, send)
        except ClientDisconnect:  # nobody is there to be told
            return
        finally:
            self._held -= len(parts)

    async def _fill(self, parts: bytearray, scope: Scope, receive: Receive, limit: int) -> None:
        """Read the body into ``parts``, up to ``limit`` bytes.

        Raises:
            ProblemError: 400, 408, 413, 415 or 503.
            ClientDisconnect: The client went away.
        """
        headers = Headers(scope=scope)
        if b"%00" in scope.get("raw_path", b"") + scope.get("query_string", b""):
            raise ProblemError(400, "the address holds a NUL character")
        if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            # What is packed small can be endless unpacked; RFC 9110, 15.5.16.
            raise ProblemError(415, "send the body as it is, not packed", {"Accept-Encoding": "identity"} | _LAST)
        announced = headers.get("content-length", "0")
        if not announced.isdecimal() or int(announced[:20]) > limit:
            raise _too_long(limit)
        try:
            with fail_after(self._seconds):
                await self._read(parts, receive, limit)
        except TimeoutError:
            raise ProblemError(408, f"the body did not come within {self._seconds} seconds", _LAST) from None
        if parts and is_json(headers):
            await _checked(bytes(parts))

    async def _read(self, parts: bytearray, receive: Receive, limit: int) -> None:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            part = message.get("body", b"")
            parts += part
            self._held += len(part)
            if len(parts) > limit:
                raise _too_long(limit)
            if self._held > _AT_A_TIME * self._limit:
                raise ProblemError(503, "too much is being sent at a time: try again", {"Retry-After": "2"} | _LAST)
            if not message.get("more_body", False):
                return

    def _limit_of(self, scope: Scope) -> int:
        known = scope.get("state", {}).get("principal") is not None and not scope["path"].startswith(_HOOKS)
        return self._limit if known else min(self._limit, _WITHOUT_KEY)


def _too_long(limit: int) -> ProblemError:
    return ProblemError(413, f"a request to this address may have {limit:,} bytes", _LAST)


async def _checked(body: bytes) -> None:
    try:
        if len(body) > _SMALL:
            await to_thread.run_sync(check, body)
        else:
            check(body)
    except UnclearError as error:
        raise ProblemError(400, str(error)) from error


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a ``receive`` that gives the body, and after it whatever comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return waiting.pop() if waiting else await receive()

    return give
