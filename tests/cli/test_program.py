"""The real program, as a process: exit codes, pipes, what it imports, terminals."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.support import BICYCLE, EXACT, process_environment, program
from tests.cli.terminal import Terminal

SKIPS = "under load the chain jumps over the teeth"
HEAVY = ("prompt_toolkit", "numpy", "torch", "sentence_transformers", "jsonschema", "yaml", "rich")


def execute(*arguments: str | Path, piped: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        program("--kb", BICYCLE, *arguments),
        input=piped,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=process_environment(**variables),
        timeout=120,
        check=False,
    )


def test_exit_codes_of_the_process() -> None:
    assert execute("ask", SKIPS, "--answer", "chain-gauge=drops-in").returncode == 0
    assert execute("ask", SKIPS).returncode == 10
    assert execute("lookup", "E99").returncode == 11
    assert execute("ask", "").returncode == 2
    assert execute("--overlay", "no/such/folder", "ask", EXACT).returncode == 3


def test_a_pipe_gets_an_answer_and_never_a_screen() -> None:
    done = execute(piped=f"[00:01] start\n{EXACT}\n", TERM="xterm-256color")
    assert done.stdout.startswith("Recognised: The motor gets no speed signal  certain\n  line 2: ")
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_an_interview_can_be_held_through_a_pipe() -> None:
    done = execute("interview", piped=f"{SKIPS}\n1\nyes\nyes\n")
    assert "Solved." in done.stdout
    assert "\x1b" not in done.stdout
    assert done.returncode == 0


def test_a_certain_text_is_answered_without_the_heavy_libraries() -> None:
    execute("ask", EXACT)  # the knowledge is compiled once, with everything that takes
    code = (
        "import io, json, sys; from syncsage_cli.environment import Environment; from syncsage_cli.main import run\n"
        f"status = run({['--kb', str(BICYCLE), 'ask', EXACT, '--json']!r}, "
        "Environment(io.BytesIO(), io.StringIO(), sys.stderr))\n"
        "print(json.dumps([status, sorted({name.partition('.')[0] for name in sys.modules})]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=process_environment(),
        timeout=120,
        check=True,
    )
    status, modules = json.loads(done.stdout)
    assert status == 10
    assert not set(HEAVY) & set(modules)


def test_a_reader_that_leaves_early_is_no_error() -> None:
    first = subprocess.Popen(
        program("--kb", BICYCLE, "kb", "list", "findings"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=process_environment(),
    )
    assert first.stdout is not None
    assert first.stderr is not None
    first.stdout.close()
    assert first.wait(timeout=120) == 0
    assert first.stderr.read() == b""
    first.stderr.close()


def test_closed_streams_are_no_fault() -> None:
    command = shlex.join(program("--kb", BICYCLE, "ask", EXACT))
    done = subprocess.run(["sh", "-c", f"{command} <&- >&- 2>&-"], env=process_environment(), timeout=120, check=False)
    assert done.returncode == 10


def test_an_interview_without_a_keyboard_ends_at_once() -> None:
    command = shlex.join(program("--kb", BICYCLE, "interview"))
    done = subprocess.run(
        ["sh", "-c", f"{command} <&-"], env=process_environment(), timeout=120, check=False, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(shutil.which("yes") is None, reason="yes(1) is not here")
def test_an_interview_that_nobody_reads_any_more_ends() -> None:
    command = shlex.join(program("--kb", BICYCLE, "interview"))
    done = subprocess.run(
        ["sh", "-c", f"yes | {command} | head -1"],
        env=process_environment(), timeout=120, check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", [["kb", "list"], ["--help"], ["ask", EXACT, "--json"]])
def test_output_that_cannot_be_written_is_told(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = program("--kb", BICYCLE, *arguments)
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=process_environment(), timeout=120, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"syncsage: cannot write the output: No space left on device\n")


def test_an_early_control_c_is_no_traceback() -> None:
    code = (
        "import sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from syncsage_cli.start import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=process_environment(), timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_leaving_does_not_wait_for_what_is_still_being_loaded() -> None:
    code = (
        "import atexit, threading\n"
        "from syncsage_cli.repl.warmth import Warmth, leave\n"
        "atexit.register(print, 'taken down')\n"
        "loading = Warmth(threading.Event().wait, rest=0)\n"
        "[loading.touch('x' * typed) for typed in range(1, 20)]\n"
        "print('left')\n"
        "leave(11)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=process_environment(),
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (11, "left\n", "")


def test_a_console_of_few_characters_does_not_break_the_output() -> None:
    done = execute("ask", EXACT, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert done.returncode == 10
    as_data = execute("ask", "vélo électrique → E21 check speed sensor", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(as_data.stdout)["problems"]


class TestTerminal:
    """The program on a pseudo-terminal."""

    @pytest.fixture
    def terminal(self, tmp_path: Path) -> Iterator[Terminal]:
        opened = Terminal(tmp_path)
        yield opened
        opened.close()

    def test_a_paste_in_brackets_is_folded_and_answered(self, terminal: Terminal) -> None:
        terminal.start(TERM="xterm-256color")
        terminal.sees("Ctrl-D leaves")
        terminal.sees("\x1b[?2004h")  # the prompt takes pastes now
        terminal.sends("\x1b[200~[00:01] start\r[00:02] well\r[00:03] well\r" + EXACT + "\r\x1b[201~")
        terminal.sees("[paste #1: 4 lines]")
        terminal.sees("Recognised: ")
        terminal.sees("no speed signal")
        terminal.sends("\x04")
        assert terminal.status() == 10

    def test_control_c_leaves_with_130(self, terminal: Terminal) -> None:
        terminal.start(TERM="xterm-256color")
        terminal.sees("Ctrl-D leaves")
        terminal.sees("\x1b[?2004h")  # the prompt takes pastes now
        terminal.sends("half a thought\x03\x03")
        terminal.sees("press Ctrl-C again")
        terminal.sends("\x03")
        assert terminal.status() == 130

    def test_a_whole_interview(self, terminal: Terminal) -> None:
        terminal.start(TERM="xterm-256color", PAGER="less", LESS="", TMUX="", EDITOR="false")
        terminal.sees("Ctrl-D leaves")
        terminal.types(SKIPS)
        terminal.sees("Question 1")
        terminal.types("help")
        terminal.sees("What is asked")
        terminal.sends("q")
        terminal.types("slak")
        terminal.sees("Did you mean 1 (yes, slack)?")
        terminal.types("1")
        terminal.sees("Noted: yes, slack.")
        terminal.sees("Did it work?")
        terminal.types("steps")
        terminal.sees("Enter done")
        terminal.types("")
        terminal.sees("Enter done")
        terminal.types("")
        terminal.sees("All 2 steps are done.")
        terminal.types("copy report")
        terminal.sees("\x1b]52;c;")
        terminal.types("edit")
        terminal.sees("The editor did not work")
        terminal.types("yes")
        terminal.sees("Solved.")
        terminal.types("/q")
        assert terminal.status() == 0
        assert "ESC[" not in terminal.screen

    def test_a_dumb_terminal_gets_plain_lines(self, terminal: Terminal) -> None:
        terminal.start(TERM="dumb")
        terminal.sees("Ctrl-D leaves")
        terminal.sends(f"[00:01] start\n{EXACT}\n")
        terminal.sees("Recognised: ")
        terminal.sends("\x04")
        assert terminal.status() == 10
        assert "\x1b" not in terminal.screen

    def test_without_colour_nothing_is_coloured(self, terminal: Terminal) -> None:
        terminal.start("ask", EXACT, TERM="xterm-256color", NO_COLOR="1")
        terminal.sees("Recognised: ")
        assert terminal.status() == 10
        assert "\x1b[" not in terminal.screen
