"""What was understood of a text: observations of findings, and matches of problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["exact", "strong", "weak", "none"]
How = Literal["exact", "signature", "semantic", "answer", "derived"]

LEVELS: tuple[Level, ...] = ("none", "weak", "strong", "exact")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of lines of the pasted text, both ends counted from 1 and included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Observation:
    """One finding with its value and where it comes from.

    Attributes:
        finding: Id of the finding.
        value: One of its declared values, or ``unknown``.
        how: ``answer`` when a person said it, ``exact`` / ``signature`` / ``semantic`` when a text showed it,
            ``derived`` when a rule concluded it.
        where: Lines of the text, None when it was not read from a text.
        detail: The words that were read, the rule id, or the reason of an ``unknown``.
    """

    finding: str
    value: str
    how: How
    where: Span | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A problem that a text seems to speak of.

    Attributes:
        id: Problem id.
        title: Its title.
        score: 0..1, comparable within one text and, through the bands of the domain, between texts.
        level: ``exact`` (a certain signature), ``strong``, ``weak`` or ``none``.
        coverage: ``full``, ``pointer`` or ``outside``.
        by: What found it: ``signature``, ``progress`` (steps of a process), ``fuzzy``, ``code``, ``semantic``, or
            ``picked`` by a person.
        where: Lines of the text that show it, if one place does.
        quote: The words that show it, masked.
    """

    id: str
    title: str
    score: float
    level: Level
    coverage: str
    by: str
    where: Span | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class CodeHit:
    """A known code seen in a text.

    Attributes:
        code: As the knowledge writes it.
        where: The line that it stands in; all lines of its record where the text was printed too differently.
        printed: As the text writes it, or the words that stand for it.
        columns: First and last character of ``printed`` in its line, counted from 1; None where it is not known.
    """

    code: str
    kind: str
    title: str
    where: Span
    printed: str = ""
    columns: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text, understood.

    Attributes:
        level: The level of the best covered problem; ``none`` where the text is not of this field.
        problems: Best first; only problems at a level above ``none``.
        nearest: What comes closest where ``problems`` is empty, the outside topics included.
        observations: Findings that the text settles.
        codes: Known codes in the order of the text.
        salient: The lines that were matched, masked and normalised.
        masked: How many secrets were masked.
        notes: Remarks for the person (text cut, binary parts skipped, wrong encoding).
    """

    level: Level
    problems: tuple[Match, ...]
    nearest: tuple[Match, ...]
    observations: tuple[Observation, ...]
    codes: tuple[CodeHit, ...]
    salient: tuple[str, ...]
    masked: int
    notes: tuple[str, ...]
