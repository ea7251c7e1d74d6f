"""When a line is a command, and when it is a text about the problem."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.cli.support import BICYCLE, EXACT, process_environment

from syncsage_cli.render.page import paint
from syncsage_cli.repl.command import Command
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.listing import command_of, every, named, names


@pytest.mark.parametrize(
    ("line", "name", "argument"),
    [
        ("why", "why", ""),
        ("/why", "why", ""),
        ("WHY", "why", ""),
        ("how", "how", ""),
        ("how 2", "how", "2"),
        ("/sa notes.json", "save", "notes.json"),
        ("save notes.json", "save", "notes.json"),
        ("/su", "summary", ""),
        ("undo", "back", ""),
        ("exit", "quit", ""),
        ("help load", "help", "load"),
        ("/new and more words", "new", "and more words"),
    ],
)
def test_a_line_that_starts_with_a_command(conversation: Conversation, line: str, name: str, argument: str) -> None:
    found = command_of(conversation, line)
    assert found is not None
    assert (found[0].name, found[1]) == (name, argument)


@pytest.mark.parametrize(
    "line",
    [
        "why does it squeak",
        "how do I stop the noise",
        "help my bike squeaks",
        "new chain, still skips",
        "back wheel wobbles",
        "exit code 3 on the display",
        "quit working yesterday",
        "save button does nothing when pressed",
        "load is heavy and it creaks",
        "/var/log/bike says E21",
        "/",
        "//",
        "/s",
        "/xyzzy",
        "the display says quit",
        "ex",
    ],
)
def test_a_text_that_only_resembles_a_command(conversation: Conversation, line: str) -> None:
    assert command_of(conversation, line) is None


def test_every_command_is_described_and_named_once() -> None:
    words = [word for command in every() for word in (command.name, *command.aliases)]
    assert len(words) == len(set(words))
    assert all(command.about for command in every())
    assert len({(command.group, command.place) for command in every()}) == len(every())


def test_every_module_of_the_package_is_the_command_of_its_name() -> None:
    assert len(names()) > 20
    assert {name: named(name).name for name in names()} == {name: name for name in names()}


def test_a_text_imports_no_command_and_a_command_itself_alone() -> None:
    script = f"""
import sys
from pathlib import Path
from syncsage import Engine
from syncsage_cli.repl.conversation import Conversation
talk = Conversation(Engine.load(Path({str(BICYCLE)!r})))
for line in ({EXACT!r}, "one\\ntwo", "facts", "undo"):
    talk.hear(line)
    print(sum(name.startswith("syncsage_cli.repl.commands.") for name in sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=120,
        env=process_environment(),
        check=True,
    )
    assert done.stdout.split() == ["0", "0", "1", str(len(names()))]


@pytest.mark.parametrize("command", every(), ids=[command.name for command in every()])
def test_every_command_has_a_page_and_stands_in_the_list(conversation: Conversation, command: Command) -> None:
    page = paint(conversation.hear(f"/help {command.name}").blocks, width=80, colour=False)
    assert page.startswith(f"{command.name} {command.usage}".strip() + "\n")
    assert all(line in page for line, _ in command.examples)
    listed = paint(conversation.hear("help").blocks, width=80, colour=False)
    assert f"\n  {command.name} " in listed
    assert command.group in listed


def test_every_example_is_a_line_of_its_command(conversation: Conversation) -> None:
    for command in every():
        for line, _ in command.examples:
            found = command_of(conversation, f"/{line}")
            assert found is not None
            assert found[0] is command
