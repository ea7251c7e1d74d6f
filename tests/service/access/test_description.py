"""The description of the API: true, and with examples from the knowledge in use."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import jsonschema
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.service.conftest import local

from syncsage_service.api.description import described_api

#: Making a request takes as long as it takes.
_UNCHECKED = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


def _schema(described: Any, part: Any) -> Any:
    return {"components": described["components"], **part}


def test_examples_fit_what_is_described_and_what_is_answered(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    shown = 0
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
            if "example" not in content:
                continue
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
            chosen = {p["name"]: p.get("example") for p in operation.get("parameters", ())}
            answer = client.request(method, path.format(**chosen), json=body)
            assert answer.json() == content["example"], path
            jsonschema.validate(answer.json(), _schema(described, content["schema"]))
            shown += 1
    assert shown == 7


def test_every_operation_of_the_api_says_what_can_go_wrong(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert "/v1/diagnosis" in described["paths"]
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert operation["operationId"].replace("_", "").isalpha(), path
            assert operation["responses"], path
            if path.startswith("/v1/"):
                for status in ("400", "401", "403", "429", "500", "503"):
                    assert "application/problem+json" in operation["responses"][status]["content"], (path, status)


def test_every_reference_leads_somewhere(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    references = {part.partition('"')[0] for part in json.dumps(described).split('"$ref": "#/components/schemas/')[1:]}
    assert references
    assert references <= set(described["components"]["schemas"])


def test_no_page_that_loads_from_elsewhere(client: TestClient) -> None:
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "not fitting"])
def test_whatever_is_sent_is_answered_as_described(app: FastAPI, mode: GenerationMode) -> None:
    with local(app) as client:
        schema = schemathesis.openapi.from_dict(described_api(app, app.state.service.engines.current))
        for operation in schema.exclude(path_regex="^/v1/sessions|/reload$").get_all_operations():
            assert isinstance(operation, Ok)
            _try(operation.ok(), client, mode)


def _try(operation: Any, client: TestClient, mode: GenerationMode) -> None:
    cases = operation.as_strategy(generation_mode=mode)

    @settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=_UNCHECKED)
    @given(case=cases)
    def answered(case: Any) -> None:
        asked = case.as_transport_kwargs(base_url="http://127.0.0.1")
        taken = {name: asked[name] for name in ("method", "url", "params", "json", "headers") if name in asked}
        answer = client.request(**taken, content=asked.get("data"))
        # Whether the knowledge has an id is more than a schema can say: such a request fits, and is refused.
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])

    with suppress(Unsatisfiable):  # nothing that can be wrong
        answered()
