"""One version, named once; every requirement held to one tested version."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from syncsage._version import __version__

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONSTRAINTS = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
REQUIREMENTS = [
    Requirement(text)
    for text in (
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *(text for extra in PROJECT["project"]["optional-dependencies"].values() for text in extra),
        *PROJECT["dependency-groups"]["dev"],
    )
]


def test_the_metadata_carry_the_version_of_the_library() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "hatchling", "version"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert told.stdout.strip() == __version__


def test_the_library_tells_its_version() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import syncsage; print(syncsage.__version__)"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == __version__


def test_the_program_tells_the_version_of_the_library() -> None:
    start = "import sys; from syncsage_cli.main import main; sys.argv[0] = 'syncsage'; sys.exit(main())"
    told = subprocess.run([sys.executable, "-c", start, "--version"], check=True, capture_output=True, text=True)
    assert re.search(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])", told.stdout)


def test_the_changelog_names_the_version() -> None:
    assert __version__ in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_constraint_is_one_exact_version() -> None:
    operators = {line.name: [part.operator for part in line.specifier] for line in CONSTRAINTS}
    assert {name: found for name, found in operators.items() if found != ["=="]} == {}
    assert len(operators) == len(CONSTRAINTS), "a name twice"


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
def test_every_requirement_is_constrained_to_a_version_it_accepts(requirement: Requirement) -> None:
    pins = {canonicalize_name(line.name): next(iter(line.specifier)).version for line in CONSTRAINTS}
    assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])
