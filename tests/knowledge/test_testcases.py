from __future__ import annotations

from pathlib import Path

import pytest

from syncsage.errors import KnowledgeError
from syncsage.knowledge import bundled
from syncsage.knowledge.model import Origin
from syncsage.knowledge.testcases import TestCase, load_tests


def test_cases_know_owner_folder_and_line(bicycle_folder: Path) -> None:
    cases = {(case.owner, case.name): case for case in load_tests(bicycle_folder)}
    assert cases["chain-dry", "an interview"] == TestCase(
        owner="chain-dry",
        folder="causes",
        name="an interview",
        paste="",
        problems=None,
        first="",
        must_not=(),
        level="",
        given={},
        top="chain-dry",
        not_top="",
        ruled_out=(),
        band="",
        opening="loud squeaking from my bicycle",
        answers={"noise-when": "pedalling", "chain-oiled": "no"},
        within=5,
        origin=Origin("causes/chain-dry.test.yaml", 8),
    )


def test_no_problems_and_nothing_said_of_problems_differ(shop: Path) -> None:
    (shop / "problems/frame-cracked.test.yaml").write_text(
        "- {name: none at all, paste: hello, problems: []}\n- {name: silent, paste: hello, level: none}"
    )
    cases = [case for case in load_tests(shop) if case.owner == "frame-cracked"]
    assert [(case.problems, case.level) for case in cases] == [((), ""), (None, "none")]


def test_cases_come_by_file_and_in_its_order(bicycle_folder: Path) -> None:
    origins = [(case.origin.file, case.origin.line) for case in load_tests(bicycle_folder)]
    assert origins == sorted(origins)
    assert len(origins) == 33


def test_faults_of_test_files_are_collected(shop: Path) -> None:
    (shop / "causes/chain-dry.test.yaml").write_text("- {name: x, paste: y, expect: z}")
    (shop / "causes/chain-worn.test.yaml").write_text("[]")
    with pytest.raises(KnowledgeError) as caught:
        load_tests(shop)
    assert [(fault.file, fault.message.partition(" (")[0]) for fault in caught.value.faults] == [
        ("causes/chain-dry.test.yaml", "unknown field expect"),
        ("causes/chain-worn.test.yaml", "is empty"),
    ]


def test_the_bundled_tests_are_loaded_by_default() -> None:
    assert load_tests() == load_tests(bundled())
