"""Folders and files that are not what they should be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from syncsage.errors import Fault, KnowledgeError
from syncsage.knowledge import bundled, load
from syncsage.knowledge.lint import lint


def faults_of(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    assert caught.value.faults == lint(folder) or set(caught.value.faults) <= set(lint(folder))
    return [(fault.file, fault.message) for fault in caught.value.faults]


def test_missing_folder(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "nowhere") == [(str(tmp_path / "nowhere"), "there is no such folder")]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "kb.yaml"
    path.write_text("id: x")
    assert faults_of(path) == [(str(path), "is not a folder")]


def test_a_folder_that_loops(tmp_path: Path) -> None:
    path = tmp_path / "loop"
    path.symlink_to(path)
    [(file, message)] = faults_of(path)
    assert file == str(path)
    assert message.startswith("cannot be listed: ")


def test_an_empty_folder_lacks_a_domain(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == [("domain.yaml", "is missing")]


def test_a_folder_of_ours_that_is_a_file(shop: Path) -> None:
    (shop / "tracking" / "start-up.yaml").unlink()
    (shop / "tracking").rmdir()
    (shop / "tracking").write_text("x")
    assert faults_of(shop) == [("tracking", "is not a folder that can be read")]


@pytest.mark.parametrize("name", ["causes/chain-dry.yaml", "domain.yaml", "codes.yaml"])
def test_a_file_that_is_a_circular_link(shop: Path, name: str) -> None:
    (shop / name).unlink()
    (shop / name).symlink_to(shop / name)
    assert (name, "is not a file that can be read (a dead or circular link?)") in faults_of(shop)


def test_a_folder_in_place_of_a_file(shop: Path) -> None:
    (shop / "domain.yaml").unlink()
    (shop / "domain.yaml").mkdir()
    assert ("domain.yaml", "is not a file that can be read (a dead or circular link?)") in faults_of(shop)


def test_a_pipe_does_not_hang_the_load(shop: Path) -> None:
    (shop / "sources.yaml").unlink()
    os.mkfifo(shop / "sources.yaml")
    assert faults_of(shop) == [("sources.yaml", "is not a file that can be read (a dead or circular link?)")]


def test_folders_are_not_nested(shop: Path) -> None:
    (shop / "causes" / "wheels").mkdir()
    message = "is a folder: the folders of a knowledge base are not nested"
    assert faults_of(shop) == [("causes/wheels", message)]


def test_the_other_ending_is_pointed_out(shop: Path) -> None:
    (shop / "causes" / "rust.yml").write_text("id: rust")
    assert faults_of(shop) == [("causes/rust.yml", "is not read: name it rust.yaml")]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("source.yaml", "; did you mean sources.yaml?"),
        (
            "notes.yaml",
            (
                " (known: domain.yaml, sources.yaml, codes.yaml, runs.yaml, formats.yaml, problems, causes, "
                "procedures, findings, rules, tracking)"
            ),
        ),
    ],
)
def test_a_stray_file_is_not_ignored(shop: Path, name: str, hint: str) -> None:
    (shop / name).write_text("a: b")
    assert faults_of(shop) == [(name, f"is not read: no such name in a knowledge base{hint}")]


def test_a_misspelt_folder_is_not_ignored(shop: Path) -> None:
    (shop / "problem").mkdir()
    [(file, message)] = faults_of(shop)
    assert (file, message.partition("; ")[2]) == ("problem", "did you mean problems?")


def test_what_is_no_yaml_or_hidden_is_left_alone(shop: Path) -> None:
    before = load(shop).hash
    (shop / "README.md").write_text("# notes")
    (shop / ".git").mkdir()
    (shop / "causes" / ".chain-dry.yaml.swp").write_bytes(b"\x00")
    (shop / "pictures").mkdir()
    assert load(shop).hash == before


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "is empty"),
        (b"# only a remark\n", 1, "is empty"),
        (b"~", 1, "is empty"),
        (b"id: x\ntitle: caf\xe9\n", 2, "is not UTF-8: save the file in that encoding"),
        ("id: x".encode("utf-16"), 1, "is not UTF-8: save the file in that encoding"),
        (b"id: a\n---\nid: b\n", 2, "holds more than one YAML document (a line with ---)"),
        (b"- a\n- b\n", 1, "should be a mapping, is a list"),
        (b"just text", 1, "should be a mapping, is a text"),
        (b"id: &a [*a]", 1, "is nested more than 30 levels deep"),
        (b"id: *nobody", 1, "alias *nobody names no anchor before it"),
        (b"? [a]\n: b", 1, "a key must be a plain word"),
        (b"[" * 500_000, 1, "is nested more than 30 levels deep"),
        (b"- " * 500_000, 1, "is nested more than 30 levels deep"),
        (b"{a: " * 400_000, 1, "is nested more than 30 levels deep"),
        (b"a: " + b"x" * (2 * 1024 * 1024), 1, "is larger than 2 MB"),
        (b"a:\n" + b"- 1\n" * 70_000, 60_000, "holds more than 60000 values, aliases (*name) included"),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else None,
)
def test_content_that_cannot_be_an_entry(shop: Path, content: bytes, line: int, message: str) -> None:
    (shop / "causes" / "rust.yaml").write_bytes(content)
    with pytest.raises(KnowledgeError) as caught:
        load(shop)
    places = [(fault.file, fault.line, fault.message) for fault in caught.value.faults]
    assert ("causes/rust.yaml", line, message) in places


def test_an_alias_bomb_is_refused(shop: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    (shop / "causes" / "rust.yaml").write_text("\n".join(lines))
    assert ("causes/rust.yaml", "uses more than 50 aliases (*name): write the values out") in faults_of(shop)


def test_a_byte_order_mark_does_no_harm(shop: Path) -> None:
    before = load(shop).hash
    path = shop / "domain.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(shop).hash == before


def test_a_few_aliases_are_fine(shop: Path) -> None:
    path = shop / "rules" / "electric.yaml"
    text = path.read_text("utf-8").replace("sources: [", "sources: &manual [", 1)
    head, mark, rest = text.partition("sources: &manual [{document: display-manual, section: Start}]")
    path.write_text(head + mark + rest.replace("[{document: display-manual, section: Start}]", "*manual"), "utf-8")
    rules = load(shop).rules
    assert rules["ready-means-display-on"].sources == rules["display-means-e-bike"].sources


def test_faults_of_places_have_a_rule(tmp_path: Path) -> None:
    assert lint(tmp_path) == (Fault("domain.yaml", 1, "", "is missing", "files"),)


def test_the_bundled_folder_is_the_one_of_this_repository() -> None:
    assert bundled() == Path(__file__).parents[2] / "kb"
    assert (bundled() / "domain.yaml").is_file()
