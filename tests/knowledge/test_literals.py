"""Fixed text that a pattern cannot match without."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.knowledge.literals import literals


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"\bWheel turned\b", {"Wheel turned"}),
        (r"^\s*Chain (?:fell|came) off", {"Chain fell off", "Chain came off"}),
        (r"Gear \d+ of \d+ is loose", {" is loose"}),
        (r"(?:a long text|\d+)?brake", {"brake"}),
        (r"colou?r of the bell", {"color of the bell", "colour of the bell"}),
        (r"(?P<name>bell|horn)[.!] rings", {"bell. rings", "bell! rings", "horn. rings", "horn! rings"}),
        (r"(?:spoke \d|nipple \w)", {"spoke ", "nipple "}),
        (r"\*{3} flat", {"*** flat"}),
        (r"(?:tube)+ patched?", {" patche", " patched"}),
        (r"(?!no )pump(?= here)", {"pump"}),
        (r"\w+\s*\d", set[str]()),
        (r"(?:oil|\d)", set[str]()),
    ],
)
def test_the_longest_fixed_part_is_taken(pattern: str, texts: set[str]) -> None:
    assert set(literals(pattern)) == texts


def test_many_choices_are_not_written_out() -> None:
    assert literals(r"(?:[abcdef][ghijkl]){3} fixed") == (" fixed",)


_LEAVES = st.sampled_from(["ab", "c", r"\d", r"\s*", r"[xyz]", ".", r"\b", "^"])
_PATTERNS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda branches: f"(?:{'|'.join(branches)})"),
        st.tuples(inner, st.sampled_from(["?", "{0,2}", "{2}", "{1,3}"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
    ),
    max_leaves=8,
)


@given(_PATTERNS, st.data())
def test_whatever_matches_holds_one_of_the_texts(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    texts = literals(pattern)
    assert not texts or any(fixed in text for fixed in texts)
