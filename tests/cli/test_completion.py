"""Completion in shells: run by them where they are here, and by what the scripts and the program agree on."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pexpect
import pytest
from tests.cli.support import BICYCLE, EXACT, Pipe, process_environment, program

from syncsage import Engine
from syncsage_cli.commands.completion import SHELLS
from syncsage_cli.main import run


def script(shell: str) -> str:
    environment = Pipe()
    assert run(["completion", shell], environment) == 0
    return environment.said


def on_path(folder: Path) -> dict[str, str]:
    """Return variables under which a shell finds the program, which completes, and else says what it was given."""
    stub = folder / "bin" / "syncsage"
    stub.parent.mkdir()
    stub.write_text(
        "#!/bin/sh\n"
        'test -n "$_SYNCSAGE_COMPLETE" || { echo "given: $*"; exit; }\n'
        f'exec {shlex.join(program())} "$@"\n',
        "utf-8",
    )
    stub.chmod(0o755)
    variables = process_environment()
    return {**variables, "PATH": f"{stub.parent}:{variables['PATH']}"}


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


#: How a shell is started without the settings of anybody, and how it takes the script.
STARTED = {
    "bash": (["--norc", "--noprofile", "-i"], "source ./script"),
    "zsh": (["-f", "-i"], "autoload -U compinit; compinit -u -D; source ./script"),
    "fish": (["--no-config", "-i"], "source ./script"),
}
#: What is typed before Tab, and what the line is after it.
COMPLETED = {
    "conf": "config",
    "config s": "config show",
    "completion f": "completion fish",
    "track --fol": "track --follow",
    "resume mon": "resume monday",
    "report mon": "report monday",
    "export mon": "export monday",
    "replay mon": "replay monday",
    "explain mon": "explain monday",
    "explain --how chain-w": "explain --how chain-worn",
    "kb show chain-w": "kb show chain-worn",
    "kb graph chain-w": "kb graph chain-worn",
    "kb test chain-w": "kb test chain-worn",
    "lookup e2": "lookup E21",
    "ask rid": "ask ride.log",
    "track rid": "track ride.log",
    "resume rid": "resume ride.log",
    "report --format js": "report --format json",
}


@pytest.mark.parametrize("shell", STARTED)
def test_a_real_shell_completes_by_tab(shell: str, tmp_path: Path) -> None:
    """The lines are run by a stand-in that says what it was given."""
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not on this machine")
    sessions = tmp_path / "state" / "syncsage" / "sessions"
    sessions.mkdir(parents=True)
    (sessions / "monday.jsonl").write_text("", "utf-8")
    (tmp_path / "ride.log").write_text("", "utf-8")
    (tmp_path / "script").write_text(script(shell), "utf-8")
    variables = on_path(tmp_path) | {
        "HOME": str(tmp_path),
        "TERM": "xterm",
        "SYNCSAGE_KB": str(BICYCLE),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    arguments, script_taken = STARTED[shell]
    child = pexpect.spawn(path, arguments, env=variables, cwd=str(tmp_path), encoding="utf-8", timeout=60)
    child.sendline(f"{script_taken}; echo rea''dy")
    child.expect("ready\r\n")
    done: dict[str, str] = {}
    for begun in COMPLETED:
        child.send(f"syncsage {begun}\t\r")
        child.expect(r"given: (.*?)\r\n")
        done[begun] = str(child.match[1]) if isinstance(child.match, re.Match) else ""
    child.close(force=True)
    assert done == COMPLETED


def test_what_cannot_be_read_disturbs_no_line(tmp_path: Path) -> None:
    variables = {"_SYNCSAGE_COMPLETE": "bash_complete", "COMP_WORDS": "syncsage kb show ch", "COMP_CWORD": "3"}
    surroundings = process_environment(**variables, SYNCSAGE_KB=str(tmp_path / "nowhere"))
    done = subprocess.run(program(), capture_output=True, text=True, env=surroundings, timeout=120, check=False)
    assert (done.stdout, done.stderr) == ("", "")


def test_kept_interviews_are_offered_with_their_first_words(engine: Engine, tmp_path: Path) -> None:
    session = engine.session()
    session.tell(f"{EXACT}\nsince the rain")
    (tmp_path / "syncsage" / "sessions").mkdir(parents=True)
    session.save(tmp_path / "syncsage" / "sessions" / "monday.jsonl")
    variables = {"_SYNCSAGE_COMPLETE": "powershell_complete", "COMP_WORDS": "syncsage\nresume", "COMP_CWORD": ""}
    surroundings = process_environment(**variables, XDG_STATE_HOME=str(tmp_path))
    done = subprocess.run(program(), capture_output=True, text=True, env=surroundings, timeout=120, check=True)
    assert done.stdout.splitlines() == ["file\t\t", f"plain\tmonday\t{EXACT} since the rain"]


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
