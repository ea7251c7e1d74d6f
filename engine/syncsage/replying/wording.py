"""How people write: folded words, denials, and numbers in figures and in words."""

from __future__ import annotations

import re

#: Before the words of a choice, with a word between them at most, it turns them into something else.
NEGATION = r"(?:\b(?:no|not|never|nicht|keine?r?|pas|sans|without|ohne)|n't)\s+(?:\w+\s+)?"
_ORDINALS: tuple[tuple[str, ...], ...] = (
    ("first", "1st", "erste", "erstes", "erster"),
    ("second", "2nd", "zweite", "zweites", "zweiter"),
    ("third", "3rd", "dritte", "drittes", "dritter"),
    ("fourth", "4th", "vierte", "viertes", "vierter"),
    ("fifth", "5th", "fünfte", "fünftes", "fünfter"),
)
_PLACE = re.compile(r"(?:the |der |die |das )?(\w+)(?: (?:one|answer|option|choice))?")
_NUMBERED = re.compile(r"(?:#|number |no\. ?|nr\. ?|nummer |option |answer |choice )(\d)")
_LAST = frozenset({"last", "letzte", "letztes", "letzter"})


def fold(text: str) -> str:
    """Return ``text`` in small letters, with single blanks and without the marks around an answer."""
    folded = " ".join(text.casefold().replace("’", "'").split())
    return folded if folded == "?" else folded.rstrip(".!?)").lstrip("(")


def stands(words: str, text: str) -> bool:
    """Tell whether ``words`` stand in ``text`` as whole words."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def number_in_words(said: str, count: int) -> int | None:
    """Return which of ``count`` choices is meant by "number 2", "the second" or "the last"; None for other words."""
    numbered = _NUMBERED.fullmatch(said)
    if numbered is not None:
        return int(numbered[1])
    place = _PLACE.fullmatch(said)
    if place is None:
        return None
    if place[1] in _LAST:
        return count
    return next((n for n, names in enumerate(_ORDINALS, start=1) if place[1] in names), None)


def is_number(said: str) -> bool:
    """Tell whether ``said`` can only be meant as the number of a choice; three digits may be a code."""
    return bool(_NUMBERED.fullmatch(said)) or (len(said) < 3 and said.isascii() and said.isdigit())
