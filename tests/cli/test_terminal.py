"""The interview on a pseudo-terminal: keys, pastes without brackets, sizes, signals, the editor."""

from __future__ import annotations

import shlex
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.support import EXACT
from tests.cli.terminal import Terminal

F1, F2, F4 = "\x1bOP", "\x1bOQ", "\x1bOS"
ESCAPE, CTRL_E = "\x1b", "\x05"
_PROMPT_IS_UP = "\x1b[?2004h"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    opened.start(TERM="xterm-256color", EDITOR=editor(tmp_path), PAGER="cat")
    opened.sees("Ctrl-D leaves")
    opened.sees(_PROMPT_IS_UP)
    yield opened
    opened.close()


def editor(folder: Path) -> str:
    """Return the command of an editor that adds five lines."""
    program = folder / "editor.py"
    program.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        f"path.write_text(path.read_text() + 'a\\nb\\nc\\nd\\n{EXACT}\\n')\n",
        "utf-8",
    )
    return shlex.join([sys.executable, str(program)])


def has_recognised(terminal: Terminal) -> None:
    """Wait for the answer and the prompt behind it."""
    terminal.sees("Recognised: ")
    terminal.sees(_PROMPT_IS_UP)


@pytest.mark.parametrize("count", [30, 300])
def test_a_paste_without_brackets_is_one_entry(terminal: Terminal, count: int) -> None:
    lines = [f"[00:{n:02}] /quit and exit, all is well" for n in range(count - 1)]
    terminal.sends("\r".join([*lines, EXACT]) + "\r")
    terminal.sees(f"[paste #1: {count} lines]")
    has_recognised(terminal)
    terminal.sends("history\r")
    terminal.sees(f"{count} lines: ")


def test_pages_of_the_function_keys_leave_the_line_alone(terminal: Terminal) -> None:
    terminal.sends(EXACT + "\r")
    has_recognised(terminal)
    terminal.sends("wh")
    for key, heading in ((F1, "Answers"), (F2, "What is known"), (F4, "What it may come from")):
        terminal.sends(key)
        terminal.sees(heading)
        terminal.sees(_PROMPT_IS_UP)
    terminal.sends("y\r")
    terminal.sees("Why")


def test_the_history_is_searched(terminal: Terminal) -> None:
    terminal.sends("lookup E21\r")
    terminal.sees("E21")
    terminal.sees(_PROMPT_IS_UP)
    terminal.sends("\x12")
    terminal.sees("I-search backward")
    terminal.sends("oku")
    terminal.sees("p E21")


def test_the_menu_of_commands_opens_by_itself_and_escape_closes_it(terminal: Terminal) -> None:
    terminal.sends("/w")
    terminal.sees("/whynot")
    terminal.sends(f"\t{ESCAPE}{CTRL_E}hatif 1\r")  # Escape takes back what Tab chose; Ctrl-E tells it from Alt-h
    terminal.sees("There is no question to try an answer to.")


def test_the_editor_writes_the_entry(terminal: Terminal) -> None:
    terminal.sends("since monday \x18\x05")
    has_recognised(terminal)
    terminal.sends("history\r")
    terminal.sees("6 lines: since monday a")
    terminal.sees(_PROMPT_IS_UP)
    terminal.sends("/edit\r")
    terminal.sees("does not apply")
    terminal.sees(_PROMPT_IS_UP)
    terminal.sends("history\r")
    terminal.sees("5 lines: a")


@pytest.mark.parametrize(("lines", "columns"), [(5, 20), (3, 40), (60, 200)])
def test_a_window_of_any_size_goes_on(terminal: Terminal, lines: int, columns: int) -> None:
    terminal.sends(EXACT + "\r")
    has_recognised(terminal)
    terminal.resized(lines, columns)
    terminal.sees(_PROMPT_IS_UP)
    terminal.sends("history\r")
    terminal.sees("What you said")
    terminal.sees(_PROMPT_IS_UP)
    terminal.sends("\x04")
    assert terminal.status() == 10


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_in_order_and_keeps_the_interview(
    terminal: Terminal, number: signal.Signals, status: int
) -> None:
    terminal.sends(EXACT + "\r")
    has_recognised(terminal)
    terminal.gets(number)
    assert terminal.status() == status
    assert "Traceback" not in terminal.screen
    assert terminal.screen.rindex("\x1b[?2004l") > terminal.screen.rindex(_PROMPT_IS_UP)
    terminal.start("resume", TERM="xterm-256color")
    terminal.sees("Going on where you left.")


@pytest.mark.parametrize("keys", ["since monday \x18\x05", "edit\r"])
def test_an_editor_that_is_stopped_leaves_the_interview_alone(tmp_path: Path, keys: str) -> None:
    program = tmp_path / "slow.py"
    program.write_text(
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_DFL)\nprint('editing', flush=True)\n"
        "time.sleep(600)\n",
        "utf-8",
    )
    terminal = Terminal(tmp_path)
    terminal.start(TERM="xterm-256color", EDITOR=shlex.join([sys.executable, str(program)]))
    terminal.sees(_PROMPT_IS_UP)
    terminal.sends(keys)
    terminal.sees("editing")
    terminal.sends("\x03")
    terminal.sees(_PROMPT_IS_UP)
    assert "one moment" not in terminal.screen
    terminal.sends("\x15help copy\r")
    terminal.sees("the command to run")
    terminal.close()
