"""What is shipped: the archives that the build makes from this tree."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kb").rglob("*.yaml")}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def in_wheel(dist: Path) -> set[str]:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        return set(packed.namelist())


@pytest.fixture(scope="module")
def in_sdist(dist: Path) -> set[str]:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        return {name.partition("/")[2] for name in packed.getnames()}


def test_the_tree_has_knowledge_with_tests_beside_it() -> None:
    assert any(name.endswith(".test.yaml") for name in KNOWLEDGE)
    assert "kb/sources.yaml" in KNOWLEDGE


def test_the_wheel_ships_every_knowledge_file_and_its_tests_inside_the_library(in_wheel: set[str]) -> None:
    assert {name for name in in_wheel if name.startswith("syncsage/kb/")} == {f"syncsage/{name}" for name in KNOWLEDGE}


def test_the_wheel_puts_nothing_but_the_two_packages_into_site_packages(in_wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in in_wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"syncsage", "syncsage_cli"}


def test_the_wheel_ships_every_module_and_data_file_of_both_packages(in_wheel: set[str]) -> None:
    for root in (ROOT / "engine", ROOT / "cli"):
        files = {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
        source = {path.as_posix() for path in files if not any(part[0] in "._" for part in path.parts[:-1])}
        assert source
        assert source <= in_wheel


def test_both_packages_are_marked_as_typed(in_wheel: set[str]) -> None:
    assert {"syncsage/py.typed", "syncsage_cli/py.typed"} <= in_wheel


def test_the_licence_is_in_both_archives(in_wheel: set[str], in_sdist: set[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in in_wheel)
    assert "LICENSE" in in_sdist


def test_the_sdist_has_what_building_and_testing_need(in_sdist: set[str]) -> None:
    assert {"pyproject.toml", "constraints.txt", "Makefile", "tests/packaging/test_archives.py"} <= in_sdist
    assert in_sdist >= KNOWLEDGE


def test_no_archive_has_environments_caches_or_reports(in_wheel: set[str], in_sdist: set[str]) -> None:
    unwanted = {".venv", ".venv-wheel", ".coverage", ".git", ".hypothesis", ".mypy_cache", "__pycache__"}
    assert not [name for name in in_wheel | in_sdist if unwanted & set(name.split("/"))]
