"""Texts named on a command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from syncsage.errors import InputError
from syncsage_cli import inputs
from syncsage_cli.inputs import looks_like_path, read_arguments, read_file, read_stream

NOBODY = io.BytesIO()


@pytest.mark.parametrize(
    "word",
    [
        "wsync.log",
        "old.lo_",
        "/var/log/x",
        "./x",
        "../x",
        "~/x",
        "C:\\logs\\a",
        "C:/logs",
        r"\\server\share\a.log",
        "A.LOG",
    ],
)
def test_names_of_files(word: str) -> None:
    assert looks_like_path(word)


@pytest.mark.parametrize(
    "word",
    [
        "http://server:8530/a.log",
        "6703",
        "0x80072EE7",
        "System.Net.WebException",
        "update.example.com",
        "CWSyncMgr::DoSync",
        "and/or",
        "sync failed.log today",
        "",
        "/a b",
    ],
)
def test_words_that_are_no_names_of_files(word: str) -> None:
    assert not looks_like_path(word)


def test_words_are_joined_by_blanks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chain").mkdir()
    assert read_arguments(["my", "chain", "skips"], NOBODY).text == "my chain skips"


def test_files_and_words_and_standard_input_are_joined_in_order(tmp_path: Path) -> None:
    first, second = tmp_path / "a.log", tmp_path / "b.log"
    first.write_text("one\ntwo\n", "utf-8")
    second.write_text("four", "utf-8")
    source = read_arguments([str(first), "-", str(second), "five", "six"], io.BytesIO(b"three\n"))
    assert source.text == "one\ntwo\nthree\nfour\nfive six"
    assert [source.place(n) for n in range(1, 6)] == [
        "a.log line 1",
        "a.log line 2",
        "standard input line 1",
        "b.log line 1",
        "line 1",
    ]


def test_a_single_text_needs_no_name_before_its_lines(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("one\ntwo", "utf-8")
    assert read_arguments([str(tmp_path / "a.log")], NOBODY).place(2) == "line 2"


def test_the_name_of_a_file_among_words_is_a_word() -> None:
    assert read_arguments(["see", "gone.log"], NOBODY).text == "see gone.log"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such file: .*gone\.log"):
        read_arguments([str(tmp_path / "gone.log")], NOBODY)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        read_arguments([str(tmp_path)], NOBODY)


def test_binary_data_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "program.log"
    path.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(InputError, match=r"program\.log.*binary"):
        read_file(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_encodings_of_administrators(tmp_path: Path, encoding: str) -> None:
    text = "Die Synchronisierung ist fehlgeschlagen: Überprüfen Sie die Verbindung.\n" * 3
    path = tmp_path / "a.log"
    path.write_bytes(text.encode(encoding))
    assert read_file(path).text == text


def test_nul_characters_are_left_out_and_said() -> None:
    source = read_stream(io.BytesIO(b"E21 check\x00 speed sensor"))
    assert source.text == "E21 check speed sensor"
    assert source.notes


def test_of_a_long_file_the_end_is_read_and_of_a_long_pipe_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "LIMIT", 10)
    path = tmp_path / "a.log"
    path.write_text("0123456789abcdefghij", "utf-8")
    from_file, from_pipe = read_file(path), read_stream(io.BytesIO(path.read_bytes()))
    assert from_file.text == "abcdefghij"
    assert "last" in from_file.notes[0]
    assert from_pipe.text == "0123456789"
    assert "first" in from_pipe.notes[0]


def test_a_name_that_no_system_allows_is_a_text() -> None:
    assert read_arguments(["a\x00b"], NOBODY).text == "a\x00b"
    assert read_arguments(["x" * 5000], NOBODY).text == "x" * 5000
