"""Nothing in the repository names a place on one machine, a package index or the making of the project."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Put together from parts, so that this file does not contain what it looks for.
FORBIDDEN = {
    "a path of a build machine": rf"(?<![\w./:])/{'(?:root|work|home/[a-z]+|opt/(?:wheels|pypi))'}\b",
    "a scratch folder": r"/tmp" + r"/(?:scratch|spec)\b",
    "a folder outside the repository": r"\.\./" + "shared",
    "a package index": "|".join(
        ["py" + r"pi\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", r"pytorch\.org" + "/whl"]
    ),
    "an option that names a package index": r"--(?:extra-)?" + r"(?:index-url|find-links)",
    "a ticket": r"\b[Ii]ss" + r"ue #?\d+",
}


def repository_files() -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def findings(pattern: str, text: str) -> list[str]:
    return [match.group() for match in re.finditer(pattern, text)]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    found = {
        path.relative_to(ROOT).as_posix(): hits
        for path in repository_files()
        if (hits := findings(FORBIDDEN[what], path.read_text("utf-8", errors="replace")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of a build machine", "see /ro" + "ot/notes"),
        ("a path of a build machine", "/ho" + "me/ann/x"),
        ("a scratch folder", "/t" + "mp/scratch/bin"),
        ("a folder outside the repository", "../sha" + "red/cases"),
        ("a package index", "https://py" + "pi.org/simple"),
        ("an option that names a package index", "--extra-in" + "dex-url x"),
        ("a ticket", "iss" + "ue #12"),
    ],
)
def test_the_patterns_find_what_they_are_for(what: str, text: str) -> None:
    assert findings(FORBIDDEN[what], text)


def test_the_patterns_leave_paths_of_the_subject_alone() -> None:
    text = "http://wsus:8530/root/x, C:/work/WSUS, update/work, an issue of no number, ../sharing"
    assert not [what for what, pattern in FORBIDDEN.items() if findings(pattern, text)]


def test_there_are_files_to_look_at() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in repository_files()}
    assert {"Makefile", "pyproject.toml", "tests/packaging/test_cleanliness.py"} <= names
