"""What tools return: data under a published schema, and the same as text for the model and the person."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from mcp.types import CallToolResult, TextContent

from syncsage import Engine, Step
from syncsage.step import Evidence
from syncsage_cli.render import step as view
from syncsage_cli.render.page import BLANK, Block, heading, paint, paragraph, rows
from syncsage_service.mcp.said import Ended, Said

_WIDTH = 100
_ENDED = {
    "declined": "The person did not want to answer this question.",
    "cancelled": "The questions were broken off.",
    "limit": "Enough questions for one call: call again with all evidence so far to go on.",
}
_GO_ON = "To answer it, call diagnose again with the same text and, in evidence, every answer so far and this one."
_TRIED = "To say how it went, call diagnose again with id {id!r} and the value worked or failed in evidence."


def result(data: dict[str, Any], blocks: Sequence[Block]) -> CallToolResult:
    """Return data and text as the result of a tool."""
    text = paint(blocks, width=_WIDTH, colour=False).strip("\n")
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=data)


def diagnosis(engine: Engine, said: Said) -> CallToolResult:
    """Return where everything said leads."""
    session = said.session(engine)
    data = {
        "step": session.step.to_dict(),
        "evidence": [{"id": e.id, "value": e.value, "reason": e.reason} for e in said.evidence],
        "added": [event.text for event in session.events if event.kind == "told"][1 if said.text.strip() else 0 :],
        "ended": said.ended,
    }
    return result(data, _page(session.step, said))


def _page(step: Step, said: Said) -> list[Block]:
    blocks = view.recognised(step) + view.causes(step) + view.procedures(step) + view.ending(step)
    if said.ended in _ENDED:
        blocks += [BLANK, paragraph(_ENDED[said.ended])]
    if step.next is not None and step.next.kind == "fix":
        blocks += [BLANK, *view.fix(step.next), BLANK, paragraph(_TRIED.format(id=step.next.id))]
    elif step.next is not None:
        blocks += [BLANK, *view.question(step.next, step.asked + 1), *view.values(view.answers_of(step.next))]
        blocks += [BLANK, paragraph(f"Its id is {step.next.id!r}; the value 'unknown' always fits. {_GO_ON}")]
    blocks += view.to_collect(step)
    return blocks + _known(said.evidence)


def _known(evidence: Sequence[Evidence]) -> list[Block]:
    if not evidence:
        return []
    cells = [(item.id, f"{item.value} ({item.reason})" if item.value == "unknown" else item.value) for item in evidence]
    return [BLANK, heading("Evidence so far"), rows(cells)]


@cache
def schema(name: str) -> dict[str, Any]:
    """Return a JSON Schema that the engine ships."""
    read: dict[str, Any] = json.loads(files("syncsage").joinpath(f"{name}.schema.json").read_text("utf-8"))
    return read


def diagnosis_schema() -> dict[str, Any]:
    """Return the schema of what ``diagnose`` returns."""
    word = {"type": "string"}
    answer = {"type": "object", "properties": {"id": word, "value": word, "reason": word}, "required": ["id", "value"]}
    return {
        "type": "object",
        "$defs": _with_step({}),
        "properties": {
            "step": {"$ref": "step.schema.json"},
            "evidence": {"type": "array", "items": answer, "description": "Everything answered so far."},
            "added": {"type": "array", "items": word, "description": "Texts that the person added when asked."},
            "ended": {"enum": list(get_args(Ended))},
        },
        "required": ["step", "evidence", "added", "ended"],
    }


def explanation_schema() -> dict[str, Any]:
    """Return the schema of what ``explain`` returns; it names that of a step, which comes with it."""
    explanation = schema("explanation")
    return explanation | {"$defs": _with_step(explanation["$defs"])}


def procedure_schema() -> dict[str, Any]:
    """Return the schema of what ``procedure`` returns."""
    definitions = schema("step")["$defs"]
    return {**definitions["procedure"], "$defs": definitions}


def _with_step(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return definitions with the schema of a step, bundled under its own name (JSON Schema 2020-12, 9.3.1)."""
    return {**definitions, "step": schema("step")}
