"""Errors as RFC 9457 problem details, whoever raises them."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from starlette.exceptions import HTTPException

from syncsage.errors import EvidenceError, InputError, KnowledgeError, UnknownIdError

MEDIA_TYPE = "application/problem+json"


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

    async def told(_: Request, error: Exception) -> JSONResponse:
        return as_problem(error).response()

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
            problem = ProblemError(503, "the database does not answer: try again", {"Retry-After": "5"})
        case _:
            problem = ProblemError(500, "the service failed; its log says more")
    return problem


def _places(error: RequestValidationError) -> list[dict[str, Any]]:
    """Return where the request is wrong and why, without repeating what was sent."""
    return [{"place": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors()]
