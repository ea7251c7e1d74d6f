from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.knowledge import collapse, compiled, holds, search
from syncsage.knowledge.model import Derivation


def signature(*must: str, none: tuple[str, ...] = ()) -> Derivation:
    return Derivation(all=must, none=none, value="yes", samples=())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a  b", "a b"),
        (" a\r\n\tb ", "a b"),
        ("a~~b", "a b"),
        ("a ~ \u00a0 ~b~", "a b"),
        ("~", ""),
        ("", ""),
    ],
)
def test_collapse(text: str, expected: str) -> None:
    assert collapse(text) == expected


@given(st.text())
def test_collapse_twice_is_collapse_once(text: str) -> None:
    once = collapse(text)
    assert collapse(once) == once
    assert "  " not in once
    assert once.split() == text.replace("~", " ").split()


def test_all_must_occur_in_any_order_and_case() -> None:
    assert holds(signature("E21", "speed"), "SPEED lost, e21")
    assert not holds(signature("E21", "speed"), "e21")


def test_none_may_occur() -> None:
    assert not holds(signature("E21", none=("battery",)), "e21 of the Battery")
    assert holds(signature("E21", none=("battery",)), "e21 of the motor")


def test_a_pattern_is_searched_not_matched() -> None:
    hit = search(r"\d+", "code 21")
    assert hit is not None
    assert hit.span() == (5, 7)
    assert search(r"^21", "code 21") is None


def test_a_pattern_is_compiled_once() -> None:
    assert compiled("chain+") is compiled("chain+")


def test_an_invalid_pattern_says_so_when_it_is_used() -> None:
    with pytest.raises(re.error):
        holds(signature("("), "x")
