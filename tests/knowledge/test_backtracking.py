"""Which patterns are safe: known ones, and random ones against counting every way by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.knowledge.backtracking import backtracking_fault, compile_fault

EXPONENTIAL = [
    r"(a+)+$", r"(a*)*", r"(a|a)*$", r"(?:a|b|ab)*c", r"(a?b?)*", r"(?:\w+ ?)*x", r"^(\d+)*$", r"(?=(a+)+)b",
    r"(?!(a+)+)b", r"(a+)\1+b", r"((a{1,30}){1,30})b", r"(?:foo.{0,80}bar.{0,80})+", r"(x+x+)+y",
    r'(?:[^"]|""|.)*"', r"(?:A1|a1)+b", r"(?:[a-f]1|[e-z]1)+x", r"(?:(a)(?(1)b*|c)b*)+d",
]  # fmt: skip
CUBIC = [
    r".*foo.*bar", r"\s+.*\s+.*x", r"\w*\w*\w*x", r"\w+\d+x", r"[\w.]+\.[\w.]+", r"x(.*)(a|b)?\s*\s*",
    r".*?foo.*?bar",
]  # fmt: skip
SAFE = [
    r"foo.*bar", r"(?:\w+ )*x", r"(?>a+)b", r"a++b", r"(?<=x)y*", r"[a-z]+\d+", r"([a-z]|\d)+\.", r"(a?)*b",
    r"\bHTTP ?(?:status )?(?:code )?:? ?401\b", r"(\d{1,3}\.){3}\d{1,3}", r"(?:\d{1,3}\.){3,}\d",
    r"foo.{0,80}bar.{0,80}baz", r"\d+\s+\w+", r"(?:(?:a|b)*c)*d", r"[^\]]*\]", r'(?:[^"]|"")*"', r"", r"^$",
    r"(?:A|a)+b", r"(?:[a-f]|[e-z])+1", r"[^\d\s]+:\d+", r"\S+ \S+", r"(?:abc){2,}",
]  # fmt: skip


@pytest.mark.parametrize("pattern", EXPONENTIAL)
def test_exponential_patterns_are_found(pattern: str) -> None:
    assert backtracking_fault(pattern).startswith("can backtrack exponentially")


@pytest.mark.parametrize("pattern", CUBIC)
def test_cubic_patterns_are_found(pattern: str) -> None:
    assert backtracking_fault(pattern).startswith("can take cubic time")


@pytest.mark.parametrize("pattern", SAFE)
def test_safe_patterns_are_left_alone(pattern: str) -> None:
    assert backtracking_fault(pattern) == ""


@pytest.mark.parametrize("pattern", [r"(.*?,){11}P", r"(?:(?:(?:abc){12}){12}){12}x*"])
def test_what_cannot_be_judged_is_no_good_either(pattern: str) -> None:
    assert backtracking_fault(pattern) == "is too intricate to be judged safe: make several patterns of it"


@pytest.mark.parametrize("pattern", ["(", "[a", "a{3,2}", "(?P<n>a)(?P<n>b)", "*", "\\", "(" * 5_000])
def test_invalid_patterns_are_told(pattern: str) -> None:
    assert compile_fault(pattern).startswith("is no valid pattern: ")


@dataclass(frozen=True)
class Node:
    """A regular expression over a and b, as text and as something to count with."""

    text: str
    kind: str
    parts: tuple[Node, ...] = ()
    letters: str = ""

    def ends(self, word: str, start: int, visits: Counter[int]) -> Counter[int]:
        """Return how often each end is reached from ``start``; ``visits`` counts every letter matched."""
        if self.kind == "letter":
            hit = start < len(word) and word[start] in self.letters
            visits[start + 1] += hit
            return Counter({start + 1: 1}) if hit else Counter()
        if self.kind == "either":
            return self.parts[0].ends(word, start, visits) + self.parts[1].ends(word, start, visits)
        if self.kind == "then":
            return _chain(self.parts[0].ends(word, start, visits), self.parts[1], word, visits)
        if self.kind == "maybe":
            return self.parts[0].ends(word, start, visits) + Counter({start: 1})
        return self._loop(word, start, visits)

    def _loop(self, word: str, start: int, visits: Counter[int]) -> Counter[int]:
        """Turn as the matcher does: a turn that consumes nothing is the last."""
        total: Counter[int] = Counter({start: 1})
        ahead: Counter[int] = Counter({start: 1})
        while ahead:
            turned: Counter[int] = Counter()
            for end, many in ahead.items():
                local: Counter[int] = Counter()
                reached = self.parts[0].ends(word, end, local)
                for place, count in local.items():
                    visits[place] += count * many
                for place, count in reached.items():
                    total[place] += count * many
                    if place > end:
                        turned[place] += count * many
            ahead = turned
        return total


def _chain(before: Counter[int], node: Node, word: str, visits: Counter[int]) -> Counter[int]:
    total: Counter[int] = Counter()
    for end, many in before.items():
        local: Counter[int] = Counter()
        for place, count in node.ends(word, end, local).items():
            total[place] += count * many
        for place, count in local.items():
            visits[place] += count * many
    return total


def _either(one: Node, two: Node) -> Node:
    """Alternatives of single letters become a set of letters in Python, which is matched in one way."""
    text = f"(?:{one.text}|{two.text})"
    if one.kind == two.kind == "letter" and one.text != two.text:
        return Node(text, "letter", letters=one.letters + two.letters)
    return Node(text, "either", (one, two))


LETTERS = st.sampled_from("ab").map(lambda letter: Node(letter, "letter", letters=letter))


def _grow(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.tuples(inner, inner).map(lambda two: Node(f"{two[0].text}{two[1].text}", "then", two)),
        st.tuples(inner, inner).map(lambda two: _either(*two)),
        inner.map(lambda one: Node(f"(?:{one.text})*", "loop", (one,))),
        inner.map(lambda one: Node(f"(?:{one.text})?", "maybe", (one,))),
    )


@given(st.recursive(LETTERS, _grow, max_leaves=6), st.sampled_from(["a", "b", "ab", "ba", "aab", "abb"]))
@settings(max_examples=300, deadline=None)
def test_a_pattern_called_safe_has_no_growing_number_of_ways(node: Node, pump: str) -> None:
    if backtracking_fault(node.text):
        return
    most = []
    for times in (10, 20):
        visits: Counter[int] = Counter()
        node.ends(pump * times, 0, visits)
        most.append(max(visits.values(), default=0))
    assert most[1] <= most[0]
