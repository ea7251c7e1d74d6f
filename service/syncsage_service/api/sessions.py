"""Sessions: begun, gone on with, reported and deleted."""

from __future__ import annotations

from fastapi import APIRouter, Response

from syncsage_service.api.models import FeedbackIn, SessionIn, SessionOut, TurnIn
from syncsage_service.desk import Kept
from syncsage_service.service import ThePrincipal, TheService

router = APIRouter(prefix="/v1/sessions", tags=["sessions"])


@router.post("", status_code=201)
def begin(given: SessionIn, service: TheService, principal: ThePrincipal, response: Response) -> SessionOut:
    """Begin a session."""
    kept = service.desk.open(principal.name, given.turns(), given.external_ref)
    response.headers["Location"] = f"/v1/sessions/{kept.row.id}"
    return _told(kept, response)


@router.get("/{session_id}")
def read(session_id: str, service: TheService, principal: ThePrincipal, response: Response) -> SessionOut:
    """Return a session as it stands."""
    return _told(service.desk.read(principal.sees, session_id), response)


@router.post("/{session_id}/turns")
def go_on(
    session_id: str, given: TurnIn, service: TheService, principal: ThePrincipal, response: Response
) -> SessionOut:
    """Say something in a session."""
    return _told(service.desk.turn(principal.sees, session_id, given.turn()), response)


@router.post("/{session_id}/feedback", status_code=201)
def feedback(session_id: str, given: FeedbackIn, service: TheService, principal: ThePrincipal) -> dict[str, str]:
    """Say how what was proposed turned out."""
    return {"id": service.desk.feedback(principal.sees, session_id, given.outcome, given.cause, given.comment)}


@router.delete("/{session_id}", status_code=204)
def delete(session_id: str, service: TheService, principal: ThePrincipal) -> None:
    """Delete a session with everything that belongs to it."""
    service.desk.delete(principal.sees, session_id)


def _told(kept: Kept, response: Response) -> SessionOut:
    response.headers["ETag"] = f'"{kept.row.version}"'
    return SessionOut.of(kept)
