"""What embedders rely on: names, JSON, and the examples of the documentation."""

from __future__ import annotations

import doctest
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import syncsage
from syncsage import Engine, Evidence
from syncsage.step import UNKNOWN, Step

ROOT = Path(__file__).resolve().parents[1]
KNOWN = "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync"

NAMES = {
    "Engine",
    "Evidence",
    "EvidenceError",
    "InputError",
    "KnowledgeError",
    "Match",
    "ModelError",
    "Observation",
    "Parsed",
    "RuleLimitError",
    "Session",
    "SessionBusyError",
    "Step",
    "SyncSageError",
    "UnknownIdError",
    "__version__",
}


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(files("syncsage").joinpath("step.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine.load(cache_dir=tmp_path_factory.mktemp("cache"))


def test_the_public_names_are_these() -> None:
    assert set(syncsage.__all__) == NAMES
    assert len(syncsage.__all__) == len(NAMES)
    assert all(hasattr(syncsage, name) for name in syncsage.__all__)


def test_every_error_has_one_base() -> None:
    errors = [getattr(syncsage, name) for name in NAMES if name.endswith("Error")]
    assert len(errors) == 8
    assert all(issubclass(error, syncsage.SyncSageError) for error in errors)


def plain(step: Step) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(step.to_dict()))
    return data


BICYCLE_STEPS: list[tuple[str, list[Evidence]]] = [
    ("", []),
    ("", [Evidence("error-text", "nothing")]),
    ("E21 check speed sensor", []),
    ("E21 check speed sensor", [Evidence("magnet-at-sensor", "no")]),
    ("E10 battery not found\nBATTERY node 10 up", [Evidence("battery-lights", "dark")]),
    ("the chain jumps over the teeth", [Evidence("chain-gauge", UNKNOWN, "later")]),
    ("the chain jumps over the teeth", [Evidence("cable-tension", UNKNOWN), Evidence("skips-in", UNKNOWN)]),
    ("the chain jumps over the teeth", [Evidence("chain-gauge", "drops-in")]),
    ("the chain jumps over the teeth", [Evidence("fix:chain-worn", "worked")]),
    ("the chain jumps over the teeth", [Evidence("fix:chain-worn", "failed")]),
    ("my bike squeaks", [Evidence("chain-oiled", "yes"), Evidence("noise-when", "pedalling")]),
    ("E21 check speed sensor", [Evidence("display-on", "no"), Evidence("start-step", "ready")]),
    ("crack in the frame", []),
    ("my car does not start, engine warning light is on", []),
    ("quarterly tax return", [Evidence("error-text", "nothing")]),
]


@pytest.mark.parametrize(("text", "evidence"), BICYCLE_STEPS)
def test_steps_keep_their_schema(
    engine: Engine, validator: jsonschema.Draft202012Validator, text: str, evidence: list[Evidence]
) -> None:
    validator.validate(plain(engine.diagnose(evidence, text=text)))


def test_the_schema_is_met_by_every_kind_of_step(engine: Engine) -> None:
    """The cases above show every stop reason but two, and every kind of next step."""
    steps = [engine.diagnose(evidence, text=text) for text, evidence in BICYCLE_STEPS]
    reasons = {step.stop_reason for step in steps}
    assert reasons >= {None, "identified", "healthy", "resolved", "pointer", "not-covered", "nothing-told"}
    assert {step.next.kind for step in steps if step.next} == {"question", "check", "fix"}


def objects(schema: Any) -> list[dict[str, Any]]:
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    own = [schema] if isinstance(schema, dict) and schema.get("type") == "object" else []
    return own + [found for item in inner for found in objects(item)]


def test_the_schema_allows_nothing_else(engine: Engine, validator: jsonschema.Draft202012Validator) -> None:
    shapes = objects(validator.schema)
    assert len(shapes) == 12
    for shape in shapes:
        assert shape["additionalProperties"] is False
        assert sorted(shape["required"]) == sorted(shape["properties"])
    data = plain(engine.diagnose(text="E21 check speed sensor"))
    for broken in (data | {"extra": 1}, data | {"match": "sure"}, {k: v for k, v in data.items() if k != "asked"}):
        assert not validator.is_valid(broken)
    data["next"]["extra"] = 1
    assert not validator.is_valid(data)


def test_bundled_knowledge_keeps_the_schema_all_the_way(
    bundled: Engine, validator: jsonschema.Draft202012Validator
) -> None:
    for first in (True, False):
        evidence: list[Evidence] = []
        for _ in range(30):
            step = bundled.diagnose(evidence, text=KNOWN)
            validator.validate(plain(step))
            if step.next is None or step.stop_reason == "resolved":
                break
            choices = step.next.choices
            value = "failed" if step.next.kind == "fix" else choices[0 if first else -1].value
            evidence.append(Evidence(step.next.id, value))
        else:
            pytest.fail("the interview does not end")


@pytest.mark.parametrize("document", ["the package", "docs/embedding.md", "docs/helpdesk.md"])
def test_documented_examples_work(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    text = (syncsage.__doc__ or "") if document == "the package" else (ROOT / document).read_text("utf-8")
    examples = doctest.DocTestParser().get_doctest(text.replace("```", ""), {}, document, document, 0)
    assert examples.examples
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples, out=report.append)
    assert result.failed == 0, "".join(report)


def test_the_documentation_names_every_reason_to_stop(validator: jsonschema.Draft202012Validator) -> None:
    schema: Any = validator.schema
    text = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    for reason in schema["properties"]["stop_reason"]["enum"]:
        assert reason is None or f"`{reason}`" in text
