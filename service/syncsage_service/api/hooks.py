"""Webhooks of helpdesks: checked, kept, acknowledged; the work comes afterwards."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from syncsage_service.adapters.model import PayloadError, SignatureError, UnknownHelpdeskError
from syncsage_service.problems import ProblemError, described
from syncsage_service.service import TheService

router = APIRouter(prefix="/v1/hooks", tags=["hooks"])

#: Bytes of one delivery: a message with its ticket; files do not come along.
_LIMIT = 4 * 1024 * 1024


#: The body is what the helpdesk sends; it is read as it came, for that is what was signed.
_BODY = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}


class TakenOut(BaseModel):
    """What becomes of a delivery: ``accepted``, ``duplicate`` or ``ignored``."""

    status: str


async def raw_body(request: Request) -> bytes:
    """Return the body as it came: that is what was signed.

    Raises:
        ProblemError: 413, it is too long.
    """
    limit = min(_LIMIT, request.app.state.service.settings.body_limit)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise ProblemError(413, f"a delivery may have {limit} bytes")
    return bytes(body)


@router.post(
    "/{source}",
    status_code=202,
    summary="Take a delivery of a helpdesk",
    operation_id="deliver",
    responses=described(400, 401, 404),
    openapi_extra={"requestBody": _BODY},
)
def take(source: str, request: Request, body: Annotated[bytes, Depends(raw_body)], service: TheService) -> TakenOut:
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
