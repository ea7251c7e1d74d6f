"""The shipped schemas themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from syncsage.knowledge.files import FileKind
from syncsage.knowledge.schema import read_schema

NAMES = [*get_args(FileKind), "common"]


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema and "type" in schema:
            yield schema
        for inner in schema.values():
            yield from objects(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from objects(inner)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_valid_and_says_which_draft(name: str) -> None:
    schema = read_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"{name}.schema.json"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", NAMES)
def test_unknown_fields_are_refused_everywhere(name: str) -> None:
    found = list(objects(read_schema(name)))
    assert found
    assert all(schema.get("additionalProperties") is False for schema in found)
