"""The description of the API: true, and with examples from the knowledge in use."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from fastapi.testclient import TestClient


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
