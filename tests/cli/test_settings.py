"""Settings: who wins, what is refused, and what they change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.support import BICYCLE, EXACT, Outcome, Pipe, Typist

from syncsage.errors import InputError
from syncsage_cli.commands.config import template
from syncsage_cli.main import run
from syncsage_cli.settings.model import SETTINGS
from syncsage_cli.settings.sources import own_file, resolve


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "machine"))
    return tmp_path


def write(text: str, place: Path | None = None) -> Path:
    path = place or own_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def call(*arguments: str, **variables: str) -> Outcome:
    environment = Pipe()
    environment.variables = variables
    status = run(arguments, environment)
    return Outcome(status, environment.said, environment.remarked)


def test_the_command_line_wins_over_variables_over_the_own_file_over_that_of_the_machine(tmp_path: Path) -> None:
    own = write("theme = 'dark'\nwidth = 50\nkb = 'other'\n")
    machine = write("\ntheme = 'light'\nhistory = false\n", tmp_path / "machine" / "syncsage" / "config.toml")
    shown = json.loads(call("--kb", str(BICYCLE), "config", "show", "--json", SYNCSAGE_WIDTH="60").out)
    assert shown["kb"] == {"value": str(BICYCLE), "origin": "command line"}
    assert shown["width"] == {"value": 60, "origin": "SYNCSAGE_WIDTH"}
    assert shown["theme"] == {"value": "dark", "origin": f"{own}:1"}
    assert shown["history"] == {"value": False, "origin": f"{machine}:3"}
    assert shown["autosave"] == {"value": True, "origin": "default"}


def test_paths_in_a_file_start_from_its_folder() -> None:
    path = write("kb = 'mine'\noverlays = ['a', '/b']\n")
    settings = resolve({}, {}, [path])
    assert settings.kb == path.parent / "mine"
    assert settings.overlays == (path.parent / "a", Path("/b"))


def test_all_faults_are_told_with_file_line_and_the_nearest_name() -> None:
    path = write("# mine\nthem = 'dark'\nwidth = 'wide'\n\nplain = 1\n[pager]\n")
    with pytest.raises(InputError) as caught:
        resolve({}, {"SYNCSAGE_THEME": "pink"}, [path])
    assert str(caught.value).splitlines() == [
        "SYNCSAGE_THEME: must be one of auto, dark, light, mono, not 'pink'",
        f"{path}:2: no setting is called 'them'; did you mean 'theme'?",
        f"{path}:3: width must be a number from 40 to 200, or 0 for that of the window",
        f"{path}:5: plain must be true or false",
        f"{path}:6: pager must be a text in quotes",
    ]


def test_a_file_that_is_no_toml_is_refused_with_its_line() -> None:
    path = write("theme = 'dark'\nwidth =\n")
    outcome = call("lookup", "404")
    assert outcome.status == 2
    assert outcome.err.startswith(f"syncsage: {path}:2: is not TOML: ")
    path.write_bytes(b"theme = '\xff'")
    assert "is not UTF-8" in call("config", "check").err


def test_commands_about_settings_help_where_the_settings_are_wrong() -> None:
    write("nonsense = 1\n")
    assert call("config", "path").out == f"{own_file()}\n"
    assert call("completion", "fish").status == 0
    assert call("--help").status == 0
    assert call("config", "check").status == 2


def test_a_begun_file_sets_nothing_and_is_not_overwritten() -> None:
    assert call("config", "init").status == 0
    assert own_file().read_text("utf-8") == template()
    own_file().write_text(template().replace("# width = 0", "width = 77"), "utf-8")
    assert call("config", "init").status == 2
    assert json.loads(call("config", "show", "--json").out)["width"]["value"] == 77
    assert call("config", "check").out == f"{own_file()}: good\n"


def test_every_line_of_a_begun_file_is_good_as_it_stands() -> None:
    path = write("\n".join(line[2:] for line in template().splitlines() if " = " in line))
    settings = resolve({}, {}, [path])
    assert all(settings.origins[name].startswith(str(path)) for name in SETTINGS)


def test_check_names_folders_that_are_missing_and_variables_that_mean_nothing() -> None:
    assert "did you mean 'SYNCSAGE_THEME'" in call("config", "check", SYNCSAGE_TEME="dark").err
    outcome = call("config", "check", SYNCSAGE_OVERLAYS="/no/such/folder")
    assert (outcome.status, "SYNCSAGE_OVERLAYS: overlays: there is no folder" in outcome.err) == (2, True)


def test_width_theme_and_plain_reach_the_page() -> None:
    write(f"kb = '{BICYCLE}'\nwidth = 40\n")
    narrow = call("ask", EXACT).out
    assert max(map(len, narrow.splitlines())) <= 40
    assert "\n1: " not in narrow
    assert "\n1: " in call("ask", EXACT, SYNCSAGE_PLAIN="yes").out
    assert "\n1: " in call("ask", EXACT, TERM="dumb").out


def test_without_autosave_nothing_is_kept(tmp_path: Path) -> None:
    for autosave in ("0", "1"):
        typist = Typist([EXACT, "quit"])
        typist.state_dir = tmp_path / autosave
        typist.variables = {"SYNCSAGE_AUTOSAVE": autosave, "SYNCSAGE_KB": str(BICYCLE)}
        run(["--plain"], typist)
        assert (tmp_path / autosave / "sessions").exists() == (autosave == "1")


@pytest.mark.parametrize("before", [True, False])
def test_options_of_the_screen_stand_before_or_behind_the_command(before: bool) -> None:
    write("theme = 'light'\nwidth = 60\n")
    given, environment = ["--theme", "dark", "--width", "40", "--pager", "off", "--plain"], Pipe()
    command = ["--kb", str(BICYCLE), *(given if before else []), "ask", EXACT, *([] if before else given)]
    assert run(command, environment) == 10
    assert (environment.theme, environment.width, environment.pager, environment.plain) == ("dark", 40, "off", True)
    assert max(map(len, environment.said.splitlines())) <= 40


def test_a_width_of_nothing_is_that_of_the_window() -> None:
    write("width = 60\n")
    environment = Pipe()
    run(["--kb", str(BICYCLE), "kb", "list", "--width", "0"], environment)
    assert (environment.width, environment.fixed_width) == (80, 0)


@pytest.mark.parametrize(
    ("option", "value", "fault"),
    [
        ("--theme", "pink", "'pink' is not one of"),
        ("--width", "30", "from 40 to 200, or 0"),
        ("--width", "x", "not 'x'"),
    ],
)
def test_an_option_of_the_screen_that_is_none_is_told(option: str, value: str, fault: str) -> None:
    outcome = call("kb", "list", option, value)
    assert (outcome.status, outcome.out) == (2, "")
    assert fault in outcome.err
