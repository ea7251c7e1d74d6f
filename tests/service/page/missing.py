"""Stand-ins for endpoints that the page needs; each steps back where the application has the endpoint itself."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI, Request, Response

from syncsage.observing.text import decode
from syncsage.report.timeline import timeline
from syncsage.report.timeline_html import to_html
from syncsage.serialise import track_to_dict
from syncsage_service.service import ThePrincipal, TheService


def kb(service: TheService) -> dict[str, str]:
    known = service.engines.current.kb
    return {
        "id": known.domain.id,
        "version": known.version,
        "hash": known.hash,
        "title": known.domain.title,
        "greeting": known.domain.greeting,
    }


def explain(session_id: str, what: str, service: TheService, principal: ThePrincipal, cause: str = "") -> Any:
    session = service.desk.read(principal.sees, session_id).session
    engine = session.engine
    match what:
        case "why":
            return engine.why(session.step).to_dict()
        case "how":
            return engine.explain(session.step, cause, session.said).to_dict()
        case "whynot":
            return engine.why_not(session.step, cause, session.said).to_dict()
        case _:
            return engine.facts(session.step, session.said).to_dict()


def report(session_id: str, format: str, service: TheService, principal: ThePrincipal) -> Response:
    made = service.desk.read(principal.sees, session_id).session.report()
    if format == "json":
        return Response(json.dumps(made.to_dict()), media_type="application/json")
    body = {"md": made.to_markdown, "html": made.to_html, "text": made.to_text}[format]()
    return Response(body, media_type="text/plain")


async def track(request: Request, service: TheService) -> Any:
    engine = service.engines.current
    found = engine.track(decode(await request.body()).text)
    if request.headers["Accept"] == "text/html":
        return Response(to_html(timeline(found, engine.kb)), media_type="text/html")
    return track_to_dict(found)


def fill_in(app: FastAPI) -> None:
    """Add the endpoints that ``app`` lacks."""
    there = set(app.openapi()["paths"])
    app.openapi_schema = None
    for method, path, endpoint in (
        ("GET", "/v1/kb", kb),
        ("GET", "/v1/sessions/{session_id}/explain", explain),
        ("GET", "/v1/sessions/{session_id}/report", report),
        ("POST", "/v1/track", track),
    ):
        if path not in there:
            app.add_api_route(path, endpoint, methods=[method], response_model=None)
