"""Whether the service lives, whether it can work, and its figures."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from syncsage_service.api.described import problems
from syncsage_service.problems import ProblemError
from syncsage_service.service import TheService

router = APIRouter(tags=["health"])
admin = APIRouter(tags=["administration"])

_AGAIN = {"Retry-After": "1"}


class AliveOut(BaseModel):
    """The process lives."""

    status: str


class ReadyOut(BaseModel):
    """Knowledge, model and database can be used."""

    status: str
    knowledge: str


@router.get("/healthz", summary="Tell whether the process lives", operation_id="alive")
def alive() -> AliveOut:
    """Say that the process lives; nothing else is looked at."""
    return AliveOut(status="ok")


@router.get("/readyz", summary="Tell whether the service can work", operation_id="ready", responses=problems(503))
def ready(service: TheService) -> ReadyOut:
    """Say whether knowledge, model and database can be used."""
    try:
        with service.database.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise ProblemError(503, "the database does not answer", _AGAIN) from error
    if not service.engines.warm:
        raise ProblemError(503, "the embedding model is not loaded yet", _AGAIN)
    return ReadyOut(status="ok", knowledge=service.engines.current.kb.version)


@admin.get(
    "/metrics",
    summary="Figures for Prometheus",
    operation_id="metrics",
    response_class=Response,
    responses={200: {"description": "Figures.", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(service: TheService) -> Response:
    """Return figures in the text format of Prometheus. Needs the scope ``admin`` where keys exist."""
    return Response(service.metrics.text(), media_type="text/plain; version=0.0.4")
