"""Overlays: site-specific knowledge laid over a base."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncsage.errors import Fault, KnowledgeError
from syncsage.knowledge import load
from syncsage.knowledge.lint import lint
from syncsage.knowledge.testcases import load_tests

RUST = """
id: chain-rusty
title: The chain has rusted
summary: Rust keeps the links from bending.
prior: rare
evidence: {last-ride: {wet: always}}
fix: oil-the-chain
verify: ride-round-the-block
"""


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    folder = tmp_path / "overlay"
    for name in ("causes", "findings", "problems"):
        (folder / name).mkdir(parents=True)
    return folder


def test_an_empty_overlay_changes_nothing(shop: Path, overlay: Path) -> None:
    assert load(shop, [overlay]) == load(shop)


def test_a_new_id_is_added(shop: Path, overlay: Path) -> None:
    (overlay / "causes/chain-rusty.yaml").write_text(RUST)
    kb = load(shop, [overlay])
    assert kb.causes["chain-rusty"].prior == "rare"
    assert kb.causes.keys() - {"chain-rusty"} == load(shop).causes.keys()
    assert list(kb.causes) == sorted(kb.causes)


def test_a_known_id_replaces_the_whole_entry(shop: Path, overlay: Path) -> None:
    (overlay / "causes/chain-dry.yaml").write_text(RUST.replace("chain-rusty", "chain-dry"))
    cause = load(shop, [overlay]).causes["chain-dry"]
    assert cause.evidence == {"last-ride": {"wet": "always"}}
    assert cause.sources == ()


def test_one_finding_of_a_list_is_replaced_and_the_others_stay(shop: Path, overlay: Path) -> None:
    (overlay / "findings/ours.yaml").write_text(
        '- {id: chain-oiled, ask: Oiled?, choices: {"no": dry, "yes": oiled}}\n', "utf-8"
    )
    kb = load(shop, [overlay])
    assert kb.findings["chain-oiled"].ask == "Oiled?"
    assert kb.findings["chain-gauge"] == load(shop).findings["chain-gauge"]


def test_a_domain_may_override_single_fields(shop: Path, overlay: Path) -> None:
    (overlay / "domain.yaml").write_text("greeting: What is wrong with your company bike?")
    domain = load(shop, [overlay]).domain
    assert domain.greeting == "What is wrong with your company bike?"
    assert domain.title == "Bicycles and e-bikes"
    assert domain.code_kinds.keys() == {"display", "memory", "bus"}


def test_codes_and_sources_merge_by_their_keys(shop: Path, overlay: Path) -> None:
    (overlay / "codes.yaml").write_text(
        'codes:\n- {code: E21, kind: display, title: Ours}\n- {code: "21", kind: display, title: Another}\n'
    )
    (overlay / "sources.yaml").write_text("- {id: fleet-rules, title: Rules of the fleet}\n")
    kb = load(shop, [overlay])
    titles = {(code.kind, code.code): code.title for code in kb.codes}
    assert titles["display", "E21"] == "Ours"
    assert titles["display", "21"] == "Another"
    assert titles["memory", "21"] == "Speed signal lost"
    assert kb.sources.keys() == {"fleet-rules", "workshop-handbook", "display-manual"}


def test_the_last_overlay_wins(shop: Path, overlay: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    (overlay / "domain.yaml").write_text("title: First\ngreeting: Hello")
    (second / "domain.yaml").write_text("title: Second")
    domain = load(shop, [overlay, second]).domain
    assert (domain.title, domain.greeting) == ("Second", "Hello")


def test_an_overlay_that_takes_a_value_away_is_told_who_needs_it(shop: Path, overlay: Path) -> None:
    (overlay / "findings/ours.yaml").write_text("- {id: chain-oiled, choices: {oily: oily, dry: dry}}")
    with pytest.raises(KnowledgeError) as caught:
        load(shop, [overlay])
    message = "chain-oiled has no value yes (its values: oily, dry)"
    assert Fault("causes/chain-dry.yaml", 7, "evidence.chain-oiled.yes", message, "unknown-value") in (
        caught.value.faults
    )


def test_faults_of_an_overlay_are_those_of_its_own_files(shop: Path, overlay: Path) -> None:
    (overlay / "causes/chain-rusty.yaml").write_text(RUST.replace("rare", "rarely"))
    with pytest.raises(KnowledgeError) as caught:
        load(shop, [overlay])
    assert [(fault.file, fault.line, fault.field) for fault in caught.value.faults] == [
        ("causes/chain-rusty.yaml", 5, "prior")
    ]


def test_a_fault_in_a_domain_below_keeps_its_line(shop: Path, overlay: Path) -> None:
    text = (shop / "domain.yaml").read_text("utf-8").replace("error_text: error-text", "error_text: no-such")
    (shop / "domain.yaml").write_text(text, "utf-8")
    (overlay / "domain.yaml").write_text("title: Ours")
    with pytest.raises(KnowledgeError) as caught:
        load(shop, [overlay])
    assert [(fault.line, fault.field) for fault in caught.value.faults] == [(7, "error_text")]


def test_a_missing_overlay_is_a_fault(shop: Path, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="there is no such folder"):
        load(shop, [tmp_path / "nowhere"])


def test_tests_of_an_overlay_replace_those_of_the_same_file(shop: Path, overlay: Path) -> None:
    case = "- {name: ours, given: {chain-oiled: unknown}, not_top: chain-dry}\n"
    (overlay / "causes/chain-dry.test.yaml").write_text(case)
    cases = load_tests(shop, [overlay])
    assert [case.name for case in cases if case.owner == "chain-dry"] == ["ours"]
    assert len(cases) == len(load_tests(shop)) - 2


def test_an_overlay_is_linted_together_with_its_base(shop: Path, overlay: Path) -> None:
    (overlay / "causes/chain-rusty.yaml").write_text(RUST)
    rules = {fault.rule for fault in lint(shop, [overlay]) if fault.file == "causes/chain-rusty.yaml"}
    assert rules == {"unreachable-cause", "no-sources", "no-test"}
