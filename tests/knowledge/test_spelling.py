"""The index of spellings leaves nothing out that a comparison of all texts would find."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from syncsage.knowledge.spelling import Spellings, earlier

ALIKE = 88.0
words = st.lists(
    st.sampled_from(["sync", "failed", "source", "the", "proxy", "äöü", "aaaa", "\ud800", "🚲"]), max_size=9
)
texts = words.map(" ".join) | st.text("abc ", max_size=60)


@settings(max_examples=400, deadline=None)
@given(st.lists(texts, max_size=8), texts, st.lists(st.tuples(st.integers(0, 60), st.sampled_from("abx ")), max_size=4))
@example(["aaaaaaaaaaaaaaaaaaaaaaaa"], "aaaaaaaaaaaaaaaaaa", [])
def test_whatever_is_alike_is_near(known: list[str], text: str, edits: list[tuple[int, str]]) -> None:
    """Also a known text with characters put in and taken out, inside a longer one."""
    damaged = known[0] if known else ""
    for place, letter in edits:
        damaged = damaged[:place] + letter + damaged[place + (letter == "x") :]
    for asked in (text, damaged, f"{text} {damaged} {text}"):
        near = Spellings(known, ALIKE).near(asked)
        alike = [
            i for i, one in enumerate(known) if fuzz.partial_ratio(asked, one) >= ALIKE and min(len(asked), len(one))
        ]
        assert set(alike) <= set(near)
        assert near == sorted(near)


@settings(max_examples=300, deadline=None)
@given(st.lists(texts, max_size=6), st.lists(st.tuples(st.integers(0, 60), st.sampled_from("abx ")), max_size=3))
def test_whatever_is_alike_is_named_with_the_later_one(known: list[str], edits: list[tuple[int, str]]) -> None:
    damaged = known[0] if known else ""
    for place, letter in edits:
        damaged = damaged[:place] + letter + damaged[place + (letter == "x") :]
    every = [*known, damaged, *known[:1]]
    found = list(earlier(every, 92))
    assert len(found) == len(every)
    for number, before in enumerate(found):
        assert before == sorted(before)
        assert set(before) <= set(range(number))
        assert {i for i in range(number) if fuzz.ratio(every[i], every[number]) >= 92} <= set(before)


def test_what_shares_little_is_not_compared() -> None:
    words = [sha256(bytes([n % 256, n // 256])).hexdigest()[:14] for n in range(300)]
    known = [f"the {word} of the {word[::-1]}" for word in words]
    found = list(earlier([*known, known[7]], 92))
    assert 7 in found[-1]
    assert sum(map(len, found)) < 30


def test_what_shares_nothing_is_left_out() -> None:
    known = [f"message {n} of the component number {n * 7919}" for n in range(300)] + [
        "the proxy refused the connection"
    ]
    assert Spellings(known, ALIKE).near("xyz the proxi refused the conection") == [300]
