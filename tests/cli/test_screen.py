"""What the terminal is: colours, backgrounds, code pages, closed and read-only places, signs of life."""

from __future__ import annotations

import html
import io
import json
import shlex
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from tests.cli.support import BICYCLE, EXACT, Pipe, process_environment, program

from syncsage_cli.progress import Sign, busy
from syncsage_cli.render.page import QUIET, heading, paint, paragraph, rows
from syncsage_cli.render.themes import THEMES
from syncsage_cli.standins import STAND_IN
from syncsage_cli.terminal import background, wants_colour


@pytest.mark.parametrize(
    ("variables", "on_screen", "wanted"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"CLICOLOR": "0"}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"CLICOLOR_FORCE": "1", "TERM": "dumb"}, False, True),
    ],
)
def test_who_decides_on_colour(variables: dict[str, str], on_screen: bool, wanted: bool) -> None:
    assert wants_colour(variables, on_screen) is wanted


def test_the_terminal_tells_its_background() -> None:
    told = {"0;15": "light", "0;7": "light", "15;0": "dark", "12;8": "dark", "15;default": "auto", "": "auto"}
    assert {value: background({"COLORFGBG": value}) for value in told} == told


def test_themes_hold_to_colours_that_can_be_read_on_their_background() -> None:
    page = [rows([("1", "x")]), heading("Title", "aside"), paragraph("quiet", style=QUIET)]
    for name, theme in THEMES.items():
        used = {
            style.color.name
            for key, style in theme.styles.items()
            if key in ("confirmed", "likely", "possible") and style.color
        }
        assert {"light": not used & {"yellow", "bright_yellow"}, "dark": "blue" not in used, "mono": not used}.get(
            name, True
        )
        assert paint(page, width=80, colour=False, theme=name) == paint(page, width=80, colour=False)


def test_a_plain_page_is_read_in_order() -> None:
    page = paint(
        [rows([("1", "possible", "the chain"), ("?", "later · skip"), ("Good:", "True")])],
        width=80,
        colour=False,
        plain=True,
    )
    assert page == "1: possible, the chain\n?: later, skip\nGood: True\n"


@pytest.mark.parametrize(
    ("encoding", "written"),
    [("utf-8", "→ é · █ ß 日"), ("cp1252", "-> é · # ß ?"), ("cp437", "-> é · █ ß ?"), ("ascii", "-> e - # ss ?")],
)
def test_characters_that_a_code_page_lacks_have_stand_ins(encoding: str, written: str) -> None:
    assert "→ é · █ ß 日".encode(encoding, STAND_IN).decode(encoding) == written


class Watched(io.StringIO):
    """Standard error on a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_sign_of_life_is_a_line_where_nothing_may_be_redrawn_and_leaves_no_trace_elsewhere() -> None:
    for plain in (True, False):
        environment = Pipe()
        environment.stderr, environment.plain = Watched(), plain
        sign = Sign(environment, "Reading")
        sign.show()
        sign.hide()
        sign.show()
        assert isinstance(environment.stderr, io.StringIO)
        assert (environment.stderr.getvalue() == "Reading ...\n") is plain
        assert "Reading" in environment.stderr.getvalue()


def test_a_sign_of_life_tells_how_far_it_is() -> None:
    environment = Pipe()
    environment.stderr = Watched()
    sign = Sign(environment, "Measuring")
    sign.tell(3, 1_200)
    sign.show()
    sign.hide()
    assert "Measuring, 3 of 1,200" in environment.stderr.getvalue()


def test_only_the_outermost_work_has_a_sign_of_life() -> None:
    environment = Pipe()
    environment.stderr = Watched()
    with busy(environment, "Reading"):
        assert environment.occupied
        with busy(environment, "Thinking"):
            pass
        assert environment.occupied
    assert not environment.occupied


def execute(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    command = program("--kb", BICYCLE, *arguments)
    return subprocess.run(command, capture_output=True, env=process_environment(**variables), timeout=120, check=False)


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "latin-1", "ascii"])
def test_any_code_page_gets_the_whole_answer(encoding: str) -> None:
    done = execute("ask", "vélo → 日本 E21 check speed sensor", PYTHONIOENCODING=encoding, PYTHONUTF8="0", LANG="C")
    assert (done.returncode, done.stderr) == (10, b"")
    assert b"Recognised: " in done.stdout


def test_a_page_is_whole_in_any_code_page(tmp_path: Path) -> None:
    session = tmp_path / "ride.jsonl"
    execute("ask", "vélo 日本 E21 check speed sensor", "--save", session)
    folders = {"PYTHONUTF8": "0", "LANG": "C"}
    done = execute("report", session, "--format", "html", PYTHONIOENCODING="cp1252", **folders)
    other = execute("report", session, "--format", "html", PYTHONIOENCODING="utf-8", **folders)
    assert b"\xc3\xa9lo" in other.stdout
    assert html.unescape(done.stdout.decode("ascii")) == html.unescape(other.stdout.decode("utf-8"))


def test_a_home_that_is_missing_or_read_only_is_no_fault(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    for home in (locked, tmp_path / "gone", Path("/dev/null")):
        folders = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "CACHE", "STATE")}
        done = execute("ask", EXACT, HOME=str(home), **folders)
        assert (done.returncode, done.stderr) == (10, b"")


def test_colour_can_be_forced_into_a_pipe() -> None:
    assert b"\x1b[1m" in execute("ask", EXACT, FORCE_COLOR="1").stdout
    assert b"\x1b" not in execute("ask", EXACT, FORCE_COLOR="1", NO_COLOR="1").stdout


@pytest.mark.skipif(shutil.which("script") is None, reason="script(1) of util-linux is not here")
def test_a_recorded_session_of_script_is_a_terminal(tmp_path: Path) -> None:
    command = shlex.join(program("--kb", BICYCLE, "--version", "--json"))
    done = execute("--version", "--json")
    assert json.loads(done.stdout)["knowledge"].startswith("bicycle-")
    recorded = subprocess.run(
        ["script", "-qec", command, str(tmp_path / "typescript")],
        capture_output=True, env=process_environment(TERM="xterm"), timeout=120, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert recorded.returncode == 0
    assert b"bicycle-" in recorded.stdout
