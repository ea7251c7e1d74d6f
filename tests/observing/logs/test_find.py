"""Large logs: records cut out around what was found."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.observing.logs.find import Bounds, Excerpt, RecordFinder, plain, wide
from syncsage.observing.logs.scan import LiteralScanner

TAILED = Bounds(ends=re.compile(rb"\$\$<"))
HEADED = Bounds(starts=re.compile(rb"\d\d:\d\d "))
BOTH = Bounds(re.compile(rb"<\["), re.compile(rb"\]>"))


def excerpts(data: bytes, bounds: Bounds, texts: tuple[str, ...] = ("flat",), *, block: int = 4096) -> list[Excerpt]:
    finder = RecordFinder(LiteralScanner(texts), bounds, block=block, ends=0)
    return list(finder.excerpts(plain(io.BytesIO(data), len(data))))


def cut(data: bytes, bounds: Bounds, *, block: int = 4096) -> bytes:
    return b"".join(excerpt.data for excerpt in excerpts(data, bounds, block=block))


def test_only_the_record_with_the_text_is_cut_out() -> None:
    assert cut(b"one $$<\nflat tyre $$<\nthree $$<\n", TAILED) == b"flat tyre $$<\n"


def test_a_record_that_its_tail_closes_is_cut_out_with_all_its_lines() -> None:
    assert cut(b"one $$<\ntwo\nflat\nthree\nfour $$<\nfive $$<\n", TAILED) == b"two\nflat\nthree\nfour $$<\n"


def test_a_record_that_its_head_opens_is_cut_out_with_all_its_lines() -> None:
    assert cut(b"10:00 one\n10:01 two\n flat\n more\n10:02 three\n", HEADED) == b"10:01 two\n flat\n more\n"


def test_a_record_with_head_and_tail_is_cut_out_with_all_its_lines() -> None:
    assert cut(b"<[one]>\n<[two\nflat\nmore]>\nlost\n<[three]>\n", BOTH) == b"<[two\nflat\nmore]>\n"


def test_two_places_in_one_record_cut_it_out_once() -> None:
    assert cut(b"one $$<\nflat\nflat flat $$<\n", TAILED) == b"flat\nflat flat $$<\n"


def test_lines_and_offsets_are_those_of_the_file() -> None:
    [found] = excerpts(b"one $$<\r\n\r\nflat\r\ntwo $$<\r\nthree $$<\r\nflat $$<", TAILED)
    assert (list(found.lines), list(found.offsets)) == ([2, 3, 4, 6], [9, 11, 17, 37])


def test_both_ends_of_a_file_are_kept() -> None:
    data = b"".join(b"%04d $$<\n" % number for number in range(1000))
    finder = RecordFinder(LiteralScanner(("0500",)), TAILED, block=512, ends=25)
    kept = [int(line[:4]) for e in finder.excerpts(plain(io.BytesIO(data), len(data))) for line in e.data.splitlines()]
    assert kept == [0, 1, 2, 500, 997, 998, 999]


def test_a_file_that_its_two_ends_cover_is_kept_whole() -> None:
    data = b"".join(b"%04d $$<\n" % number for number in range(10))
    finder = RecordFinder(LiteralScanner(("0005",)), TAILED, ends=60)
    assert b"".join(e.data for e in finder.excerpts(plain(io.BytesIO(data), len(data)))) == data


def test_a_file_of_one_endless_line_is_read_in_pieces() -> None:
    data = b"x" * 10_000 + b"flat" + b"x" * 10_000
    assert b"flat" in cut(data, TAILED)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_characters_are_read_as_utf_8(encoding: str) -> None:
    data = "eins $$<\nflat – Loch $$<\ndrei $$<\n".encode(encoding)
    finder = RecordFinder(LiteralScanner(("flat",)), TAILED, block=64, ends=0)
    found = list(finder.excerpts(wide(io.BytesIO(data), len(data), encoding)))
    assert b"".join(e.data for e in found).decode() == "flat – Loch $$<\n"


_LINES = st.lists(st.sampled_from(["a", "flat", "b $$<", "flat $$<", "", "x" * 40]), max_size=60)


@given(_LINES, st.integers(min_value=64, max_value=400), st.sampled_from(["\n", "\r\n"]))
def test_the_size_of_blocks_does_not_matter_where_records_fit_into_them(lines: list[str], block: int, end: str) -> None:
    kept = [line for line in lines if line != "" and not line.startswith("x")]
    data = end.join([line if "$$<" in line else f"{line} $$<" for line in kept]).encode()
    whole = excerpts(data, TAILED, block=1 << 16)
    parts = excerpts(data, TAILED, block=block)
    assert b"".join(e.data for e in parts) == b"".join(e.data for e in whole)
    assert [n for e in parts for n in e.lines] == [n for e in whole for n in e.lines]
    assert [n for e in parts for n in e.offsets] == [n for e in whole for n in e.offsets]


@given(st.binary(max_size=600), st.sampled_from([TAILED, HEADED, BOTH]), st.integers(min_value=8, max_value=64))
def test_any_bytes_are_read_and_told_with_their_place(data: bytes, bounds: Bounds, block: int) -> None:
    for excerpt in excerpts(data, bounds, ("a", "$", "\x00"), block=block):
        parts = excerpt.data.split(b"\n")
        for offset, part in zip(excerpt.offsets, parts, strict=False):
            assert data[offset : offset + len(part)] == part
        assert list(excerpt.lines) == [1 + data[:offset].count(b"\n") for offset in excerpt.offsets]
