"""What the codes of a text mean, as data: every reading of each, known or not."""

from __future__ import annotations

from dataclasses import dataclass

from syncsage.knowledge.model import CodeEntry, Coverage


@dataclass(frozen=True, slots=True)
class NearCode:
    """A code of the knowledge that is near to one that it does not have."""

    code: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some bits of a number: what they are, their value, and what that is called where it has a name."""

    title: str
    value: int
    name: str


@dataclass(frozen=True, slots=True)
class Form:
    """Another way to write a code, as a number of ``kind``."""

    text: str
    kind: str
    kind_title: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a code may be.

    Attributes:
        code: Its canonical form in this kind.
        entry: What the knowledge says of it; None where it has nothing.
        says: How much it says: ``much``, ``some`` or ``little``; empty without an entry.
        ranges: What the numbers around it are, the narrowest first.
        parts: Its bits, of kinds that are made up of parts.
        forms: Other ways to write it.
        holds: The number of another kind that stands in it.
        nearest: Known codes near it, where it is not known itself.
    """

    kind: str
    kind_title: str
    code: str
    entry: CodeEntry | None
    says: str
    ranges: tuple[str, ...]
    parts: tuple[Part, ...]
    forms: tuple[Form, ...]
    holds: Reading | None
    nearest: tuple[NearCode, ...]


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A code in a text, with all its readings, known ones first.

    Attributes:
        text: As it is printed.
        line: Its line, counted from 1.
        columns: Its first and last character in that line, counted from 1.
        named: The words around it say of which kind it is; else every kind that it fits is among the readings.
    """

    text: str
    line: int
    columns: tuple[int, int]
    named: bool
    readings: tuple[Reading, ...]

    @property
    def entries(self) -> tuple[CodeEntry, ...]:
        """What the knowledge says of it."""
        return tuple(reading.entry for reading in self.readings if reading.entry is not None)


@dataclass(frozen=True, slots=True)
class Owner:
    """A problem that a code belongs to or is about."""

    id: str
    title: str
    coverage: Coverage
    look: str


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What the codes of a text mean.

    Attributes:
        query: The text, masked; lines and columns are counted in it.
        codes: The codes in it.
        problems: What the known ones belong to or are about.
        nearest: Codes that are spelt alike, where there is no code in the text.
    """

    query: str
    codes: tuple[FoundCode, ...]
    problems: tuple[Owner, ...]
    nearest: tuple[NearCode, ...]

    @property
    def entries(self) -> tuple[CodeEntry, ...]:
        """What the knowledge says of the codes, each entry once."""
        return tuple(dict.fromkeys(entry for code in self.codes for entry in code.entries))
