"""What a question owes to those who are asked: a place, words that mean one thing, commands that change nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from syncsage.knowledge import load
from syncsage.knowledge.checks.questions import changing
from syncsage.knowledge.lint import lint

Edit = Callable[[str, str, str], None]

DRIVE = "findings/drivetrain.yaml"
OILED = "  help: Touch the chain with a finger; it should leave a thin dark film.\n"
READING = (r"Get-\w+(?: .*)?", r"Select-Object(?: .*)?", r"\.Get\w+\(\)", r"sc query \S+", r'"[^"]+tool\.exe" list')


def rules(folder: Path) -> set[str]:
    return {fault.rule for fault in lint(folder)}


def test_a_question_without_help_is_a_fault(shop: Path, edit: Edit) -> None:
    edit(DRIVE, OILED, "")
    assert rules(shop) == {"no-help"}


def test_where_the_domain_says_what_a_place_is_help_names_one(shop: Path, edit: Edit) -> None:
    edit("domain.yaml", "noise:\n", "places: ['\\bchain\\b', 'look']\nnoise:\n")
    faults = [fault for fault in lint(shop) if fault.rule == "no-place"]
    assert "chain-oiled" not in {fault.field.partition(".")[0] for fault in faults}
    assert "crank-play.help" in {fault.field for fault in faults}


def test_other_words_belong_to_a_choice_and_to_one_only(shop: Path, edit: Edit) -> None:
    edit(DRIVE, OILED, OILED + '  words: {"yes": [wet, greasy], "no": [Wet], maybe: [damp]}\n')
    found = {fault.rule: fault for fault in lint(shop)}
    assert found.keys() == {"unknown-value", "ambiguous-words"}
    assert found["unknown-value"].message == "maybe is none of the choices"
    assert found["ambiguous-words"].message == "“Wet” would mean yes as well as no"


def test_words_reach_the_choices(shop: Path, edit: Edit) -> None:
    edit(DRIVE, OILED, OILED + '  words: {"no": [bone dry]}\n')
    assert [choice.words for choice in load(shop).findings["chain-oiled"].choices] == [(), ("bone dry",)]


def test_a_command_says_what_it_shows(shop: Path, edit: Edit) -> None:
    edit(DRIVE, OILED, OILED + "  command: Get-Oil\n  good: plenty\n")
    assert rules(shop) == {"no-good-or-bad"}


@pytest.mark.parametrize(
    ("command", "rule"),
    [("Get-Oil chain", None), ("Set-Oil chain", "changing-command"), ('"Get-Oil a\\nGet-Oil b"', "long-command")],
)
def test_commands_of_questions_read_in_one_line(shop: Path, edit: Edit, command: str, rule: str | None) -> None:
    edit("domain.yaml", "noise:\n", "reading: ['Get-\\w+(?: .*)?']\nnoise:\n")
    edit(DRIVE, OILED, f"{OILED}  command: {command}\n  good: plenty\n  bad: none\n")
    assert rule is None or rule in rules(shop)
    assert rule is not None or rules(shop) == set()


def test_commands_of_checks_read_and_those_of_fixes_may_change(shop: Path, edit: Edit) -> None:
    edit("domain.yaml", "noise:\n", "reading: ['measure']\nnoise:\n")
    for name in ("measure-the-chain", "charge-the-battery"):
        path = shop / f"procedures/{name}.yaml"
        text = path.read_text()
        assert "\n  - do:" in text
        path.write_text(text.replace("\n  - do:", "\n  - command: hammer\n    do:", 1))
    faults = [fault for fault in lint(shop) if fault.rule == "changing-command"]
    assert [fault.file for fault in faults] == ["procedures/measure-the-chain.yaml"]


@pytest.mark.parametrize(
    "command",
    [
        "Get-Service BITS | Select-Object Status, StartType",
        "(Get-WsusServer).GetConfiguration().IsReplicaServer",
        'Get-Content "C:\\a > b; Remove-Item.log" -Tail 3',
        "Get-Acl 'D:\\x (old)' | Select-Object Access",
        '"C:\\Program Files\\tool.exe" list',
        "sc query BITS",
    ],
)
def test_reading_commands_pass(command: str) -> None:
    assert changing(command, READING) == []


@pytest.mark.parametrize(
    ("command", "part"),
    [
        ("Restart-Service BITS", "Restart-Service BITS"),
        ("Get-Service BITS | Restart-Service", "Restart-Service"),
        ("Get-Service BITS; sc stop BITS", "sc stop BITS"),
        ("(Get-WsusServer).GetConfiguration().Save()", ".Save()"),
        ("Get-Content a > b", ">"),
        ("Get-Item a; $x.Value = 1", "="),
        ('Get-Item a; "C:\\tool.exe" reset', '"C:\\tool.exe" reset'),
        ("Get-Item (Remove-Item a)", "Remove-Item a"),
        ("sc query BITS & sc delete BITS", "sc delete BITS"),
        ("Get-Item a; . ./change.ps1", ". ./change.ps1"),
        ('Get-Item "a $(Remove-Item b)"', '"a $(Remove-Item b)"'),
    ],
)
def test_whatever_else_is_named(command: str, part: str) -> None:
    assert part in changing(command, READING)
