"""The description of the API (OpenAPI 3.1), with schemas of the engine and examples from the knowledge in use."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from syncsage import Engine
from syncsage_service.api.described import problems
from syncsage_service.api.examples import Operations, add_examples
from syncsage_service.api.schemas import schemas
from syncsage_service.service import TheService

router = APIRouter(include_in_schema=False)

_ABOUT = """Finds causes: a text or answers lead to a step, which names the causes in question and what to ask, check
or fix next. Errors are problems of RFC 9457. Where keys exist, each request brings one:
`Authorization: Bearer ssk_...`."""
#: Problems that every operation of the API may answer with, and those of operations with a body besides.
_ALWAYS = (400, 401, 403, 429, 500, 503)
_WITH_BODY = (408, 413, 415)


@router.get("/openapi.json")
def description(request: Request, service: TheService) -> JSONResponse:
    """Return the description, made once for each knowledge."""
    app: FastAPI = request.app
    version = service.engines.current.kb.hash
    made = app.openapi_schema
    if made is None or made.get("x-knowledge") != version:
        made = app.openapi_schema = described_api(app, service.engines.current) | {"x-knowledge": version}
    return JSONResponse(made)


def described_api(app: FastAPI, engine: Engine) -> dict[str, Any]:
    """Return the description of ``app``, with examples from the knowledge of ``engine``."""
    made = get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes)
    components = made.setdefault("components", {})
    own = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        own.pop(unused, None)
    own |= schemas()
    if "step" in own.get("SessionOut", {}).get("properties", {}):
        own["SessionOut"]["properties"]["step"] = {"$ref": "#/components/schemas/Step"}
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "description": "An API key."}}
    operations: Operations = {
        (path, method): operation for path, methods in made["paths"].items() for method, operation in methods.items()
    }
    for (path, _), operation in operations.items():
        _add_problems(path, operation)
    add_examples(operations, engine)
    return made


def _add_problems(path: str, operation: dict[str, Any]) -> None:
    """Name the problems that layers before the endpoint answer with; those of the endpoint itself stay as they are."""
    if not (path.startswith("/v1/") or path == "/metrics"):
        return
    operation["security"] = [{}] if path.startswith("/v1/hooks/") else [{"key": []}, {}]
    takes = operation.get("parameters") or "requestBody" in operation
    statuses = (*_ALWAYS, *(_WITH_BODY if "requestBody" in operation else ()), *((422,) if takes else ()))
    statuses = (*statuses, 404) if "{" in path else statuses
    responses = operation["responses"]
    for status, words in problems(*statuses).items():
        usual = "HTTPValidationError" in str(responses.get(str(status)))
        responses[str(status)] = words if usual else responses.get(str(status), words)
