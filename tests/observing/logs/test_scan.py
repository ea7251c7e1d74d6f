"""Many fixed texts, one pass."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from syncsage.observing.logs.scan import LiteralScanner, shortest


def places(data: bytes, texts: list[str], often: list[str] | None = None) -> list[int]:
    return LiteralScanner(texts, often or []).scan(memoryview(data))


def test_the_end_of_each_place_is_told_in_order() -> None:
    assert places(b"a bell and a horn and a bell", ["horn", "bell"]) == [6, 17, 28]


def test_case_does_not_matter() -> None:
    assert places(b"BELL bell", ["Bell"]) == [4, 9]


def test_signs_of_patterns_are_plain_text() -> None:
    assert places(b"a.c abc a|b $$<x>", ["a.c", "a|b", "$$<"]) == [3, 11, 15]


def test_of_a_series_the_first_and_the_last_place_count() -> None:
    assert places(b"turn turn turn stop turn", ["stop"], ["turn"]) == [4, 14, 19, 24]


def test_two_series_in_turns_are_two_series() -> None:
    assert places(b"left right left right left right", [], ["left", "right"]) == [4, 10, 26, 32]


def test_a_place_that_counts_anyway_is_no_part_of_a_series() -> None:
    assert places(b"turn turn turn", ["turn"], ["turn"]) == [4, 9, 14]


def test_nothing_to_look_for_finds_nothing() -> None:
    assert places(b"anything", []) == []


def test_a_text_that_holds_another_is_not_looked_for() -> None:
    assert shortest(["Bell rings", "bell", "horn", ""]) == ("bell", "horn")


@given(st.binary(max_size=300), st.lists(st.text("abAB.", min_size=1, max_size=3), max_size=4))
def test_it_finds_what_a_plain_search_finds(data: bytes, texts: list[str]) -> None:
    low = data.lower()
    expected = {
        end
        for text in shortest(texts)
        for end in range(len(text), len(low) + 1)
        if low[end - len(text) : end] == text.lower().encode()
    }
    assert places(data, texts) == sorted(expected)
