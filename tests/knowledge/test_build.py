"""The typed objects: what a file says, and the defaults for what it leaves out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from syncsage.knowledge import load
from syncsage.knowledge.model import (
    Choice,
    CodeKind,
    CodePart,
    CodeRange,
    Condition,
    Derivation,
    KnowledgeBase,
    Origin,
    ProcedureStep,
    Signature,
    SourceRef,
    TrackingStep,
    Variant,
)

Edit = Callable[[str, str, str], None]


def test_everything_is_there_and_sorted(bicycle: KnowledgeBase) -> None:
    assert bicycle.domain.id == "bicycle"
    counts = [
        len(table)
        for table in (
            bicycle.problems,
            bicycle.causes,
            bicycle.procedures,
            bicycle.findings,
            bicycle.rules,
            bicycle.tracking,
            bicycle.codes,
            bicycle.sources,
        )
    ]
    assert counts == [6, 9, 12, 19, 7, 1, 4, 2]
    for table in (bicycle.problems, bicycle.causes, bicycle.findings, bicycle.rules):
        assert list(table) == sorted(table)
    assert [(code.kind, code.code) for code in bicycle.codes] == [
        ("bus", "0x80040010"),
        ("display", "E10"),
        ("display", "E21"),
        ("memory", "21"),
    ]


def test_a_problem(bicycle: KnowledgeBase) -> None:
    problem = bicycle.problems["speed-signal-missing"]
    assert problem.scope == {"bike-type": ("e-bike",)}
    assert problem.implies == {"bike-type": "e-bike"}
    assert problem.signatures[1] == Signature(
        all=("no (?:speed signal|signal from (?:the )?speed sensor)",),
        none=(r"\bE ?-?10\b",),
        level="strong",
        samples=("no signal from the speed sensor",),
        overlaps=("battery-not-recognised",),
        implies={"display-on": "yes"},
    )
    assert problem.causes == ("magnet-moved", "sensor-cable-loose")
    assert problem.sources == (SourceRef("display-manual", "Codes"),)
    assert (problem.look, problem.samples, problem.procedures, problem.ask_first) == ("", (), (), ())
    assert problem.origin == Origin("problems/speed-signal-missing.yaml", 1)


def test_a_cause(bicycle: KnowledgeBase) -> None:
    cause = bicycle.causes["battery-empty"]
    assert cause.prior == "very-common"
    assert cause.healthy
    assert cause.evidence["battery-lights"] == {"dark": "always", "lit": "never"}
    assert not bicycle.causes["chain-dry"].healthy
    assert bicycle.causes["chain-dry"].scope == {}


def test_a_procedure_with_a_variant(bicycle: KnowledgeBase) -> None:
    procedure = bicycle.procedures["replace-brake-pads"]
    assert procedure.minutes == 25.0
    assert procedure.needs == ("tools",)
    step = ProcedureStep("Loosen the screw of each pad and slide the rubber out of its shoe.", "The shoe is empty.", "")
    assert procedure.variants == (Variant("Rim brakes", {"brake-type": ("rim",)}, (step,)),)


def test_a_finding_that_is_asked(bicycle: KnowledgeBase) -> None:
    finding = bicycle.findings["last-ride"]
    assert finding.choices[1] == Choice("wet", "rain or deep puddles")
    assert finding.values == ("dry", "wet", "dusty")
    assert finding.label("wet") == "rain or deep puddles"
    assert finding.label("unknown") == "unknown"
    assert finding.base == {"dry": "likely", "wet": "unlikely", "dusty": "neutral"}
    assert finding.origin == Origin("findings/riding.yaml", 16)


def test_a_finding_that_is_only_derived(bicycle: KnowledgeBase) -> None:
    finding = bicycle.findings["wheel-signal"]
    assert (finding.ask, finding.paste, finding.knowable, finding.check) == ("", False, "usual", "")
    assert finding.base == {"present": "neutral", "missing": "neutral"}
    assert finding.derive[1] == Derivation(("wheel signal ok",), (), "present", ("wheel signal ok",))


@pytest.mark.parametrize(
    ("rule", "when"),
    [
        ("gauge-proves-wear", (Condition("chain-gauge", ("drops-in",)),)),
        ("display-means-e-bike", (Condition("display-on", ("yes", "no")),)),
        ("ready-means-display-on", (Condition("start-step", ("display", "battery"), negated=True),)),
        (
            "other-noises-leave-the-brakes-out",
            (Condition("braking-power", ("normal",)), Condition("noise-when", ("braking",), negated=True)),
        ),
    ],
)
def test_the_forms_of_a_condition(bicycle: KnowledgeBase, rule: str, when: tuple[Condition, ...]) -> None:
    assert bicycle.rules[rule].when == when


def test_the_conclusions_of_rules(bicycle: KnowledgeBase) -> None:
    rules = bicycle.rules
    conclusions = {(rule.action, rule.target, rule.value) for rule in rules.values()}
    assert ("confirm", "chain-worn", "") in conclusions
    assert ("exclude", "chain-dry", "") in conclusions
    assert ("raise", "bottom-bracket-worn", "") in conclusions
    assert ("set", "bike-type", "e-bike") in conclusions


def test_tracking_and_codes(bicycle: KnowledgeBase) -> None:
    tracking = bicycle.tracking["start-up"]
    assert tracking.finding == "start-step"
    assert tracking.steps[2] == TrackingStep(
        id="ready",
        title="Motor is ready",
        what="The motor has a speed signal and starts to help.",
        log="service.log",
        status="S3",
        marks=(r"\bASSIST ready\b",),
        lines=("[00:03] ASSIST ready",),
        next="Nothing; the bike is ready.",
    )
    assert bicycle.domain.code_kinds["display"] == CodeKind("Code on the display", (r"\b{code}\b",))
    assert bicycle.codes[0].seen == ("node 10 (?:is )?silent",)


def test_an_entry_with_required_fields_only(shop: Path) -> None:
    (shop / "domain.yaml").write_text("{id: x, title: X, greeting: Hi, bands: {strong: 1, weak: 0}}")
    (shop / "problems" / "vague.yaml").write_text("{id: vague, title: Vague, summary: Nothing is known.}")
    (shop / "codes.yaml").write_text("codes: []")
    kb = load(shop)
    assert (kb.domain.error_text, kb.domain.synonyms, kb.domain.code_kinds) == ("", {}, {})
    assert kb.domain.bands == {"strong": 1.0, "weak": 0.0}
    assert (kb.problems["vague"].coverage, kb.problems["vague"].signatures) == ("full", ())
    assert kb.codes == ()


def test_objects_are_frozen(bicycle: KnowledgeBase) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        bicycle.causes["chain-dry"].title = "Wet"  # type: ignore[misc]  # the point of the test


def test_a_kind_of_codes_says_how_its_numbers_are_made_up(shop: Path, edit: Edit) -> None:
    edit(
        "codes.yaml",
        "bus: {title: Bus result, ",
        "bus: {says: some, parts: [{title: sign, bits: '31', names: {'1': bad}}, {title: node, bits: 23-16}],"
        " ranges: [{first: '0x80000000', last: '0xffffffff'}, {first: '9', last: '21', holds: memory, same: true}],"
        " title: Bus result, ",
    )
    kind = load(shop).domain.code_kinds["bus"]
    assert kind.says == "some"
    assert kind.parts == (CodePart("sign", 31, 31, {"1": "bad"}), CodePart("node", 23, 16, {}))
    assert kind.ranges == (CodeRange(2**31, 2**32 - 1, "", "", False), CodeRange(9, 21, "", "memory", True))
