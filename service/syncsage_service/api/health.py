"""Whether the service lives, and whether it can work."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import text

from syncsage_service.problems import ProblemError
from syncsage_service.service import TheService

router = APIRouter(tags=["health"])


@router.get("/healthz")
def alive() -> dict[str, str]:
    """Say that the process lives."""
    return {"status": "ok"}


@router.get("/readyz")
def ready(service: TheService) -> dict[str, str]:
    """Say whether knowledge and database can be used."""
    try:
        with service.database.connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception as error:
        raise ProblemError(503, "the database does not answer") from error
    return {"status": "ok", "knowledge": service.engines.current.kb.version}
