"""Pseudonyms given out one by one; each stands for one spelling of one name, so that all of them can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import ascii_lowercase

from syncsage.masking.namemap import PSEUDONYM, NameMap
from syncsage.masking.sighting import Kind

_NUMBER = re.compile(r"[0-9]+")


class Pseudonyms:
    """Gives out pseudonyms: ``HOST-1`` for a name, ``HOST-1b`` for another spelling of it.

    Args:
        texts: What will be masked: a pseudonym that stands there already is never given out.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        found = (match.group() for text in texts for match in PSEUDONYM.finditer(text))
        self._taken = {stem.rstrip(ascii_lowercase) for stem in found}
        self._given: dict[str, str] = {}
        self._stems: dict[tuple[Kind, str], str] = {}
        self._spellings: dict[str, int] = {}
        self._counts: dict[Kind, int] = {}
        self._family: dict[str, str] = {}

    @property
    def map(self) -> NameMap:
        """Every pseudonym with its name, in the order of numbers."""
        order = sorted(self._given.items(), key=lambda item: _order(item[1]))
        return NameMap({pseudonym: name for name, pseudonym in order})

    def relate(self, domain: str) -> None:
        """Let the labels of ``domain`` count as other spellings of it, unless they are of an earlier one."""
        for label in domain.split(".")[:-1]:
            self._family.setdefault(label, domain)

    def of(self, kind: Kind, name: str) -> str:
        """Return the pseudonym of ``name``; the first kind that it was seen as stays."""
        if name not in self._given:
            stem = self._stem(kind, self._family.get(name.lower(), name.lower()) if kind == "DOMAIN" else name.lower())
            spelling = self._spellings[stem] = self._spellings.get(stem, 0) + 1
            self._given[name] = stem + _letters(spelling)
        return self._given[name]

    def _stem(self, kind: Kind, name: str) -> str:
        key = (kind, name)
        while key not in self._stems:
            number = self._counts[kind] = self._counts.get(kind, 0) + 1
            if f"{kind}-{number}" not in self._taken:
                self._stems[key] = f"{kind}-{number}"
        return self._stems[key]


def _letters(count: int) -> str:
    """Return nothing for 1, ``b`` for 2, ``c`` for 3 and, after ``z``, ``ba`` and so on."""
    letters = ""
    number = count - 1
    while number:
        number, digit = divmod(number, 26)
        letters = ascii_lowercase[digit] + letters
    return letters


def _order(pseudonym: str) -> tuple[str, int, int, str]:
    kind, _, rest = pseudonym.partition("-")
    found = _NUMBER.match(rest)
    number = int(found.group()) if found else 0
    return (kind, number, len(rest), rest)
