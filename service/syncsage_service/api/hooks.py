"""Webhooks of helpdesks: checked, kept, acknowledged; the work comes afterwards."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel

from syncsage_service.adapters.model import PayloadError, SignatureError, UnknownHelpdeskError
from syncsage_service.api.described import problems
from syncsage_service.api.raw import TheBody
from syncsage_service.problems import ProblemError
from syncsage_service.service import TheService

router = APIRouter(prefix="/v1/hooks", tags=["hooks"])


#: The body is what the helpdesk sends; it is read as it came, for that is what was signed.
_BODY = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}


class TakenOut(BaseModel):
    """What becomes of a delivery: ``accepted``, ``duplicate`` or ``ignored``."""

    status: str


@router.post(
    "/{source}",
    status_code=202,
    summary="Take a delivery of a helpdesk",
    operation_id="hook",
    responses=problems(
        _400="It has not the shape that the helpdesk sends.",
        _401="Its signature is missing, too old or wrong.",
        _404="No such adapter is switched on.",
    ),
    openapi_extra={"requestBody": _BODY},
)
def take(source: str, request: Request, body: TheBody, service: TheService) -> TakenOut:
    """Take a delivery of a helpdesk, once.

    It is authenticated by its signature, not by a key. ``status`` says what becomes of it: ``accepted``,
    ``duplicate`` for one that came before, ``ignored`` for one that asks for nothing.
    """
    try:
        return TakenOut(status=service.hooks.take(source, request.headers, body))
    except UnknownHelpdeskError as error:
        raise ProblemError(404, "no such adapter is switched on") from error
    except SignatureError as error:
        raise ProblemError(401, str(error), {"WWW-Authenticate": "Signature"}) from error
    except PayloadError as error:
        raise ProblemError(400, str(error)) from error
