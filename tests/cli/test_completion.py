"""Completion in shells: run by them where they are here, and by what the scripts and the program agree on."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.support import Pipe, process_environment, program

from syncsage_cli.commands.completion import SHELLS
from syncsage_cli.main import run


def script(shell: str) -> str:
    environment = Pipe()
    assert run(["completion", shell], environment) == 0
    return environment.said


def on_path(folder: Path) -> dict[str, str]:
    """Return variables under which a shell finds the program by its name."""
    stub = folder / "syncsage"
    stub.write_text(f'#!/bin/sh\nexec {shlex.join(program())} "$@"\n', "utf-8")
    stub.chmod(0o755)
    variables = process_environment()
    return {**variables, "PATH": f"{folder}:{variables['PATH']}"}


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_script_that_calls_the_program(shell: str) -> None:
    text = script(shell)
    assert "syncsage" in text
    assert "_SYNCSAGE_COMPLETE" in text
    assert f"{shell}_complete" in text


def test_another_shell_is_refused() -> None:
    environment = Pipe()
    assert run(["completion", "tcsh"], environment) == 2
    assert "bash" in environment.remarked


def test_bash_completes_commands_and_options(tmp_path: Path) -> None:
    ask = (
        'eval "$(syncsage completion bash)"\n'
        'complete_for() { COMP_WORDS=(syncsage "$@"); COMP_CWORD=$#; COMPREPLY=(); '
        '_syncsage_completion syncsage; echo "${COMPREPLY[*]}"; }\n'
        "complete_for conf\ncomplete_for config s\ncomplete_for completion ''\ncomplete_for track --fol\n"
    )
    bash = shutil.which("bash")
    assert bash is not None
    done = subprocess.run(
        [bash, "-c", ask], capture_output=True, text=True, env=on_path(tmp_path), timeout=120, check=True
    )
    assert done.stdout.splitlines() == ["config", "show", "bash zsh fish powershell", "--follow"]
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("words", "begun", "answer"),
    [("syncsage\nconf", "conf", ["config"]), ("syncsage\nconfig", "", ["check", "init", "path", "show"])],
)
def test_powershell_gets_kind_value_and_help(words: str, begun: str, answer: list[str]) -> None:
    variables = {"_SYNCSAGE_COMPLETE": "powershell_complete", "COMP_WORDS": words, "COMP_CWORD": begun}
    done = subprocess.run(
        program(), capture_output=True, text=True, env=process_environment(**variables), timeout=120, check=True
    )
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert [(kind, value) for kind, value, _ in lines] == [("plain", value) for value in answer]
    assert all(about for _, _, about in lines)
