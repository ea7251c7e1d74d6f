"""What sdist and wheel hold, against the tree; part of ``check_wheel.py``."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

from check_service import CheckError

ROOT = Path(__file__).resolve().parents[1]

#: No part of a path in either archive may be one of these.
UNWANTED = {".coverage", ".git", ".venv", ".venv-wheel", "__pycache__", "build", "dist", "htmlcov"} | {
    *(".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache")
}
#: All that the wheel may put into site-packages.
PACKAGES = {"syncsage", "syncsage_cli", "syncsage_service"}


def check_contents(sdist: Path, wheel: Path) -> None:
    """Compare both archives with the tree.

    Raises:
        CheckError: A knowledge file, its vectors, a type marker or the licence is missing, or something is in
            that must not be.
    """
    with tarfile.open(sdist) as source:
        in_sdist = {name.partition("/")[2] for name in source.getnames()}
    with zipfile.ZipFile(wheel) as packed:
        in_wheel = set(packed.namelist())
    knowledge = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kb").rglob("*.yaml")}
    deployment = {"deploy/Containerfile", "deploy/syncsage.service"}
    _demand("sdist", in_sdist, knowledge | deployment | {"LICENSE", "Makefile", "constraints.txt", "pyproject.toml"})
    _demand("wheel", in_wheel, {f"syncsage/{path}" for path in knowledge})
    _demand("wheel", in_wheel, {"syncsage/py.typed", "syncsage_cli/py.typed", "syncsage_service/py.typed"})
    _demand("wheel", in_wheel, _service_files())
    if not any(name.startswith("syncsage/vectors/vectors-") for name in in_wheel):
        raise CheckError("the vectors of the knowledge are missing from the wheel")
    for archive, names in (("sdist", in_sdist), ("wheel", in_wheel)):
        if unwanted := sorted(name for name in names if UNWANTED & set(name.split("/"))):
            raise CheckError(f"the {archive} must not contain {', '.join(unwanted[:5])}")
    tops = {name.split("/")[0] for name in in_wheel}
    if outside := {top for top in tops if not top.endswith(".dist-info")} - PACKAGES:
        raise CheckError(f"the wheel would put {', '.join(sorted(outside))} beside other people's packages")


def _service_files() -> set[str]:
    """Return everything of the service but caches: modules, the page, migrations."""
    found = (path for path in (ROOT / "service").rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(ROOT / "service").as_posix() for path in found}


def _demand(archive: str, names: set[str], wanted: set[str]) -> None:
    if missing := sorted(wanted - names):
        raise CheckError(f"{len(missing)} files are missing from the {archive}: {', '.join(missing[:5])}")
