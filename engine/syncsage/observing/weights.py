"""What each part of the score by words and meaning counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of the score counts; 0 leaves the part out (``bench/matching.py``).

    Attributes:
        entry: Cosine of the whole entry.
        facet: Cosine of the nearest facet.
        clauses: Mean over the clauses of the cosine of the nearest facet.
        words: BM25 over entries.
        facet_words: BM25 of the best facet.
        owner: Added where a code in the text belongs to the problem.
        veto: Taken off where the codes in the text belong to others.
        core: Added where the text has a word that only this field uses.
        vocabulary: Added where it has a word of the field.
        foreign: Taken off where it has words of neighbouring fields.
        lead: What the best problem must be ahead of the second to be called strong.
    """

    entry: float = 0.57
    facet: float = 0.10
    clauses: float = 0.33
    words: float = 0.50
    facet_words: float = 0.30
    owner: float = 0.06
    veto: float = 0.12
    core: float = 0.35
    vocabulary: float = 0.15
    foreign: float = 0.30
    lead: float = 0.03


WEIGHTS = Weights()
