"""Sessions: begun, gone on with, listed and deleted."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Header, Path, Query, Response
from fastapi.openapi.models import Example

from syncsage_service.api.conditional import etag, is_known, versions
from syncsage_service.api.described import problems
from syncsage_service.api.once import ONCE, TheOnce
from syncsage_service.api.session_models import SessionIn, SessionList, SessionOut, SessionRow, TurnIn
from syncsage_service.desk import Kept
from syncsage_service.problems import ProblemError
from syncsage_service.service import ThePrincipal, TheService
from syncsage_service.store.replies import Reply
from syncsage_service.store.sessions import Row

router = APIRouter(prefix="/v1/sessions", tags=["sessions"])

SessionId = Annotated[str, Path(description="Id of a session, as its beginning returned it.", max_length=64)]
IfMatch = Annotated[
    str, Header(description="ETag of the session as you have seen it, or `*`: nothing is written to any other.")
]
IfNoneMatch = Annotated[str, Header(description="ETag that you have: where it is still right, 304 comes back.")]

_ETAG = {"ETag": {"description": "Version of the session.", "schema": {"type": "string"}}}
_REPLAYED = {
    "Idempotency-Replayed": {
        "description": "`true` where this was answered before.",
        "schema": {"type": "string", "enum": ["true"]},
    }
}
_LOCATION = {"Location": {"description": "Path of the session.", "schema": {"type": "string"}}}
_STALE = "The session has another version than If-Match says."
_BEGINNINGS: dict[str, Example] = {
    "nothing known": {"value": {}},
    "a ticket": {"value": {"text": "Text of a ticket, with the error in it.", "external_ref": "4711"}},
}
_TURNS: dict[str, Example] = {
    "a text": {"value": {"kind": "told", "text": "Some more lines of the log."}},
    "an answer": {"value": {"kind": "answered", "id": "id of step.next", "value": "value of one of its choices"}},
    "not known": {"value": {"kind": "answered", "id": "id of step.next", "value": "unknown", "reason": "no_access"}},
    "a fix tried": {"value": {"kind": "answered", "id": "fix:id of the cause", "value": "worked"}},
    "another answer": {"value": {"kind": "changed", "number": 2, "value": "value of another choice"}},
    "a step done": {"value": {"kind": "ticked", "id": "id of step.next", "number": 1, "value": "done"}},
    "the last one taken back": {"value": {"kind": "undone"}},
}


@router.post(
    "",
    status_code=201,
    response_model=SessionOut,
    summary="Begin a session",
    operation_id="begin_session",
    responses={201: {"headers": _LOCATION | _ETAG | _REPLAYED}, **problems(**ONCE)},
)
def begin(
    given: Annotated[SessionIn, Body(openapi_examples=_BEGINNINGS)],
    service: TheService,
    principal: ThePrincipal,
    once: TheOnce,
) -> Response:
    """Begin a session with what is known; `step.next` is the first question, check or fix."""

    def told(kept: Kept) -> Reply:
        return _reply(kept, 201, {"Location": f"/v1/sessions/{kept.row.id}"})

    return once.do(given, lambda then: service.desk.open(principal.name, given.turns(), given.external_ref, then), told)


@router.get("", summary="List sessions", operation_id="sessions")
def find(
    service: TheService,
    principal: ThePrincipal,
    external_ref: Annotated[str, Query(max_length=200, description="Only those of this ticket.")] = "",
    limit: Annotated[int, Query(ge=1, le=200, description="How many at most.")] = 50,
    cursor: Annotated[str, Query(max_length=200, description="`next` of the page before.")] = "",
) -> SessionList:
    """List your sessions, those begun last first. None is left out or comes twice, whatever happens in between."""
    after = _place(cursor) if cursor else None
    rows = service.desk.find(principal.sees, external_ref or None, limit + 1, after)
    more = _cursor(rows[limit - 1]) if len(rows) > limit else None
    return SessionList(sessions=[SessionRow.row(row) for row in rows[:limit]], next=more)


@router.get(
    "/{session_id}",
    response_model=SessionOut,
    summary="Read a session",
    operation_id="session",
    responses={
        200: {"headers": _ETAG},
        304: {"description": "It is as If-None-Match says.", "headers": _ETAG},
    },
)
def read(
    session_id: SessionId, service: TheService, principal: ThePrincipal, if_none_match: IfNoneMatch = ""
) -> Response:
    """Return a session as it stands: where it led, everything said, and how what was proposed turned out."""
    row, feedback = service.desk.glance(principal.sees, session_id)
    tag = etag(row, feedback, service.desk.answered_with(row))
    if is_known(if_none_match, tag):
        return Response(status_code=304, headers={"ETag": tag})
    reply = _reply(service.desk.read(principal.sees, session_id))
    return Response(reply.body, reply.status, reply.headers, "application/json")


@router.post(
    "/{session_id}/turns",
    response_model=SessionOut,
    summary="Say something in a session",
    operation_id="go_on",
    responses={
        200: {"headers": _ETAG | _REPLAYED},
        **problems(**ONCE, _412=_STALE),
    },
)
def go_on(
    session_id: SessionId,
    given: Annotated[TurnIn, Body(openapi_examples=_TURNS)],
    service: TheService,
    principal: ThePrincipal,
    once: TheOnce,
    if_match: IfMatch = "",
) -> Response:
    """Tell a text, answer, change an answer, or take something back; `step.next` is what comes next."""
    meant = versions(if_match)
    return once.do(
        given,
        lambda then: service.desk.turn(principal.sees, session_id, given.turn(), meant, then),
        _reply,
    )


@router.delete(
    "/{session_id}",
    status_code=204,
    summary="Delete a session",
    operation_id="delete_session",
    responses=problems(_412=_STALE),
)
def delete(session_id: SessionId, service: TheService, principal: ThePrincipal, if_match: IfMatch = "") -> None:
    """Delete a session with its events, feedback and kept replies. What is not there (any more) is deleted."""
    service.desk.delete(principal.sees, session_id, versions(if_match))


def _reply(kept: Kept, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    tag = etag(kept.row, kept.feedback, kept.session.engine.kb.hash)
    body = SessionOut.of(kept).model_dump_json().encode()
    return Reply(status, {"ETag": tag} | (headers or {}), body, kept.row.id)


def _cursor(row: Row) -> str:
    return base64.urlsafe_b64encode(f"{row.created.isoformat()} {row.id}".encode()).decode()


def _place(cursor: str) -> tuple[datetime, str]:
    try:
        created, _, last = base64.urlsafe_b64decode(cursor.encode("ascii")).decode("ascii").partition(" ")
        when = datetime.fromisoformat(created)
    except (binascii.Error, ValueError) as error:
        raise ProblemError(400, "the cursor is none that this list has given") from error
    if when.tzinfo is None or not last.isalnum():
        raise ProblemError(400, "the cursor is none that this list has given")
    return when, last
