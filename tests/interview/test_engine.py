"""The engine as embedders call it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from syncsage.engine import Engine, user_cache
from syncsage.errors import EvidenceError, KnowledgeError, UnknownIdError
from syncsage.interview import NOTHING
from syncsage.knowledge.model import KnowledgeBase, ProcedureStep, Variant
from syncsage.observing.model import Observation, Parsed, Span
from syncsage.reasoning.python import PythonMatcher
from syncsage.serialise import parsed_to_dict
from syncsage.step import Evidence, Step

Understood = Callable[..., Parsed]


def test_a_folder_is_loaded_with_and_without_a_cache(bicycle_folder: Path, tmp_path: Path) -> None:
    for cache in (None, tmp_path, str(tmp_path)):
        engine = Engine.load(str(bicycle_folder), cache_dir=cache)
        assert "chain-worn" in engine.kb.causes
    assert [file.name for file in tmp_path.iterdir()], "the compiled knowledge is kept"


def test_an_overlay_replaces_and_adds(bicycle_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "problems").mkdir()
    text = (bicycle_folder / "problems" / "frame-cracked.yaml").read_text("utf-8")
    changed = text.replace("The frame has a crack", "Our frames crack")
    (tmp_path / "problems" / "frame-cracked.yaml").write_text(changed, "utf-8")
    engine = Engine.load(bicycle_folder, overlays=[tmp_path], cache_dir=None)
    assert engine.kb.problems["frame-cracked"].title == "Our frames crack"
    assert "chain-skips" in engine.kb.problems


def test_faulty_knowledge_is_told_with_every_fault(bicycle_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "causes").mkdir()
    (tmp_path / "causes" / "new.yaml").write_text("id: other\ntitle: x\n", "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        Engine.load(bicycle_folder, overlays=[tmp_path], cache_dir=None)
    assert caught.value.faults
    assert all(fault.file == "causes/new.yaml" for fault in caught.value.faults)


def test_the_cache_of_the_user_is_named_after_the_program() -> None:
    assert user_cache().name == "syncsage"


def test_the_rule_engine_can_be_chosen(bicycle: KnowledgeBase, certain_engine: Engine) -> None:
    assert Engine(bicycle, matcher=PythonMatcher(certain_engine.rules)).matcher_name == "python"
    assert certain_engine.matcher_name in ("durable_rules", "python")


# --------------------------------------------------------------------------------------------------------------- scope
def test_scope_is_known_beforehand_and_answers_go_before_it(certain_engine: Engine) -> None:
    scoped = certain_engine.diagnose([Evidence("problem", "chain-skips")], scope={"chain-gauge": "drops-in"})
    assert scoped.causes[0].band == "confirmed"
    answered = [Evidence("problem", "chain-skips"), Evidence("chain-gauge", "stays-out")]
    step = certain_engine.diagnose(answered, scope={"chain-gauge": "drops-in"})
    assert step == certain_engine.diagnose(answered)


def test_a_scope_that_does_not_exist_is_told(certain_engine: Engine) -> None:
    with pytest.raises(EvidenceError, match="bike-typ"):
        certain_engine.diagnose(scope={"bike-typ": "e-bike"})


def test_text_and_parsed_text_lead_to_the_same_step(certain_engine: Engine) -> None:
    text = "E21 check speed sensor"
    assert certain_engine.diagnose(text=text) == certain_engine.diagnose(parsed=certain_engine.parse(text))
    assert certain_engine.diagnose(text="") == certain_engine.diagnose() == certain_engine.diagnose(text=" \n")


# -------------------------------------------------------------------------------------------------------------- lookup
@pytest.mark.parametrize("query", ["0x80040010", "-2147221488", "2147745808", "80040010", " 0X80040010 "])
def test_a_code_is_looked_up_in_any_form(certain_engine: Engine, query: str) -> None:
    found = certain_engine.lookup(query)
    assert [entry.code for entry in found.entries] == ["0x80040010"]
    assert [(p.id, p.title) for p in found.problems] == [("battery-not-recognised", "The battery is not recognised")]
    assert (found.query, found.nearest) == (query, ())


def test_an_unknown_code_is_answered_with_the_nearest(certain_engine: Engine) -> None:
    found = certain_engine.lookup("0x80040011")
    assert (found.codes, found.entries, found.problems) == ((), (), ())
    assert found.nearest[0].code == "0x80040010"
    assert certain_engine.lookup("nothing like it").nearest == ()


# ---------------------------------------------------------------------------------------------------------- procedures
def test_a_procedure_is_shown_with_its_sources(certain_engine: Engine) -> None:
    view = certain_engine.procedure("replace-the-chain")
    assert (view.kind, view.minutes, view.risk, view.needs) == ("fix", 20, "low", ("tools",))
    assert view.sources == ("The home workshop handbook, “Drivetrain”",)
    assert len(view.steps) == 2
    with pytest.raises(UnknownIdError, match="no procedure 'nothing'"):
        certain_engine.procedure("nothing")


def test_the_variant_that_fits_what_is_known_is_shown(bicycle: KnowledgeBase, understood: Understood) -> None:
    def variant(title: str, kind: str) -> Variant:
        return Variant(title, {"brake-type": (kind,)}, (ProcedureStep(f"do {kind}", "", "go"),))

    fix = replace(bicycle.procedures["oil-the-chain"], variants=(variant("Discs", "disc"), variant("Rims", "rim")))
    engine = Engine(replace(bicycle, procedures=dict(bicycle.procedures) | {fix.id: fix}))
    plain = engine.procedure(fix.id)
    assert plain.title == fix.title
    assert [title for title, _ in plain.others] == ["Discs", "Rims"]
    rims = engine.procedure(fix.id, engine.diagnose([Evidence("brake-type", "rim")]))
    assert rims.title == f"{fix.title} (Rims)"
    assert [(step.do, step.command) for step in rims.steps] == [("do rim", "go")]
    assert [title for title, _ in rims.others] == [fix.title]
    only = replace(fix, steps=())
    engine = Engine(replace(bicycle, procedures=dict(bicycle.procedures) | {fix.id: only}))
    assert engine.procedure(fix.id).steps[0].do == "do disc"
    assert understood().level == "none"


def test_the_procedures_of_the_first_problem_are_shown(bicycle: KnowledgeBase, understood: Understood) -> None:
    problem = replace(bicycle.problems["frame-cracked"], procedures=("measure-the-chain",))
    engine = Engine(replace(bicycle, problems=dict(bicycle.problems) | {problem.id: problem}))
    step = engine.diagnose(parsed=understood("frame-cracked", level="strong"))
    assert [p.id for p in step.procedures] == ["measure-the-chain"]


def test_advice_tells_how_far_a_process_got(certain_engine: Engine, bicycle: KnowledgeBase) -> None:
    seen = (Observation("start-step", "battery", "exact", Span(1, 1), "BATTERY node 10 up"),)
    step = certain_engine.diagnose(parsed=replace(NOTHING, observations=seen))
    assert step.advice[0].startswith("Start of the e-bike: step 2 of 3 is the last one seen: Battery answers")
    assert step.advice[-1] == "Look at the contacts of the battery and at its lights."
    answered = certain_engine.diagnose([Evidence("start-step", "battery")])
    assert not any("step 2 of 3" in text for text in answered.advice)
    assert bicycle.tracking


# ------------------------------------------------------------------------------------------------------------ as data
def test_a_parsed_text_is_plain_data(certain_engine: Engine) -> None:
    data = parsed_to_dict(certain_engine.parse("x\nE21 check speed sensor, pwd=abc my e-bike"))
    assert json.loads(json.dumps(data)) == data
    assert data["level"] == "exact"
    assert data["problems"][0]["where"] == [2, 2]
    assert data["codes"] == [
        {
            "code": "E21", "kind": "display", "title": "No signal from the speed sensor", "where": [2, 2],
            "printed": "E21", "columns": [1, 3],
        }
    ]  # fmt: skip
    assert [(o["finding"], o["where"]) for o in data["observations"]] == [("bike-type", [2, 2])]
    assert data["masked"] == 1


def test_places_are_given_as_first_and_last_line(certain_engine: Engine) -> None:
    data = parsed_to_dict(certain_engine.parse("x\n\nE21 check\n  speed sensor"))
    assert data["problems"][0]["where"] == [3, 4]


def test_a_step_is_plain_data_without_what_only_the_engine_needs(certain_engine: Engine) -> None:
    data = certain_engine.diagnose(text="E21 check speed sensor").to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["match"] == "exact"
    assert "trace" not in data
    assert data["next"]["choices"][0].keys() == {"value", "label"}


# ------------------------------------------------------------------------------------------------------------- threads
def test_an_engine_may_be_shared_by_threads(bicycle: KnowledgeBase, engine: Engine) -> None:
    texts = ["E21 check speed sensor", "E10 battery not found", "my bike squeaks", "gears slip under load"] * 6
    expected = [engine.diagnose(text=text) for text in texts]
    shared = Engine(bicycle, encoders=engine._make_encoders())

    def diagnose(text: str) -> Step:
        return shared.diagnose(text=text)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(diagnose, texts)) == expected


# ---------------------------------------------------------------------------------------------------------- real model
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("my bicycle makes a loud squeaking noise", "bike-squeaks"),
        ("when I push hard the chain keeps skipping", "chain-skips"),
        ("there is a hairline crack at the welding of my frame", "frame-cracked"),
        ("\udce4 my bike squeaks \ud800", "bike-squeaks"),
    ],
)
def test_complaints_in_other_words_are_understood(real_engine: Engine, text: str, problem: str) -> None:
    assert real_engine.parse(text).problems[0].id == problem


@pytest.mark.parametrize("text", ["my car makes a strange engine noise", "how do I file my tax return", "7 * 6"])
def test_what_is_not_of_the_field_is_none(real_engine: Engine, text: str) -> None:
    parsed = real_engine.parse(text)
    assert (parsed.level, parsed.problems) == ("none", ())
    assert parsed.nearest


def test_a_warm_engine_answers_the_same(real_engine: Engine, bicycle: KnowledgeBase) -> None:
    warm = Engine(bicycle, cache_dir=None, encoders=real_engine._make_encoders())
    warm.warm()
    assert warm.parse("my bicycle squeaks") == real_engine.parse("my bicycle squeaks")


def test_what_was_known_beforehand_is_no_question(engine: Engine) -> None:
    finding = next(f for f in engine.kb.findings.values() if f.ask and not f.paste)
    value = finding.values[0]
    assert engine.diagnose([Evidence(finding.id, value)]).asked == 1
    assert engine.diagnose([Evidence(finding.id, value, asked=False)]).asked == 0
    assert engine.diagnose(scope={finding.id: value}).asked == 0
