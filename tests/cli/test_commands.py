"""When a line is a command, and when it is a text about the problem."""

from __future__ import annotations

import pytest

from syncsage_cli.render.page import paint
from syncsage_cli.repl.command import Command
from syncsage_cli.repl.commands import COMMANDS, command_of
from syncsage_cli.repl.conversation import Conversation


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
    names = [word for command in COMMANDS for word in (command.name, *command.aliases)]
    assert len(names) == len(set(names))
    assert all(command.about for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=[command.name for command in COMMANDS])
def test_every_command_has_a_page_and_stands_in_the_list(conversation: Conversation, command: Command) -> None:
    page = paint(conversation.hear(f"/help {command.name}").blocks, width=80, colour=False)
    assert page.startswith(f"{command.name} {command.usage}".strip() + "\n")
    assert all(line in page for line, _ in command.examples)
    listed = paint(conversation.hear("help").blocks, width=80, colour=False)
    assert f"\n  {command.name} " in listed
    assert command.group in listed


def test_every_example_is_a_line_of_its_command(conversation: Conversation) -> None:
    for command in COMMANDS:
        for line, _ in command.examples:
            found = command_of(conversation, f"/{line}")
            assert found is not None
            assert found[0] is command
