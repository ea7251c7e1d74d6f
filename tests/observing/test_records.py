"""Lines to records."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.observing.model import Span
from syncsage.observing.records import LARGE, Record, RecordReader

READER = RecordReader([r"at \w", r"\.\.\."], [r"\berror\b"])


def records(text: str) -> list[tuple[str, int, int]]:
    return [(r.text, r.span.first, r.span.last) for r in READER.read(text)[0]]


def test_each_line_is_a_record_and_blank_ones_are_none() -> None:
    assert records("one\n\n  \ntwo\n") == [("one", 1, 1), ("two", 4, 4)]


def test_an_indented_line_belongs_to_the_record_before() -> None:
    assert records("one\n\tmore\n  and more\ntwo") == [("one more and more", 1, 3), ("two", 4, 4)]


def test_a_continuation_of_the_domain_belongs_to_the_record_before() -> None:
    assert records("one\nat Wheel.Turn\nAT Hub\n... end\nattention") == [
        ("one at Wheel.Turn AT Hub ... end", 1, 4),
        ("attention", 5, 5),
    ]


def test_a_continuation_pattern_counts_only_at_the_start_of_a_line() -> None:
    assert records("one\nlook at it") == [("one", 1, 1), ("look at it", 2, 2)]


def test_an_indented_first_line_is_a_record() -> None:
    assert records("   one") == [("one", 1, 1)]


def test_what_stands_far_below_is_no_continuation() -> None:
    assert records("one\n\n\n more") == [("one more", 1, 4)]
    assert records("one\n\n\n\n more") == [("one", 1, 1), ("more", 5, 5)]


@pytest.mark.parametrize(("line", "most"), [("x", 60), ("y" * 3_000, 2)], ids=["lines", "characters"])
def test_a_record_ends_somewhere(line: str, most: int) -> None:
    found = records("\n".join(["start", *[f" {line}"] * 100]))
    assert len(found) > 1
    assert found[0][2] - found[0][1] + 1 <= most + 1
    assert [first for _, first, _ in found[1:]] == [last + 1 for _, _, last in found[:-1]]


def test_no_patterns_are_fine() -> None:
    reader = RecordReader([], [])
    assert reader.read("a\n b") == ((Record("a b", Span(1, 2)),), ())
    assert len(reader.read("word\n" * LARGE)[0]) == 39


def test_a_large_text_is_thinned_to_what_matters_and_says_so() -> None:
    lines = [f"line {n} " + "x" * 30 for n in range(1, 20_001)]
    lines[5_000] = "an error here"
    found, notes = READER.read("\n".join(lines))
    assert [r.span.first for r in found] == [4_999, 5_000, 5_001, 5_002, 5_003, *range(19_961, 20_001)]
    assert found[2].text == "an error here"
    assert notes == ("large text: 45 of 20,000 lines looked relevant and were read",)


def test_a_small_text_is_read_as_a_whole() -> None:
    found, notes = READER.read("x\n" * 1_000)
    assert len(found) == 1_000
    assert notes == ()


@pytest.mark.parametrize("size", [LARGE // 2, LARGE + 1], ids=["below the bound", "above it"])
def test_an_enormous_line_is_cut(size: int) -> None:
    found, _ = READER.read("z" * size)
    assert len(found) == 1
    assert len(found[0].text) <= 24_000


@given(st.lists(st.sampled_from(["", " ", "one", " two", "at x", "error", "\t...", "ü"]), max_size=200))
def test_records_cover_every_written_line_once_and_in_order(lines: list[str]) -> None:
    found, _ = READER.read("\n".join(lines))
    assert " ".join(r.text for r in found).split() == " ".join(lines).split()
    spans = [r.span for r in found]
    assert all(s.first <= s.last for s in spans)
    assert all(before.last < after.first for before, after in pairwise(spans))


def test_of_a_large_text_so_much_is_read_and_no_more() -> None:
    lines = [f"error {chr(ord('g') + i % 20) * (1 + i // 20)} {'x' * 3000}" for i in range(900)]
    kept, notes = READER.read("\n".join(lines))
    assert 1_000_000 < sum(len(record.text) for record in kept) < 1_800_000
    assert notes == (f"large text: {len(kept)} of 900 lines were read, the first that looked relevant",)
    assert [kept[0].span.first, kept[-1].span.last] == [1, 900]
