"""Whatever is sent to any endpoint, fitting or not, is answered as the description of the API says."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from tests.service.adapters.support import timed
from tests.service.conftest import local

from syncsage_service.api.description import described_api

#: Making a request takes as long as it takes.
_UNCHECKED = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
#: Whether the knowledge has an id is more than a schema can say: such a request fits, and is refused.
_NEVER = [positive_data_acceptance]
#: An id that is none may have been all that did not fit; it was put right.
_PUT_RIGHT = [*_NEVER, negative_data_rejection]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "not fitting"])
def test_whatever_is_sent_is_answered_as_described(app: FastAPI, mode: GenerationMode) -> None:
    seen: dict[str, set[int]] = {}
    with local(app) as client:
        schema = schemathesis.openapi.from_dict(described_api(app, app.state.service.engines.current))
        for operation in schema.get_all_operations():
            assert isinstance(operation, Ok)
            _try(operation.ok(), client, mode, seen.setdefault(str(operation.ok().label), set()))
    if mode is GenerationMode.POSITIVE:  # an endpoint that only ever refuses was not tried
        assert [label for label, statuses in seen.items() if min(statuses) >= 400] == []
    assert len(seen) == 22


def _try(operation: Any, client: TestClient, mode: GenerationMode, seen: set[int]) -> None:
    cases = operation.as_strategy(generation_mode=mode)

    @settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=_UNCHECKED)
    @given(case=cases, real=st.booleans())
    def answered(case: Any, real: bool) -> None:
        unchecked = _PUT_RIGHT if real and _put_right(case, client) else _NEVER
        asked = case.as_transport_kwargs(base_url="http://127.0.0.1")
        taken = {name: asked[name] for name in ("method", "url", "params", "json", "headers") if name in asked}
        answer = client.request(**taken, content=asked.get("data"))
        seen.add(answer.status_code)
        case.validate_response(answer, excluded_checks=unchecked)

    with suppress(Unsatisfiable):  # nothing that can be wrong
        answered()


def _put_right(case: Any, client: TestClient) -> bool:
    """Let a request reach what random ones never do; tell whether that was needed."""
    if "session_id" in case.path_parameters:
        case.path_parameters["session_id"] = _a_session(client)
    elif case.path == "/v1/track":
        case.body, case.media_type = b"E21\n", "text/plain"
    elif case.path.startswith("/v1/hooks/"):
        case.path_parameters["source"] = "generic"
        case.body, case.media_type = b'{"ticket": "4711", "text": "E21"}', "application/octet-stream"
        case.headers = {**(case.headers or {}), **timed(case.body)}
    else:
        return False
    return True


def _a_session(client: TestClient) -> str:
    """Return the id of a session that is there: the last one, unless it was deleted by now."""
    found = client.get("/v1/sessions", params={"limit": 1}).json()["sessions"]
    return str(found[0]["id"] if found else client.post("/v1/sessions", json={"text": "E21"}).json()["id"])
