"""Errors as RFC 9457 problem details, whoever raises them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from syncsage.errors import EvidenceError, InputError, KnowledgeError, UnknownIdError
from syncsage_service.texts import reason

MEDIA_TYPE = "application/problem+json"

#: Schema of a problem (RFC 9457, 3.1), for the description of the API.
SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "What went wrong, and what to do (RFC 9457).",
    "type": "object",
    "properties": {
        "type": {"type": "string", "description": "about:blank: title and status say what kind of problem it is."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What went wrong and what to do."},
        "errors": {
            "type": "array",
            "description": "With 422: every place of the request that is wrong.",
            "items": {
                "type": "object",
                "properties": {"place": {"type": "string"}, "message": {"type": "string"}},
                "required": ["place", "message"],
            },
        },
        "faults": {
            "type": "array",
            "description": "With 409 of a reload: every fault of the knowledge.",
            "items": {"type": "string"},
        },
        "nearest": {"type": "array", "description": "What came nearest to an unknown name.", "items": {}},
    },
    "required": ["type", "title", "status", "detail"],
}

_LOG = logging.getLogger(__name__)
_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")


class ProblemError(Exception):
    """An error to be told to the caller.

    Args:
        status: HTTP status.
        detail: What went wrong and what to do.
        headers: Further headers of the response.
        more: Further members of the problem.
    """

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.more = more

    def response(self) -> JSONResponse:
        """Return the response that says so."""
        body = {"type": "about:blank", "title": HTTPStatus(self.status).phrase, "status": self.status}
        return JSONResponse(body | {"detail": self.detail} | self.more, self.status, self.headers, MEDIA_TYPE)


def handle_problems(app: FastAPI) -> None:
    """Let every error of ``app`` be answered as a problem."""

    async def told(request: Request, error: Exception) -> JSONResponse:
        return _in_view_of(request, error).response()

    for kind in (
        ProblemError,
        HTTPException,
        RequestValidationError,
        EvidenceError,
        InputError,
        UnknownIdError,
        KnowledgeError,
        OperationalError,
        NoConnectionError,
    ):
        app.add_exception_handler(kind, told)


def as_problem(error: Exception) -> ProblemError:
    """Return ``error`` as a problem; nothing of the inside of the program shows."""
    match error:
        case ProblemError():
            problem = error
        case HTTPException():
            problem = ProblemError(error.status_code, str(error.detail), error.headers)
        case RequestValidationError() if any(e["type"] == "json_invalid" for e in error.errors()):
            problem = ProblemError(400, "the body is no JSON")
        case RequestValidationError():
            problem = ProblemError(422, "the request does not fit its description", errors=_places(error))
        case UnknownIdError():
            problem = ProblemError(404, str(error))
        case EvidenceError() | InputError():
            problem = ProblemError(422, str(error))
        case KnowledgeError():
            faults = [str(fault) for fault in error.faults]
            problem = ProblemError(409, "the knowledge base has faults; the one in use goes on", faults=faults)
        case OperationalError() | NoConnectionError():
            _LOG.warning("the database does not answer: %s", reason(error))
            problem = ProblemError(503, "the database does not answer: try again", {"Retry-After": "5"})
        case _:
            problem = ProblemError(500, "the service failed; its log says more")
    return problem


def _in_view_of(request: Request, error: Exception) -> ProblemError:
    """Return ``error`` as a problem, as far as only the request tells what it is."""
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.NOT_FOUND:
        return ProblemError(404, "there is nothing at this address; /openapi.json lists what there is")
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = ", ".join(_allowed(request))
        return ProblemError(405, f"this address takes {allowed}", {"Allow": allowed})
    if isinstance(error, RequestValidationError) and any(e["loc"][0] == "path" for e in error.errors()):
        return ProblemError(404, "there is nothing at this address", errors=_places(error))
    if isinstance(error, RequestValidationError) and _unread(error.errors()):
        return ProblemError(415, "send JSON, with Content-Type: application/json", {"Accept": "application/json"})
    return as_problem(error)


def _allowed(request: Request) -> list[str]:
    """Return every method that the address of ``request`` takes, whichever route it is that does."""
    routes = request.app.routes
    found = [m for m in _METHODS if any(r.matches({**request.scope, "method": m})[0] is Match.FULL for r in routes)]
    return sorted([*found, *(["HEAD"] if "GET" in found else [])])


def _unread(errors: Iterable[Any]) -> bool:
    """Tell whether a body was not read because it is of another type: then it is still bytes."""
    return any(e["loc"] == ("body",) and isinstance(e.get("input"), bytes) for e in errors)


def _places(error: RequestValidationError) -> list[dict[str, Any]]:
    """Return where the request is wrong and why, without repeating what was sent."""
    return [{"place": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors()]
