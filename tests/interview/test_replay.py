"""A kept session on other knowledge: what is gone, what moved, what comes next."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from syncsage.engine import Engine
from syncsage.errors import InputError
from syncsage.session import Session, replay
from syncsage.step import UNKNOWN


@pytest.fixture
def skipping(certain_engine: Engine, tmp_path: Path) -> Path:
    session = certain_engine.session()
    session.answer("problem", "chain-skips")
    session.answer("cable-tension", "slack")
    session.answer("skips-in", UNKNOWN, "not_applicable")
    session.save(tmp_path / "ride.jsonl")
    return tmp_path / "ride.jsonl"


@pytest.fixture
def changed(certain_engine: Engine) -> Engine:
    """The bicycle knowledge of a later day: a renamed answer, and a loose cable is no sign any more."""
    kb = certain_engine.kb
    finding = kb.findings["skips-in"]
    renamed = replace(finding, id="skips-where")
    slack = replace(kb.causes["shift-cable-slack"], evidence={"skips-where": {"one-gear": "likely"}}, prior="rare")
    worn = replace(kb.causes["chain-worn"], evidence={"chain-gauge": {"drops-in": "always", "stays-out": "never"}})
    findings = {id_: f for id_, f in kb.findings.items() if id_ != "skips-in"} | {"skips-where": renamed}
    causes = {**kb.causes, "shift-cable-slack": slack, "chain-worn": worn}
    return Engine(replace(kb, findings=findings, causes=causes, version="bicycle-later"))


def test_the_same_knowledge_comes_to_the_same(certain_engine: Engine, skipping: Path) -> None:
    answer = replay(certain_engine, skipping)
    assert answer.same
    assert (answer.moved, answer.gone, answer.events) == ((), (), 3)
    assert answer.knowledge_before == answer.knowledge_after == certain_engine.kb.version
    assert answer.before == answer.after


def test_other_knowledge_shows_what_is_gone_and_what_moved(changed: Engine, skipping: Path) -> None:
    content = skipping.read_bytes()
    answer = replay(changed, skipping)
    assert not answer.same
    assert (answer.knowledge_before, answer.knowledge_after) != (answer.knowledge_after, answer.knowledge_before)
    assert answer.knowledge_after == "bicycle-later"
    assert [(g.number, g.id, g.value) for g in answer.gone] == [(3, "skips-in", "unknown")]
    assert "no finding 'skips-in'" in answer.gone[0].why
    assert {(m.id, m.before, m.after) for m in answer.moved} == {
        ("shift-cable-slack", "likely", "possible"),
        ("chain-worn", "possible", "possible"),
    }
    assert answer.events == 2
    assert skipping.read_bytes() == content


def test_a_session_goes_on_without_the_answers_that_are_gone(
    certain_engine: Engine, changed: Engine, skipping: Path
) -> None:
    with Session.open(changed, skipping) as session:
        assert [gone.number for gone in session.gone] == [3]
        assert [event.number for event in session.events] == [1, 2]
        assert len(session.log) == 3
    again = replay(changed, skipping)
    assert (again.knowledge_before, again.moved) == ("bicycle-later", ())
    back = replay(certain_engine, skipping)  # the answer is known there, and compared with how it stood last
    assert {m.id for m in back.moved} == {"shift-cable-slack", "chain-worn"}
    assert back.gone == ()


def test_a_file_without_outcomes_says_so(certain_engine: Engine, tmp_path: Path) -> None:
    old = {"format": 1, "events": [{"kind": "answered", "id": "chain-oiled", "value": "no"}]}
    (tmp_path / "old.json").write_text(json.dumps(old), "utf-8")
    answer = replay(certain_engine, tmp_path / "old.json")
    assert (answer.before, answer.moved, answer.same) == (None, (), False)


def test_a_damaged_file_is_not_replayed(certain_engine: Engine, skipping: Path) -> None:
    skipping.write_bytes(skipping.read_bytes().replace(b'"kind":"answered"', b'"kind":"sung"', 1))
    with pytest.raises(InputError, match="line 2 is damaged"):
        replay(certain_engine, skipping)


def test_the_difference_keeps_its_schema(changed: Engine, skipping: Path) -> None:
    schema = json.loads(files("syncsage").joinpath("explanation.schema.json").read_text("utf-8"))
    data: dict[str, Any] = json.loads(json.dumps(replay(changed, skipping).to_dict()))
    jsonschema.Draft202012Validator({"$ref": "#/$defs/replay", "$defs": schema["$defs"]}).validate(data)
