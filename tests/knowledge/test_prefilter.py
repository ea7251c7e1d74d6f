"""The prefilter leaves nothing out that a trial of all patterns would find, and leaves most of the rest out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from syncsage.knowledge import collapse, holds, load
from syncsage.knowledge.prefilter import Prefilter, literals_of


@dataclass(frozen=True, slots=True)
class Patterns:
    all: tuple[str, ...]
    none: tuple[str, ...] = ()


PATTERNS = (
    "chain (?:fell|came) off",
    r"\bbrake\b",
    "gear [0-9]+ (?:is )?loose",
    "flat",
    "ab",
    r"\d+",
    "straße",
    "Kilo",
)
sets = st.lists(st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=3).map(tuple).map(Patterns), max_size=6)
words = st.sampled_from(
    (
        "CHAIN",
        "fell",
        "came off",
        "brake",
        "gear 12 loose",
        "flat",
        "aB",
        "7",
        "STRASSE",
        "straße",
        "STRAẞE",
        "\u212ailo",
    )
)


@settings(max_examples=300)
@given(sets, st.lists(words, max_size=6).map(" ".join) | st.text(max_size=30))
@example([Patterns(("in time",))], "İN TİME")
@example([Patterns(("first",))], "\ufb01r\u017ft fir\u017ft")
@example([Patterns(("is",))], "ıs")
def test_whatever_holds_is_a_candidate(sets: list[Patterns], text: str) -> None:
    shown = [number for number, one in enumerate(sets) if holds(one, text)]
    found = Prefilter(sets).candidates(text)
    assert set(shown) <= set(found)
    assert found == sorted(set(found))


def test_sets_without_their_text_are_left_out() -> None:
    sets = [Patterns((rf"message {number} of the \w+",)) for number in range(1_000, 2_000)]
    assert Prefilter(sets).candidates("here is message 1234 of the chain") == [234]
    assert Prefilter(sets).candidates("nothing of it") == []


def test_of_several_patterns_the_one_that_tells_most_counts() -> None:
    sets = [Patterns(("bell", "the derailleur hanger")), Patterns(("bell", r"\w+"))]
    assert Prefilter(sets).candidates("the bell rings") == [1]


def test_a_pattern_that_is_none_is_always_tried() -> None:
    """So that it is complained about where it is tried, as before."""
    assert Prefilter([Patterns(("(broken",))]).candidates("anything") == [0]


def test_literals_that_are_known_are_not_looked_up_again() -> None:
    known = {"chain": ("bell",)}
    assert Prefilter([Patterns(("chain",))], known).candidates("a chain") == []
    assert Prefilter([Patterns(("chain",))], known).candidates("a bell") == [0]
    assert literals_of([Patterns(("chain", "(broken")), Patterns(("chain",))]) == {"chain": ("chain",), "(broken": ()}


@pytest.mark.parametrize("bundled", [True, False], ids=["bundled", "bicycle"])
def test_samples_of_a_knowledge_base_are_candidates_of_their_own(bicycle_folder: Path, bundled: bool) -> None:
    base = load(None if bundled else bicycle_folder)
    signatures = [signature for problem in base.problems.values() for signature in problem.signatures]
    prefilter = Prefilter(signatures, base.literals)
    for number, signature in enumerate(signatures):
        for sample in signature.samples:
            assert number in prefilter.candidates(collapse(sample))
