"""Names that point nowhere, and values that no finding declares."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from syncsage.errors import Fault, KnowledgeError
from syncsage.knowledge import load

Edit = Callable[[str, str, str], None]

SKIPS = "problems/chain-skips.yaml"
SPEED = "problems/speed-signal-missing.yaml"
DRY = "causes/chain-dry.yaml"
DRIVE = "findings/drivetrain.yaml"
ELECTRIC = "findings/electric.yaml"
RULES = "rules/drivetrain.yaml"
START = "tracking/start-up.yaml"

# file, old text, new text, line, field, message
CASES = [
    pytest.param((SKIPS, "causes: [chain-worn,", "causes: [chain-warn,", 16, "causes.0",
                 "there is no cause chain-warn; did you mean chain-worn?"), id="problem-cause"),
    pytest.param(("problems/bike-squeaks.yaml", "ask_first: [noise-when]", "ask_first: [noise]", 12, "ask_first.0",
                 "there is no finding noise; did you mean noise-when?"), id="problem-ask-first"),
    pytest.param((SKIPS, "causes: [", "procedures: [ride-round-the-clock]\ncauses: [", 16, "procedures.0",
                 "there is no procedure ride-round-the-clock; did you mean ride-round-the-block?"),
                 id="problem-procedure"),
    pytest.param((SPEED, "overlaps: [battery-not-recognised]", "overlaps: [battery-not-seen]", 15,
                 "signatures.1.overlaps.0", "there is no problem battery-not-seen"), id="signature-overlap"),
    pytest.param((SPEED, 'implies: {display-on: "yes"}', "implies: {display-on: lit}", 14,
                 "signatures.1.implies.display-on", "display-on has no value lit (its values: yes, no)"),
                 id="signature-implies"),
    pytest.param((SPEED, "scope: {bike-type: [e-bike]}", "scope: {bike-type: [ebike]}", 5, "scope.bike-type",
                 "bike-type has no value ebike; did you mean e-bike?"), id="problem-scope"),
    pytest.param((SPEED, "implies: {bike-type: e-bike}", "implies: {bike-tipe: e-bike}", 6, "implies.bike-tipe",
                 "there is no finding bike-tipe; did you mean bike-type?"), id="problem-implies"),
    pytest.param((DRY, "fix: oil-the-chain", "fix: grease-the-chain", 9, "fix",
                 "there is no procedure grease-the-chain; did you mean replace-the-chain?"), id="cause-fix"),
    pytest.param((DRY, "verify: ride-round-the-block", "verify: sleep", 10, "verify",
                 "there is no procedure sleep"), id="cause-verify"),
    pytest.param((DRY, "last-ride: {", "lost-ride: {", 8, "evidence.lost-ride",
                 "there is no finding lost-ride; did you mean last-ride?"), id="evidence-finding"),
    pytest.param((DRY, "{wet: likely}", "{damp: likely}", 8, "evidence.last-ride.damp",
                 "last-ride has no value damp (its values: dry, wet, dusty)"), id="evidence-value"),
    pytest.param((DRY, "document: workshop-handbook", "document: workshop-handbok", 11, "sources.0.document",
                 "there is no source document workshop-handbok; did you mean workshop-handbook?"), id="source"),
    pytest.param((DRIVE, "check: measure-the-chain", "check: measure-chain", 11, "chain-gauge.check",
                 "there is no procedure measure-chain; did you mean measure-the-chain?"), id="finding-check"),
    pytest.param((DRIVE, "requires: {noise-when: [pedalling, always]}", "requires: {noise-when: [walking]}", 33,
                 "crank-play.requires.noise-when",
                 "noise-when has no value walking (its values: pedalling, braking, always)"), id="finding-requires"),
    pytest.param(("findings/riding.yaml", "base: {dry: likely, wet: unlikely}", "base: {dri: likely}", 22,
                 "last-ride.base.dri", "last-ride has no value dri; did you mean dry?"), id="finding-base"),
    pytest.param((ELECTRIC, "value: missing,", "value: mising,", 48, "wheel-signal.derive.0.value",
                 "wheel-signal has no value mising; did you mean missing?"), id="derived-value"),
    pytest.param((RULES, "{chain-gauge: drops-in}", "{chain-gauge: drops}", 2, "gauge-proves-wear.when.chain-gauge",
                 "chain-gauge has no value drops; did you mean drops-in?"), id="rule-when"),
    pytest.param((RULES, "{not: braking}", "{not: breaking}", 17,
                 "other-noises-leave-the-brakes-out.when.noise-when",
                 "noise-when has no value breaking; did you mean braking?"), id="rule-when-not"),
    pytest.param((RULES, "{confirm: chain-worn}", "{confirm: chain-torn}", 3, "gauge-proves-wear.then.confirm",
                 "there is no cause chain-torn; did you mean chain-worn?"), id="rule-confirm"),
    pytest.param(("rules/electric.yaml", "{set: {bike-type: e-bike}}", "{set: {bike-type: trike}}", 3,
                 "display-means-e-bike.then.set.bike-type",
                 "bike-type has no value trike (its values: e-bike, muscle)"), id="rule-set"),
    pytest.param((START, "finding: start-step", "finding: start-steps", 4, "finding",
                 "there is no finding start-steps; did you mean start-step?"), id="tracking-finding"),
    pytest.param((START, "- id: battery", "- id: charge", 15, "steps.charge.id",
                 "start-step has no value charge (its values: display, battery, ready)"), id="tracking-step"),
    pytest.param(("procedures/replace-brake-pads.yaml", "{brake-type: [rim]}", "{brake-type: [drum]}", 14,
                 "variants.0.scope.brake-type", "brake-type has no value drum (its values: disc, rim)"),
                 id="variant-scope"),
    pytest.param(("codes.yaml", "kind: memory", "kind: memori", 21, "codes.21.kind",
                 "there is no kind of codes memori; did you mean memory?"), id="code-kind"),
    pytest.param(("codes.yaml", "{title: Bus result, ",
                 "{title: Bus result, ranges: [{first: '0', last: '9', holds: memori}], ", 4,
                 "kinds.bus.ranges.0.holds", "there is no kind of codes memori; did you mean memory?"),
                 id="held-kind"),
    pytest.param(("codes.yaml", "problems: [speed-signal-missing]", "problems: [speed-signal]", 11,
                 "codes.E21.problems.0", "there is no problem speed-signal; did you mean speed-signal-missing?"),
                 id="code-problem"),
    pytest.param(("domain.yaml", "error_text: error-text", "error_text: error-texts", 7, "error_text",
                 "there is no finding error-texts; did you mean error-text?"), id="domain-error-text"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_one_wrong_name_is_one_fault(shop: Path, edit: Edit, case: tuple[str, str, str, int, str, str]) -> None:
    file, old, new, line, field, message = case
    edit(file, old, new)
    with pytest.raises(KnowledgeError) as caught:
        load(shop)
    assert [(f.file, f.line, f.field, f.message) for f in caught.value.faults] == [(file, line, field, message)]


def test_all_faults_of_all_files_come_at_once_and_sorted(shop: Path, edit: Edit) -> None:
    edit(DRY, "prior: very-common", "prior: never")
    edit(SKIPS, "causes: [chain-worn,", "causes: [chain-warn,")
    edit("domain.yaml", "greeting:", "greting:")
    with pytest.raises(KnowledgeError) as caught:
        load(shop)
    faults = caught.value.faults
    assert {fault.file for fault in faults} == {DRY, SKIPS, "domain.yaml"}
    assert list(faults) == sorted(faults)
    assert "4 fault(s)" in str(caught.value)


def test_an_entry_that_cannot_be_read_is_not_also_reported_as_missing(shop: Path) -> None:
    (shop / DRY).write_text("id: [chain-dry", "utf-8")
    (shop / DRIVE).write_text("- id: {", "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(shop)
    assert {fault.file for fault in caught.value.faults} == {DRY, DRIVE}
    assert all("is not valid YAML" in fault.message for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            DRIVE,
            "- id: skips-in",
            "- id: chain-gauge",
            Fault(DRIVE, 15, "chain-gauge.id", f"chain-gauge is already in {DRIVE}", "unique-id"),
        ),
        (
            ELECTRIC,
            "- id: contacts-clean",
            "- id: skips-in",
            Fault(ELECTRIC, 31, "skips-in.id", f"skips-in is already in {DRIVE}", "unique-id"),
        ),
        (
            "codes.yaml",
            "code: E10",
            "code: E21",
            Fault("codes.yaml", 13, "codes.E21.code", "display/E21 is already in codes.yaml", "unique-id"),
        ),
    ],
)
def test_an_id_is_given_once(shop: Path, edit: Edit, file: str, old: str, new: str, fault: Fault) -> None:
    edit(file, old, new)
    with pytest.raises(KnowledgeError) as caught:
        load(shop)
    assert fault in caught.value.faults
