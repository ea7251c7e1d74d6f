"""What moves between two steps: by an answer, by taking one back, by other knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from syncsage.evidence import CONFLICT
from syncsage.explanation import Difference, Move, WhatIf
from syncsage.interview import Interview
from syncsage.step import Band, Evidence, Step, UnknownReason

#: A smaller move of probability is none.
_LEAST = 0.01


class Standing(Protocol):
    """How a cause stands; a ranked cause is one."""

    @property
    def id(self) -> str:
        """Id of the cause."""
        ...

    @property
    def band(self) -> Band:
        """Its word of confidence."""
        ...

    @property
    def probability(self) -> float:
        """0..1 among the candidates."""
        ...


def moves(before: Iterable[Standing], after: Iterable[Standing], titles: Mapping[str, str]) -> tuple[Move, ...]:
    """Return the causes whose band or probability (by more than a point in a hundred) differs, largest move first.

    Args:
        before: How causes stood.
        after: How they stand.
        titles: Titles by id; a cause without one is called by its id.
    """
    old, new = ({c.id: c for c in standings} for standings in (before, after))
    found: list[Move] = []
    for cause in sorted(old.keys() | new.keys()):
        a, b = old.get(cause), new.get(cause)
        then, now = (a.probability if a else 0.0), (b.probability if b else 0.0)
        if (a.band if a else None) != (b.band if b else None) or abs(then - now) > _LEAST:
            found.append(Move(cause, titles.get(cause, cause), a.band if a else None, b.band if b else None, then, now))
    return tuple(sorted(found, key=lambda m: (-abs(m.probability_after - m.probability_before), m.id)))


def difference(before: Step, after: Step) -> Difference:
    """Return what two steps differ in."""
    titles = {cause.id: cause.title for step in (before, after) for cause in step.causes}
    next_before, next_after = (step.next.id if step.next else "" for step in (before, after))
    return Difference(
        moved=moves(before.causes, after.causes, titles),
        problems_before=tuple(match.title for match in before.problems),
        problems_after=tuple(match.title for match in after.problems),
        next_before=before.next.text if before.next else "",
        next_after=after.next.text if after.next else "",
        next_same=next_before == next_after,
    )


def what_if(interview: Interview, step: Step, question: str, value: str, reason: UnknownReason = "dont_know") -> WhatIf:
    """Return the step that answering ``question`` with ``value`` would lead to.

    What it differs from is the step without any answer to that question.

    Raises:
        EvidenceError: An id or value that the knowledge does not declare.
    """
    kept = [item for item in step.evidence if item.id not in (question, CONFLICT + question)]
    before = interview.step(kept, step.parsed)
    after = interview.step([*kept, Evidence(question, value, reason)], step.parsed)
    return WhatIf(after, difference(before, after))
