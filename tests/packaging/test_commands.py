"""The commands that a developer and the integration run share."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
MAKE = shutil.which("make") or "make"


def declared_targets() -> list[str]:
    (line,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE.replace("\\\n", " "), re.MULTILINE)
    return str(line).split()


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run([MAKE, *arguments], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [(), ("help",)], ids=["by default", "asked"])
def test_help_lists_every_target(arguments: tuple[str, ...]) -> None:
    listed = re.findall(r"^  make ([\w-]+) +\S", make(*arguments).stdout, re.MULTILINE)
    assert sorted(listed) == sorted(declared_targets())


def test_every_target_without_a_file_is_declared_as_such() -> None:
    targets = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)
    assert sorted(targets) == sorted(declared_targets())


def test_test_runs_every_check() -> None:
    (line,) = re.findall(r"^test: ([a-z ]+) ##", MAKEFILE, re.MULTILINE)
    assert {"lint", "types", "kb", "unit", "wheel"} == set(str(line).split())


def test_an_unsuitable_interpreter_is_refused_with_a_way_out(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.18"\nexit 1\n', "utf-8")
    old.chmod(0o755)
    done = make(f"PYTHON={old}", f"VENV={tmp_path / 'venv'}", "run")
    assert done.returncode != 0
    assert "needs Python 3.11 or 3.12" in done.stderr
    assert "Python 3.9.18" in done.stderr
    assert "make PYTHON=" in done.stderr


def test_a_missing_interpreter_is_named(tmp_path: Path) -> None:
    done = make("PYTHON=no-such-python", f"VENV={tmp_path / 'venv'}", "run")
    assert done.returncode != 0
    assert "'no-such-python' is not there" in done.stderr


def fake(folder: Path, name: str, does: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    (folder / name).chmod(0o755)


def programs(folder: Path) -> subprocess.CompletedProcess[str]:
    """Install what tests start on a machine that has nothing but what is in the folder, and ``tail``."""
    fake(folder, "tail", f'exec {shutil.which("tail")} "$@"')
    script, shell = ROOT / "tools" / "test_programs.sh", shutil.which("sh") or "sh"
    return subprocess.run([shell, script], env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


def test_what_tests_start_is_installed_where_it_may_be(tmp_path: Path) -> None:
    fake(tmp_path, "id", "echo 0")
    fake(
        tmp_path,
        "apt-get",
        f'echo "$@" >>{tmp_path}/asked; [ "$1" = update ] && : >{tmp_path}/fresh; [ -e {tmp_path}/fresh ]',
    )
    done = programs(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    install, update, again = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert install == again
    assert install.endswith(" chromium")
    assert update == "update -qq"


def test_what_tests_start_is_named_where_it_cannot_be_installed(tmp_path: Path) -> None:
    fake(tmp_path, "id", "echo 1000")
    done = programs(tmp_path)
    assert done.returncode == 0
    assert re.search(r"^Not installed:.* chromium\. Tests that need them are left out", done.stderr)
    fake(tmp_path, "id", "echo 0")
    fake(tmp_path, "apt-get", "echo no network; false")
    done = programs(tmp_path)
    assert (done.returncode, done.stderr) == (0, "no network\n")


def test_the_integration_run_is_make_test_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]
    assert os.access(script, os.X_OK)
