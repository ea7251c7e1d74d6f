"""Stateless endpoints: everything that is needed comes with the request, and nothing is kept."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from syncsage_service.api.models import DiagnosisIn
from syncsage_service.service import ThePrincipal, TheService

router = APIRouter(prefix="/v1", tags=["diagnosis"])


@router.post("/diagnosis")
def diagnose(given: DiagnosisIn, service: TheService, _: ThePrincipal) -> dict[str, Any]:
    """Return the step that a text and answers lead to: causes, and the next question, check or fix."""
    evidence = [item.evidence() for item in given.evidence]
    return service.engines.current.diagnose(evidence, given.text or None, given.scope).to_dict()
