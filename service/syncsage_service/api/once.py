"""Idempotency-Key: a request is done once, however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from syncsage_service.problems import ProblemError
from syncsage_service.service import ThePrincipal, TheService
from syncsage_service.store.replies import Asked, Claim, RefusedError, Reply
from syncsage_service.store.sessions import Also

#: Longest key that is taken.
_LONGEST = 255
_REFUSALS = {
    "in_flight": (409, "a request with this Idempotency-Key is being worked on: ask again", {"Retry-After": "1"}),
    "other_request": (422, "this Idempotency-Key was used for another request", {}),
    "deleted": (410, "this was done, and what it made is deleted by now", {}),
}

#: The same for the description of an endpoint; what 422 says besides, every one may say.
ONCE = {"_409": "A request with this Idempotency-Key is at work.", "_410": "What it made is deleted by now."}

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Once:
    """Does a request once.

    Attributes:
        service: Where it is kept.
        owner: Who asks.
        key: The key; empty where there is none.
        place: Method and path.
    """

    service: TheService
    owner: str
    key: str
    place: str

    def do(
        self,
        given: BaseModel,
        work: Callable[[Callable[[_Made], Also]], object],
        told: Callable[[_Made], Reply],
    ) -> Response:
        """Do a request, or answer it as before.

        Args:
            given: What is asked.
            work: Does it. It is handed a function which makes of what will be written what is to be written with it.
            told: Makes the reply of that.

        Raises:
            ProblemError: 409, 410 or 422: see ``_REFUSALS``.
        """
        claim: Claim | Reply | None = None
        if self.key:
            fingerprint = sha256(f"{self.place}\n{given.model_dump_json()}".encode()).hexdigest()
            claim = self._claim(Asked(self.owner, self.key, fingerprint))
        if isinstance(claim, Reply):
            return _response(claim, replayed=True)
        return _response(self._worked(claim, work, told))

    def _claim(self, asked: Asked) -> Claim | Reply:
        try:
            return self.service.replies.claim(asked, self.service.desk.clock())
        except RefusedError as error:
            raise _refusal(error) from error

    def _worked(
        self, claim: Claim | None, work: Callable[[Callable[[_Made], Also]], object], told: Callable[[_Made], Reply]
    ) -> Reply:
        replies, made = self.service.replies, list[Reply]()

        def written(what: _Made) -> Also:
            made[:] = [reply := told(what)]
            return lambda connection: replies.complete(connection, claim, reply) if claim is not None else None

        try:
            work(written)
        except BaseException as error:
            if claim is not None:
                replies.give_back(claim)
            if isinstance(error, RefusedError):
                raise _refusal(error) from error
            raise
        return made[-1]


def the_key(
    request: Request,
    service: TheService,
    principal: ThePrincipal,
    idempotency_key: Annotated[
        str,
        Header(
            description="Any name for this request, for example a UUID. Sent again with the same name and body within "
            "24 hours, it is not done again: the first reply comes back, with `Idempotency-Replayed: true`."
        ),
    ] = "",
) -> Once:
    """Return what does the request once.

    Raises:
        ProblemError: 400, the key cannot be used.
    """
    if len(idempotency_key) > _LONGEST or not idempotency_key.isascii() or not idempotency_key.isprintable():
        raise ProblemError(400, f"Idempotency-Key wants at most {_LONGEST} printable ASCII characters")
    return Once(service, principal.name, idempotency_key.strip(), f"{request.method} {request.url.path}")


TheOnce = Annotated[Once, Depends(the_key)]


def _refusal(error: RefusedError) -> ProblemError:
    status, detail, headers = _REFUSALS[error.why]
    return ProblemError(status, detail, headers)


def _response(reply: Reply, *, replayed: bool = False) -> Response:
    headers = reply.headers | ({"Idempotency-Replayed": "true"} if replayed else {})
    return Response(reply.body, reply.status, headers, "application/json")
