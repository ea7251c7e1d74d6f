"""The echo of what was understood."""

from __future__ import annotations

import pytest

from syncsage.explanation import Known, Origin
from syncsage_cli.render.noted import facts
from syncsage_cli.render.page import paint


def known(label: str, line: int = 1, *, finding: str = "pitch", kind: str = "line") -> Known:
    origin = Origin("line" if kind == "line" else "rule", 1, line, line)
    return Known(finding, "Is the drum tuned?", "v", label, origin)


def shown(*items: Known, before: frozenset[tuple[str, str]] = frozenset()) -> str:
    return paint(facts(items, before), width=200, colour=False)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("a deep drum", "a deep drum"),
        ("a deep drum (bass drum)", "a deep drum"),
        ("yes", "Is the drum tuned: yes"),
        ("no, flat", "Is the drum tuned: no, flat"),
        ("yes: it was tuned today", "it was tuned today"),
        ("notes are missing", "notes are missing"),
    ],
)
def test_a_fact_in_few_words(label: str, words: str) -> None:
    assert shown(known(label)) == f"Noted: {words} (line 1).\n"


def test_places_are_named_once_where_they_are_one() -> None:
    assert shown(known("deep", 2), known("loud", 2)) == "Noted: deep; loud (line 2).\n"
    assert shown(known("deep", 1), known("loud", 2)) == "Noted: deep (line 1); loud (line 2).\n"


def test_of_many_facts_the_number_is_told() -> None:
    assert shown(*[known(f"drum {n}") for n in range(5)]).endswith("drum 2 (line 1); 2 more: facts lists them.\n")


def test_nothing_is_said_of_what_was_known_or_concluded() -> None:
    assert shown(known("deep"), before=frozenset({("pitch", "v")})) == ""
    assert shown(known("deep", kind="rule")) == ""
