"""A log that is written to while it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncsage_cli import growing
from syncsage_cli.growing import GrowingLog, LineDecoder, Lines


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ride.log"
    path.write_bytes(b"one\r\ntwo\r\nthr")
    return path


def add(path: Path, data: bytes) -> None:
    with path.open("ab") as stream:
        stream.write(data)


def test_only_whole_lines_are_told_each_once(path: Path) -> None:
    log = GrowingLog(path)
    assert log.read() == [Lines(("one", "two"), 1)]
    assert log.read() == [Lines((), 3)]
    add(path, b"ee\nfour\n")
    assert log.read() == [Lines(("three", "four"), 3)]


def test_a_log_that_is_put_aside_is_read_to_its_end_first(path: Path) -> None:
    older = path.with_suffix(".lo_")
    log = GrowingLog(path, lambda _: [older])
    log.read()
    add(path, b"ee\nfour")
    path.rename(older)
    path.write_bytes(b"anew\n")
    assert log.read() == [Lines(("three", "four"), 3), Lines(("anew",), 1)]
    add(path, b"more\n")
    assert log.read() == [Lines(("more",), 2)]


def test_a_log_that_is_cut_or_replaced_is_read_from_its_beginning(path: Path) -> None:
    log = GrowingLog(path, lambda _: [path.with_suffix(".lo_")])
    log.read()
    path.write_bytes(b"cut\n")
    assert log.read() == [Lines(("thr",), 3), Lines(("cut",), 1)]
    path.write_bytes(b"another log, longer than the one before\n")
    assert log.read() == [Lines((), 2), Lines(("another log, longer than the one before",), 1)]


def test_an_older_log_that_is_another_one_is_left_alone(path: Path) -> None:
    older = path.with_suffix(".lo_")
    older.write_bytes(b"long ago\n" * 9)
    log = GrowingLog(path, lambda _: [older])
    log.read()
    path.write_bytes(b"anew\n")
    assert log.read() == [Lines(("thr",), 3), Lines(("anew",), 1)]


def test_a_log_that_is_gone_for_a_moment(path: Path) -> None:
    log = GrowingLog(path)
    log.read()
    path.unlink()
    assert log.read() == []
    path.write_bytes(b"back\n")
    assert log.read()[-1] == Lines(("back",), 1)


def test_an_empty_log_that_begins_to_grow(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.touch()
    log = GrowingLog(path)
    assert log.read() == [Lines((), 1)]
    add(path, "größer\n".encode("utf-16"))
    assert log.read() == [Lines(("größer",), 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_characters_that_are_cut_between_two_looks(tmp_path: Path, encoding: str) -> None:
    path, text = tmp_path / "a.log", "Überprüfung der Schaltung läuft über Stunden\n"
    head, data = text.encode(encoding), (text * 3).encode(encoding)
    path.write_bytes(head)
    log = GrowingLog(path)
    seen = list(log.read()[0].texts)
    for size in range(len(head) + 1, len(data) + 1):
        path.write_bytes(data[:size])
        seen += [line for lines in log.read() for line in lines.texts]
    assert seen == [text.rstrip("\n")] * 3


def test_of_a_long_log_the_end_is_read_and_its_lines_are_still_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "WINDOW", 12)
    monkeypatch.setattr(growing, "_CHUNK", 5)
    path = tmp_path / "a.log"
    path.write_bytes(b"line\n" * 10)
    assert GrowingLog(path).read() == [Lines(("e", "line", "line"), 8)]


def test_binary_data_is_no_fault() -> None:
    decoder = LineDecoder()
    assert decoder.feed(bytes(range(256)) * 20).texts
    assert decoder.feed(b"\xff\xfe\n", final=True).texts
