"""The files in scenarios/: what is read of them, and what their lint finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncsage.errors import Fault, KnowledgeError
from syncsage.knowledge import load
from syncsage.knowledge.lint import lint
from syncsage.knowledge.model import Origin
from syncsage.knowledge.scenarios import Scenario, Truth, load_scenarios
from syncsage.knowledge.testcases import load_tests

FILE = "scenarios/drive.yaml"
DRY = """
- name: a dry chain
  cause: chain-dry
  opening: loud squeaking from my bicycle
  says: [noise-when]
  truth:
    chain-oiled: {value: "no", words: bone dry}
    last-ride: wet
  unknowable: {tools: no_access}
  expect: {reach: fix, within: 4}
"""


def write(folder: Path, text: str, name: str = FILE) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return folder


def messages(folder: Path) -> list[str]:
    return [f"{fault.field} {fault.message}" for fault in lint(folder) if fault.file == FILE]


def test_a_scenario_is_read_with_its_defaults(shop: Path) -> None:
    assert load_scenarios(write(shop, DRY)) == (
        Scenario(
            name="a dry chain",
            opening="loud squeaking from my bicycle",
            says=("noise-when",),
            cause="chain-dry",
            problem="",
            truth={"chain-oiled": Truth("no", "bone dry"), "last-ride": Truth("wet")},
            second_thoughts={},
            unknowable={"tools": "no_access"},
            otherwise="dont_know",
            reach="fix",
            within=4,
            wrong_fixes=0,
            collect=(),
            origin=Origin(FILE, 2),
        ),
    )


def test_scenarios_are_neither_knowledge_nor_tests(shop: Path) -> None:
    before, tests = load(shop), load_tests(shop)
    write(shop, DRY)
    assert load(shop).hash == before.hash
    assert load_tests(shop) == tests


def test_a_scenario_belongs_to_its_file(shop: Path) -> None:
    (scenario,) = load_scenarios(write(shop, DRY))
    assert scenario.owner == "drive"


def test_a_file_of_an_overlay_replaces_the_one_of_its_name(shop: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "site"
    overlay.mkdir()
    write(shop, DRY)
    write(overlay, DRY.replace("a dry chain", "ours"))
    assert [scenario.name for scenario in load_scenarios(shop, [overlay])] == ["ours"]


def test_broken_files_are_named(shop: Path) -> None:
    write(shop, DRY.replace("reach: fix", "reach: far"))
    with pytest.raises(KnowledgeError) as caught:
        load_scenarios(shop)
    assert caught.value.faults == (
        Fault(FILE, 10, "a dry chain.expect.reach", "'far' is none of confirmed, fix, listed, nothing", "schema"),
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cause: chain-dry", "cause: chain-drie", "there is no cause chain-drie; did you mean chain-dry?"),
        ("says: [noise-when]", "says: [noise]", "there is no finding noise"),
        ("last-ride: wet", "last-ride: snow", "last-ride has no value snow"),
        ("{tools: no_access}", "{toolbox: no_access}", "there is no finding toolbox"),
        ("{tools: no_access}", "{last-ride: later}", "last-ride is in truth, too"),
        ("reach: fix", "reach: nothing", "a scenario has either a cause or the reach nothing"),
        ("last-ride: wet", "error-text: pasted", "takes a pasted text: give it in words"),
        ("  expect", "  problem: bike-sings\n  expect", "there is no problem bike-sings"),
        ("  expect", "  second_thoughts: {chain-oiled: maybe}\n  expect", "chain-oiled has no value maybe"),
        ("within: 4", "within: 4, collect: [bell]", "there is no finding bell"),
    ],
)
def test_names_that_are_none_and_what_makes_no_sense(shop: Path, old: str, new: str, message: str) -> None:
    assert old in DRY
    assert any(message in found for found in messages(write(shop, DRY.replace(old, new, 1))))


def test_where_there_are_scenarios_every_cause_has_one(shop: Path) -> None:
    assert lint(shop) == ()
    faults = lint(write(shop, DRY))
    assert {fault.rule for fault in faults} == {"no-scenario"}
    assert {Path(fault.file).stem for fault in faults} == set(load(shop).causes) - {"chain-dry"}


def test_a_broken_file_does_not_make_scenarios_missing(shop: Path) -> None:
    write(shop, DRY)
    write(shop, "- [", "scenarios/broken.yaml")
    assert {fault.file for fault in lint(shop)} == {"scenarios/broken.yaml"}
