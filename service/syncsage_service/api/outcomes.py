"""What a session came to: its report, its explanations, and how what was proposed turned out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Response
from fastapi.openapi.models import Example

from syncsage.report import Report
from syncsage_service.api.described import problems
from syncsage_service.api.explained import explained
from syncsage_service.api.models import About
from syncsage_service.api.once import ONCE, TheOnce
from syncsage_service.api.session_models import FeedbackIn, FeedbackKept
from syncsage_service.api.sessions import SessionId
from syncsage_service.problems import ProblemError
from syncsage_service.service import ThePrincipal, TheService
from syncsage_service.store.replies import Reply
from syncsage_service.store.sessions import Feedback

router = APIRouter(prefix="/v1/sessions", tags=["sessions"])

Format = Literal["md", "html", "json", "text"]
_FORMS: dict[Format, tuple[str, str, Callable[[Report], str]]] = {
    "md": ("md", "text/markdown; charset=utf-8", Report.to_markdown),
    "html": ("html", "text/html; charset=utf-8", Report.to_html),
    "json": ("json", "application/json", lambda report: json.dumps(report.to_dict(), ensure_ascii=False)),
    "text": ("txt", "text/plain; charset=utf-8", Report.to_text),
}
_KINDS = {
    kind.partition(";")[0]: {"schema": {"type": "object" if form == "json" else "string"}}
    for form, (_, kind, _) in _FORMS.items()
}
_OUTCOMES: dict[str, Example] = {
    "it helped": {"value": {"outcome": "fixed"}},
    "it did not": {"value": {"outcome": "not_fixed", "comment": "What happened instead."}},
}


@router.get(
    "/{session_id}/report",
    summary="Report of a session",
    operation_id="report",
    response_class=Response,
    responses={
        200: {"content": _KINDS, "description": "The report, as a file to keep."},
        **problems(_403="Only keys with the scope admin see names unmasked."),
    },
)
def report(
    session_id: SessionId,
    service: TheService,
    principal: ThePrincipal,
    form: Annotated[Format, Query(alias="format", description="Form of the report.")] = "md",
    unmasked: Annotated[bool, Query(description="Leave names of machines, people and networks as they are.")] = False,
) -> Response:
    """Return everything that the session came to, names masked; JSON as `syncsage/report.schema.json` describes it."""
    if unmasked and "admin" not in principal.scopes:
        raise ProblemError(403, "names are shown to keys with the scope admin only: leave unmasked out")
    kept = service.desk.read(principal.sees, session_id)
    made = kept.session.report(unmasked=unmasked, made=service.desk.clock())
    ending, kind, written = _FORMS[form]
    name = f"report-{kept.row.id[:8]}-{kept.row.version}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": kind}
    return Response(written(made).encode("utf-8", "replace"), headers=headers)


@router.get(
    "/{session_id}/explain",
    summary="Explain where a session stands",
    operation_id="explain_session",
    responses=problems(_404="There is no such session, or no such cause.", _422="What is asked about is missing."),
)
def explain(
    session_id: SessionId,
    service: TheService,
    principal: ThePrincipal,
    about: Annotated[About, Query()],
) -> Any:
    """Explain the step that a session has come to, as `syncsage/explanation.schema.json` describes it.

    Why the next question comes next; how a cause stands, or why it is not the first; what an answer would move; what
    is known and where from; which rules fired.
    """
    session = service.desk.read(principal.sees, session_id).session
    return explained(session.engine, session.step, about, session.said)


@router.post(
    "/{session_id}/feedback",
    status_code=201,
    response_model=FeedbackKept,
    summary="Say how it turned out",
    operation_id="feedback",
    responses=problems(**ONCE),
)
def feedback(
    session_id: SessionId,
    given: Annotated[FeedbackIn, Body(openapi_examples=_OUTCOMES)],
    service: TheService,
    principal: ThePrincipal,
    once: TheOnce,
) -> Response:
    """Say how what was proposed turned out; it is kept with the session and changes nothing in it."""

    def told(entry: Feedback) -> Reply:
        return Reply(201, {}, FeedbackKept(id=entry.id).model_dump_json().encode(), session_id)

    return once.do(
        given,
        lambda then: service.desk.feedback(principal.sees, session_id, given.outcome, given.cause, given.comment, then),
        told,
    )
