"""What holds for every text, and how files and folders become logs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.errors import InputError
from syncsage.knowledge import load
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.files import LogFinder
from syncsage.observing.logs.model import LogRecord
from syncsage.observing.logs.reader import LogReader, read_paths

KB = load()
READER = LogReader(KB.formats.values())

#: Pieces of which logs, and damaged logs, are made.
SCRAPS = (
    *("<![LOG[", "]LOG]!><", "]LOG]!>", 'time="07:12:01.250+060" ', 'date="03-09-2021" ', 'type="9"', ">"),
    *("  $$<", "SMS_EXAMPLE_MANAGER", "><03-09-2021 07:12:01.250-060>", "<thread=4711 (0x1267)>"),
    *("2021-03-09 06:12:01.250 UTC\tInfo\tw3wp.7\tA.B\t", "<03/09/21 07:12:01>", "03-09-2021 07:12:01.250 "),
    *("2021-03-09 07:12:01 ", "STATMSG: ID=6701 SEV=E ", "GMTDATE=Tue Mar 09 06:12:01.250 2021 ", 'ISTR0="'),
    *("Event ID: 7", "Log Name: x", "EventCategory : y", "Message ID: 6703", "Source: A.B", "Error: "),
    *("WSUS Synchronization failed.", "\tSMS_EXAMPLE_MANAGER\t19/3/2021 7:12:01 PM\t4711 (0x1267)", "WebException: "),
    *("Sync failed: ", "Starting Sync", "   at A.B()", "~~", "~", "\n", "\r\n", "\r", "\n\n", "> ", "  1. ", "- "),
    *("# ", "```", "<br>", "&lt;", "\\_", "“", "\u00a0", "\x00", "\ufeff", "ROLLOVER\n", "a word", "Ä", "場所"),
    *("\U0001f600", "\ud800", " ", "x" * 79),
)

texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join))


@given(texts)
def test_every_text_is_read_and_records_stand_in_order_within_it(text: str) -> None:
    records = READER.read(text, "a.log")
    lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    size = len(text.encode("utf-8", "replace"))
    last = -1
    for record in records:
        assert 1 <= record.line <= record.line + record.lines - 1 <= lines
        assert last < record.offset <= size
        assert record.format in {format.name for format in KB.formats.values()}
        assert record.file == "a.log"
        last = record.offset


@given(data=st.binary(max_size=300))
def test_every_bytes_are_read_or_refused(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.log"
    path.write_bytes(data)
    try:
        reading = READER.read_file(path)
    except InputError:
        return
    assert all(0 <= record.offset <= len(data) for record in reading.records)


LINES = st.lists(
    st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=8), min_size=1, max_size=8
).map(" ".join)


@given(
    words=st.lists(LINES, min_size=1, max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
)
def test_line_ends_and_encodings_change_no_message(
    words: list[str], encoding: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = "".join(f"{w}  $$<SMS_X><03-09-2021 07:12:01.250-060><thread=7 (0x7)>\r\n" for w in words)
    path = tmp_path_factory.getbasetemp() / "encoded.log"
    path.write_bytes(text.encode(encoding))
    records = READER.read_file(path).records
    assert [record.message for record in records] == words
    bare = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    for record in records:
        assert path.read_bytes()[record.offset :].decode(bare).startswith(record.message)


def test_an_excerpt_keeps_the_places_of_the_file(reader: LogReader) -> None:
    text = "".join(f"{word}  $$<SMS_X><03-09-2021 07:12:01.250-060><thread=7 (0x7)>\n" for word in ("one", "two"))
    records = reader.excerpt(text, [7, 99], [500, 9000], "x.log").records
    assert [(r.message, r.line, r.offset, r.file) for r in records] == [
        ("one", 7, 500, "x.log"),
        ("two", 99, 9000, "x.log"),
    ]


def write(path: Path, *messages: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (f"{m}  $$<SMS_X><03-09-2021 07:12:01.250-060><thread=7 (0x7)>\r\n" for m in messages)
    path.write_text("".join(lines), "utf-8", newline="")
    return path


def told(records: tuple[LogRecord, ...]) -> list[tuple[str, str]]:
    return [(record.file, record.message) for record in records]


def test_the_older_half_comes_first_whatever_the_order(kb: KnowledgeBase, tmp_path: Path) -> None:
    new, old = write(tmp_path / "x.log", "new"), write(tmp_path / "x.lo_", "old")
    [log], notes = read_paths([new, old], kb)
    assert (log.name, told(log.records), notes) == ("x.log", [("x.lo_", "old"), ("x.log", "new")], ())


@pytest.mark.parametrize("older", ["SoftwareDistribution.log.old", "SoftwareDistribution-20210301-071201.log"])
def test_other_names_of_older_parts(kb: KnowledgeBase, tmp_path: Path, older: str) -> None:
    write(tmp_path / "SoftwareDistribution.log", "new")
    write(tmp_path / older, "old")
    [log], _ = read_paths([tmp_path], kb)
    assert [message for _, message in told(log.records)] == ["old", "new"]


def test_a_folder_is_read_with_all_below_it_known_names_first(kb: KnowledgeBase, tmp_path: Path) -> None:
    write(tmp_path / "a.log", "a")
    write(tmp_path / "logs" / "SoftwareDistribution.log", "server")
    write(tmp_path / "logs" / "WSYNCMGR.LOG", "main")
    write(tmp_path / "logs" / "wsyncmgr.lo_", "before")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    (tmp_path / "empty.log").write_bytes(b"")
    logs, notes = read_paths([tmp_path], kb)
    assert [log.name for log in logs] == ["WSYNCMGR.LOG", "SoftwareDistribution.log", "a.log"]
    assert [message for _, message in told(logs[0].records)] == ["before", "main"]
    [note] = notes
    assert note.startswith(f"left out {tmp_path / 'picture.png'}: this is binary data")


def test_parts_of_one_name_in_two_folders_are_two_logs(kb: KnowledgeBase, tmp_path: Path) -> None:
    write(tmp_path / "one" / "x.log", "1")
    write(tmp_path / "two" / "x.lo_", "2")
    logs, _ = read_paths([tmp_path], kb)
    assert [log.name for log in logs] == ["x.log", "x.lo_"]


def test_a_file_named_twice_is_read_once(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = write(tmp_path / "x.log", "1")
    [log], _ = read_paths([path, path], kb)
    assert len(log.records) == 1


def test_many_files_that_are_no_text_make_few_notes(kb: KnowledgeBase, tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.bin").write_bytes(bytes(range(256)) * 8)
    write(tmp_path / "x.log", "1")
    _, notes = read_paths([tmp_path], kb)
    assert len(notes) == 6
    assert notes[-1] == "4 more files were left out"


def test_what_cannot_be_read_is_an_error_of_its_own(kb: KnowledgeBase, tmp_path: Path) -> None:
    finder = LogFinder(kb.formats.values())
    binary = tmp_path / "x.bin"
    binary.write_bytes(bytes(range(256)) * 8)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    for path, reason in (
        (tmp_path / "nowhere", "there is no such file or folder"),
        (binary, "this is binary data"),
        (tmp_path / "pipe", "this is no file"),
        (tmp_path / "empty", "nothing in it can be read"),
    ):
        with pytest.raises(InputError, match=reason):
            finder.find([path])
    with pytest.raises(InputError, match=r"nowhere\.log"):
        LogReader(kb.formats.values()).read_file(tmp_path / "nowhere.log")


def test_no_path_is_no_log(kb: KnowledgeBase) -> None:
    assert read_paths([], kb) == ((), ())


def test_another_domain_has_formats_of_its_own(bicycle: KnowledgeBase) -> None:
    text = "[ 12] motor: Kette trocken\n[ 13] motor: Ende\n"
    records = LogReader(bicycle.formats.values()).read(text)
    assert [(r.format, r.component, r.message) for r in records] == [
        ("ride", "motor", "Kette trocken"),
        ("ride", "motor", "Ende"),
    ]


def test_knowledge_without_formats_reads_nothing() -> None:
    assert LogReader(()).read("Starting Sync\n") == ()
