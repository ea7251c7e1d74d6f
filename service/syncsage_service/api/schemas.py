"""Schemas of what the engine returns, as components of the description: those that it ships, and those of its types."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter

from syncsage.knowledge.model import Cause, Finding, Problem, Procedure
from syncsage.observing.logs.model import Track
from syncsage.observing.meaning import LookupResult
from syncsage.observing.model import CodeHit
from syncsage_service import problems

_HOME = "#/components/schemas/"
_Entry = Problem | Cause | Finding | Procedure


@cache
def schemas() -> dict[str, Any]:
    """Return schemas by name."""
    found: dict[str, Any] = {"Problem": problems.SCHEMA}
    found |= _shipped("step", "Step") | _shipped("explanation", "Explanation")
    found |= _typed("Lookup", LookupResult) | _typed("Track", Track) | _typed("KnowledgeEntry", _Entry)
    found |= _typed("ParsedCode", CodeHit)
    kinds = ("why", "explanation", "why_not", "what_if", "facts")
    some = [*(_ref(f"Explanation_{kind}") for kind in kinds), _list("Explanation_rule_state")]
    found["AnyExplanation"] = {"description": "One explanation, as it was asked for.", "anyOf": some}
    found["Facts"] = _ref("Explanation_facts")
    found["ParsedCode"]["properties"]["where"] = _ref("Step_span")
    found["Track"]["properties"]["known"] = {"type": "object", "additionalProperties": {"type": "string"}}
    found["Parsed"] = _parsed(found["Step"])
    del found["Explanation"]  # several at once, as a file of the command line has them
    return found


def _parsed(step: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "level": step["properties"]["match"],
        "problems": _list("Step_match"),
        "nearest": _list("Step_match"),
        "observations": _list("Step_observation"),
        "codes": _list("ParsedCode"),
        "salient": {"type": "array", "items": {"type": "string"}},
        "masked": {"type": "integer", "description": "Secrets that were masked."},
        "notes": {"type": "array", "items": {"type": "string"}},
    }
    return {"title": "Parsed", "type": "object", "properties": properties, "required": list(properties)}


def _shipped(name: str, called: str) -> dict[str, Any]:
    """Return a schema that the engine ships, with its definitions as components of their own."""
    schema = json.loads(files("syncsage").joinpath(f"{name}.schema.json").read_text("utf-8"))
    return _spread(schema, called)


def _typed(called: str, kind: Any) -> dict[str, Any]:
    """Return the schema of a type of the engine, as its plain form has it."""
    return _spread(TypeAdapter(kind).json_schema(mode="serialization"), called)


def _spread(schema: dict[str, Any], called: str) -> dict[str, Any]:
    below = {name: _moved(part, called) for name, part in schema.pop("$defs", {}).items()}
    top = {key: part for key, part in schema.items() if key not in ("$schema", "$id")}
    return {called: _moved(top, called)} | {f"{called}_{name}": part for name, part in below.items()}


def _moved(part: Any, called: str) -> Any:
    """Return a part of a schema with its references to where definitions now lie. Times of logs may lack a zone."""
    if isinstance(part, list):
        return [_moved(item, called) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _reference(value, called) if key == "$ref" else _moved(value, called)
        for key, value in part.items()
        if (key, value) != ("format", "date-time")
    }


def _reference(value: str, called: str) -> str:
    """Return where a reference leads to now: to a definition beside it, or to another schema that is shipped."""
    if value.startswith("#/$defs/"):
        return f"{_HOME}{called}_{value.removeprefix('#/$defs/')}"
    return _HOME + value.removesuffix(".schema.json").capitalize()


def _ref(name: str) -> dict[str, str]:
    return {"$ref": _HOME + name}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}
