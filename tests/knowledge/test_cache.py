"""The cache makes the next load cheap and never makes it wrong."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from syncsage.errors import KnowledgeError
from syncsage.knowledge import load
from syncsage.knowledge.literals import literals

Edit = Callable[[str, str, str], None]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "knowledge"


def test_a_cached_load_is_equal(shop: Path, cache: Path) -> None:
    plain = load(shop)
    assert load(shop, cache_dir=cache) == plain
    assert len(list(cache.iterdir())) == 1
    assert load(shop, cache_dir=cache) == plain


def test_a_cached_load_reads_neither_yaml_nor_schemas(shop: Path, cache: Path, run_python: Callable[..., str]) -> None:
    load(shop, cache_dir=cache)
    code = (
        "import sys; from pathlib import Path; from syncsage.knowledge import load\n"
        "load(Path(sys.argv[1]), cache_dir=Path(sys.argv[2]))\n"
        "print([m for m in ('yaml', 'jsonschema', 'rapidfuzz.process') if m in sys.modules])"
    )
    assert run_python(code, str(shop), str(cache)).strip() == "[]"


def test_the_literals_of_all_patterns_are_kept(shop: Path, cache: Path) -> None:
    kb = load(shop, cache_dir=cache)
    signatures = [signature for problem in kb.problems.values() for signature in problem.signatures]
    derivations = [derivation for finding in kb.findings.values() for derivation in finding.derive]
    patterns = [pattern for one in signatures for pattern in one.all]
    patterns += [pattern for one in derivations for pattern in one.all]
    wanted = {pattern: literals(pattern) for pattern in patterns}
    assert len(wanted) > 5
    assert kb.literals == wanted
    again = load(shop, cache_dir=cache).literals
    assert {pattern: tuple(texts) for pattern, texts in again.items()} == wanted


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_as_it_was(shop: Path, cache: Path, edit: Edit, enabled: bool) -> None:
    (gc.enable if enabled else gc.disable)()
    try:
        load(shop, cache_dir=cache)
        assert gc.isenabled() is enabled
        edit("causes/chain-dry.yaml", "fix: oil-the-chain", "fix: prayer")
        with pytest.raises(KnowledgeError):
            load(shop, cache_dir=cache)
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


def test_without_a_cache_folder_nothing_is_written(shop: Path) -> None:
    before = sorted(shop.parent.rglob("*"))
    load(shop)
    assert sorted(shop.parent.rglob("*")) == before


def test_a_change_is_seen(shop: Path, cache: Path, edit: Edit) -> None:
    old = load(shop, cache_dir=cache)
    edit("causes/chain-dry.yaml", "title: The chain has run dry", "title: The chain is dry")
    new = load(shop, cache_dir=cache)
    assert new.causes["chain-dry"].title == "The chain is dry"
    assert new.hash != old.hash
    assert len(list(cache.iterdir())) == 1


def test_a_fault_is_found_in_spite_of_the_cache(shop: Path, cache: Path, edit: Edit) -> None:
    load(shop, cache_dir=cache)
    edit("causes/chain-dry.yaml", "fix: oil-the-chain", "fix: prayer")
    with pytest.raises(KnowledgeError, match="there is no procedure prayer"):
        load(shop, cache_dir=cache)


def test_a_new_file_and_a_removed_file_are_seen(shop: Path, cache: Path) -> None:
    load(shop, cache_dir=cache)
    text = (shop / "problems/outside-car.yaml").read_text("utf-8").replace("outside-car", "outside-boat")
    (shop / "problems/outside-boat.yaml").write_text(text, "utf-8")
    assert "outside-boat" in load(shop, cache_dir=cache).problems
    (shop / "problems/outside-boat.yaml").unlink()
    assert "outside-boat" not in load(shop, cache_dir=cache).problems


def test_stray_files_are_complained_about_in_spite_of_the_cache(shop: Path, cache: Path) -> None:
    load(shop, cache_dir=cache)
    (shop / "cause.yaml").write_text("x")
    with pytest.raises(KnowledgeError, match=r"cause\.yaml"):
        load(shop, cache_dir=cache)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"The chain has run dry", b"The chain is at sea!!"),
        lambda content: content.replace(b"syncsage-knowledge 2", b"syncsage-knowledge 1", 1),
        lambda content: b"\x00\xff" * 40,
        lambda content: content.replace(b"\n", b" ", 1),
    ],
    ids=["empty", "cut", "changed", "older-format", "binary", "one-line"],
)
def test_a_damaged_cache_is_ignored_and_written_anew(shop: Path, cache: Path, damage: Callable[[bytes], bytes]) -> None:
    expected = load(shop, cache_dir=cache)
    [file] = cache.iterdir()
    good = file.read_bytes()
    file.write_bytes(damage(good))
    assert file.read_bytes() != good
    assert load(shop, cache_dir=cache) == expected
    assert file.read_bytes() == good


def test_a_cache_that_cannot_be_written_costs_only_time(shop: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("in the way")
    assert load(shop, cache_dir=blocked) == load(shop)
    assert load(shop, cache_dir=blocked / "inside") == load(shop)


def test_a_cache_file_that_is_a_folder_is_left_alone(shop: Path, cache: Path) -> None:
    load(shop, cache_dir=cache)
    [file] = cache.iterdir()
    file.unlink()
    (file / "full").mkdir(parents=True)
    assert load(shop, cache_dir=cache) == load(shop)
    assert [path.name for path in cache.iterdir()] == [file.name]


def test_overlays_have_a_cache_of_their_own(shop: Path, cache: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    (overlay / "domain.yaml").write_text("title: Our fleet")
    plain = load(shop, cache_dir=cache)
    ours = load(shop, [overlay], cache_dir=cache)
    assert (plain.domain.title, ours.domain.title) == ("Bicycles and e-bikes", "Our fleet")
    assert load(shop, cache_dir=cache) == plain
    assert load(shop, [overlay], cache_dir=cache) == ours
    assert len(list(cache.iterdir())) == 2


def test_tests_of_the_knowledge_are_no_part_of_it(shop: Path, cache: Path) -> None:
    load(shop, cache_dir=cache)
    (shop / "causes/chain-dry.test.yaml").write_text("- broken: [")
    assert load(shop, cache_dir=cache) == load(shop)
