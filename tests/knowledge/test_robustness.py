"""Whatever bytes lie in a file: a knowledge base, or a KnowledgeError, and a lint that ends."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.errors import Fault, KnowledgeError
from syncsage.knowledge import load
from syncsage.knowledge.lint import lint

FILES = (
    "domain.yaml", "sources.yaml", "codes.yaml", "problems/chain-skips.yaml", "causes/chain-dry.yaml",
    "procedures/replace-brake-pads.yaml", "findings/riding.yaml", "rules/drivetrain.yaml", "tracking/start-up.yaml",
    "causes/chain-dry.test.yaml",
)  # fmt: skip
TOKENS = (
    b"[", b"]", b"{", b"}", b"- ", b": ", b"? ", b"&a ", b"*a", b"!!set ", b"!!python/name:x ", b"<<: ", b"~", b"no",
    b"1e999", b".nan", b"0o17", b"2020-01-01", b"'", b'"', b"|\n", b">\n", b"#", b"\t", b"\n", b"\r", b"\x00", b"\xff",
    b"\xf0\x9f\x94\xa7", b"---\n", b"...\n", b"%YAML 9\n", b"null", b"=", b"", b"{}", b"[]", b'""', b"\\", b"(", b"*",
)  # fmt: skip


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory, bicycle_folder: Path) -> Path:
    return Path(shutil.copytree(bicycle_folder, tmp_path_factory.mktemp("victim") / "kb"))


def faults_of_load(folder: Path) -> tuple[Fault, ...]:
    try:
        load(folder)
    except KnowledgeError as error:
        return error.faults
    return ()


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_bytes_give_knowledge_or_faults(victim: Path, data: st.DataObject) -> None:
    path = victim / data.draw(st.sampled_from(FILES))
    original = path.read_bytes()
    content = bytearray(original)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.sampled_from([0, 0, 1, 2, 5, 20, 100]))
        content[at : at + cut] = data.draw(st.sampled_from(TOKENS) | st.binary(max_size=4))
    path.write_bytes(bytes(content))
    try:
        faults, found = lint(victim), faults_of_load(victim)
    finally:
        path.write_bytes(original)
    assert set(found) <= set(faults)
    assert all(fault.line >= 1 and fault.message for fault in faults)
