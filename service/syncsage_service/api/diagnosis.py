"""Stateless endpoints: everything that is needed comes with the request, and nothing is kept."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from syncsage import Engine, Parsed, Step
from syncsage.errors import UnknownIdError
from syncsage.serialise import parsed_to_dict
from syncsage_service.api.described import gives
from syncsage_service.api.explained import explained
from syncsage_service.api.models import About, DiagnosisIn, ExplainIn, ParseIn
from syncsage_service.problems import ProblemError
from syncsage_service.service import Service, TheService

router = APIRouter(prefix="/v1", tags=["diagnosis"])


@router.post(
    "/diagnosis",
    summary="Diagnose a text and answers",
    operation_id="diagnose",
    response_class=JSONResponse,
    responses=gives("Where the diagnosis stands: causes, and the next question, check or fix.", "Step"),
)
def diagnose(given: DiagnosisIn, service: TheService) -> JSONResponse:
    """Return the step that a text and answers lead to. The same request always gives the same step.

    Nothing is kept: send the text and all answers so far again with the next one. ``scope`` is what is known
    beforehand, such as what a helpdesk knows of a customer; an answer goes before it.
    """
    step, _ = _step(service, given)
    return JSONResponse(step.to_dict())


@router.post(
    "/parse",
    summary="Understand a text",
    operation_id="parse",
    response_class=JSONResponse,
    responses=gives("What the text speaks of: problems, findings and codes, with their lines.", "Parsed"),
)
def parse(given: ParseIn, service: TheService) -> JSONResponse:
    """Return what a text speaks of, without a diagnosis."""
    return JSONResponse(parsed_to_dict(_parsed(service, service.engines.current, given.text)))


@router.post(
    "/explain",
    summary="Explain a diagnosis",
    operation_id="explain",
    response_class=JSONResponse,
    responses=gives("The explanation that was asked for.", "AnyExplanation"),
)
def explain(given: ExplainIn, service: TheService) -> JSONResponse:
    """Explain the step that a text and answers lead to: why, how, why not, what if, or rule by rule."""
    step, engine = _step(service, given)
    with service.metrics.working("explain"):
        try:
            told = explained(engine, step, given.about())
        except UnknownIdError as error:  # the address is there: it is the request that names something unknown
            raise ProblemError(422, str(error)) from error
    return JSONResponse(told)


@router.post(
    "/facts",
    summary="List what is known",
    operation_id="facts",
    response_class=JSONResponse,
    responses=gives("What is known and where from, and what was asked for and is not.", "Facts"),
)
def facts(given: DiagnosisIn, service: TheService) -> JSONResponse:
    """Return everything that is known in the step that a text and answers lead to, and where each fact comes from."""
    step, engine = _step(service, given)
    with service.metrics.working("explain"):
        return JSONResponse(explained(engine, step, About(what="facts")))


def _parsed(service: Service, engine: Engine, text: str) -> Parsed:
    with service.metrics.working("parse"):
        parsed = engine.parse(text)
    if text.strip():
        service.metrics.matches.labels(parsed.level).inc()
    return parsed


def _step(service: Service, given: DiagnosisIn) -> tuple[Step, Engine]:
    """Return the step with the engine that made it: the one in use may be another a moment later."""
    engine = service.engines.current
    evidence = [item.evidence() for item in given.evidence]
    parsed = _parsed(service, engine, given.text)
    with service.metrics.working("diagnose"):
        return engine.diagnose(evidence, scope=given.scope, parsed=parsed), engine
