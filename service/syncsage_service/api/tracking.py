"""Logs: grouped into runs, as data or as a page with a drawn timeline."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import ValidationError

from syncsage.observing.logs.model import Track
from syncsage.observing.text import decode
from syncsage.report.timeline import timeline
from syncsage.report.timeline_html import to_html
from syncsage.serialise import track_to_dict
from syncsage_service.access.strict_json import is_json
from syncsage_service.api.described import gives
from syncsage_service.api.models import ParseIn
from syncsage_service.api.raw import TheBody
from syncsage_service.problems import ProblemError
from syncsage_service.service import Service, TheService

router = APIRouter(prefix="/v1", tags=["diagnosis"])

_RAW = ("text/plain", "application/octet-stream")
#: The page has its style inside and nothing else.
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
_PAGE = {"text/html": {"schema": {"type": "string"}}}
_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/ParseIn"}},
        **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in _RAW},
    },
}


@router.post(
    "/track",
    summary="Group the lines of a log into runs",
    operation_id="track",
    response_class=Response,
    responses=gives("What the log says of its runs; as a page where only text/html is accepted.", "Track"),
    openapi_extra={"requestBody": _BODY},
)
def track(request: Request, body: TheBody, service: TheService) -> Response:
    """Return the runs of a log: steps, times, where and why one failed.

    The log comes as ``text`` in JSON, or raw as text/plain or application/octet-stream in any usual encoding. With
    ``Accept: text/html`` the answer is one page with a drawn timeline.
    """
    text, notes = _text(request, body)
    if not text.strip():
        raise ProblemError(422, "there is nothing in it: send the text of a log")
    found = _tracked(service, text)
    vary = {"Vary": "Accept"}
    if _wants_page(request.headers.get("accept", "")):
        page = to_html(timeline(found, service.engines.current.kb))
        return HTMLResponse(page.encode("utf-8", "replace"), headers=vary | {"Content-Security-Policy": _PAGE_POLICY})
    told = track_to_dict(found)
    return JSONResponse(told | {"notes": [*notes, *told["notes"]]}, headers=vary)


def _tracked(service: Service, text: str) -> Track:
    with service.metrics.working("track"):
        return service.engines.current.track(text)


def _text(request: Request, body: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the log, with remarks on how it was read.

    Raises:
        ProblemError: 415, the body is of another type.
        InputError: It is no text.
        RequestValidationError: The JSON is not what is wanted.
    """
    if is_json(request.headers):
        try:
            return ParseIn.model_validate_json(body).text, ()
        except ValidationError as error:
            errors = [{**e, "loc": ("body", *e["loc"])} for e in error.errors(include_context=False)]
            raise RequestValidationError(errors) from error
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _RAW:
        kinds = ", ".join(("application/json", *_RAW))
        raise ProblemError(415, f"send the log as one of {kinds}", {"Accept": kinds})
    decoded = decode(body)
    return decoded.text, decoded.notes


def _wants_page(accept: str) -> bool:
    kinds = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    return "text/html" in kinds and "application/json" not in kinds
