"""Codes: what the knowledge has of them, in whatever form they are written."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse

from syncsage.serialise import plain
from syncsage_service.api.described import gives
from syncsage_service.problems import ProblemError
from syncsage_service.service import TheService

router = APIRouter(prefix="/v1/errors", tags=["knowledge"])

Code = Annotated[str, Path(max_length=200, description="A code in any form: hexadecimal, signed, unsigned, by name.")]


@router.get(
    "/{code}",
    summary="Look up a code",
    operation_id="lookup",
    response_class=JSONResponse,
    responses=gives("Every reading of the code, known ones first.", "Lookup"),
)
def look_up(code: Code, service: TheService) -> JSONResponse:
    """Return what a code means. One that the knowledge does not have is taken apart; what is no code is 404."""
    with service.metrics.working("lookup"):
        found = service.engines.current.lookup(code)
    if not found.codes:
        raise ProblemError(404, "there is no code in this", nearest=plain(found.nearest))
    return JSONResponse(plain(found))
