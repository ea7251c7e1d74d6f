"""Findings that a text settles without asking: derivations, tracked steps, implications of signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from syncsage.knowledge.model import Derivation, KnowledgeBase, Tracking
from syncsage.knowledge.patterns import collapse, holds, search
from syncsage.knowledge.prefilter import Prefilter
from syncsage.observing.model import Observation
from syncsage.observing.records import Record
from syncsage.observing.signatures import SignatureHit

_MOST_RECORDS = 2_000
_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a process got in a text.

    Attributes:
        step: Id of the last step seen.
        record: The record that shows it.
        steps: Number of distinct steps seen.
        failed: Whether the text also shows a failure.
    """

    tracking: Tracking
    step: str
    record: Record
    steps: int
    failed: bool


class Deriver:
    """Reads findings out of records.

    Args:
        kb: The knowledge whose findings and trackings are read.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self._derivations: list[tuple[str, Derivation]] = [
            (finding.id, derivation) for finding in kb.findings.values() for derivation in finding.derive
        ]
        self._prefilter = Prefilter([derivation for _, derivation in self._derivations], kb.literals)
        self._tracking = tuple(kb.tracking.values())

    def observe(
        self,
        records: Sequence[Record],
        hits: Sequence[SignatureHit],
        progress: Progress | None,
        known: Sequence[Observation] = (),
    ) -> tuple[Observation, ...]:
        """Return one observation a finding, sorted by finding.

        What a signature implies goes before what the runs of a log say (``known``), and that before what a pattern
        reads; two patterns that contradict each other cancel out, so that the question is asked.
        """
        found = self._derived(records) | {seen.finding: seen for seen in known}
        if progress is not None:
            seen = Observation(
                progress.tracking.finding, progress.step, "exact", progress.record.span, progress.record.text[:_QUOTE]
            )
            found[seen.finding] = seen
        found |= _implied(hits)
        return tuple(found[finding] for finding in sorted(found))

    def _derived(self, records: Sequence[Record]) -> dict[str, Observation]:
        values: dict[str, dict[str, Observation]] = {}
        distinct = {record.text: record for record in reversed(records[:_MOST_RECORDS])}
        for record in reversed(distinct.values()):
            text = collapse(record.text)
            for number in self._prefilter.candidates(text):
                finding, derivation = self._derivations[number]
                if derivation.value not in values.get(finding, {}) and holds(derivation, text):
                    seen = Observation(finding, derivation.value, "exact", record.span, record.text[:_QUOTE])
                    values.setdefault(finding, {})[derivation.value] = seen
        return {finding: next(iter(by.values())) for finding, by in values.items() if len(by) == 1}

    def progress(self, records: Sequence[Record]) -> Progress | None:
        """Return the last step that a text shows, by the tracking with the most distinct steps in it."""
        best: Progress | None = None
        for tracking in self._tracking:
            seen = _follow(tracking, records[-_MOST_RECORDS:])
            if seen is not None and (best is None or seen.steps > best.steps):
                best = seen
        return best


def _follow(tracking: Tracking, records: Sequence[Record]) -> Progress | None:
    steps: set[str] = set()
    last: tuple[str, Record] | None = None
    for record in records:
        for step in tracking.steps:
            if any(search(mark, record.text) for mark in step.marks):
                steps.add(step.id)
                last = (step.id, record)
    if last is None:
        return None
    failed = any(search(pattern, record.text) for record in records for pattern in tracking.failures)
    return Progress(tracking, last[0], last[1], len(steps), failed)


def _implied(hits: Sequence[SignatureHit]) -> dict[str, Observation]:
    found: dict[str, Observation] = {}
    clashing: set[str] = set()
    for hit in hits:
        implied: Mapping[str, str] = hit.signature.implies
        for finding, value in implied.items():
            seen = Observation(finding, value, "signature", hit.record.span, hit.record.text[:_QUOTE])
            if found.setdefault(finding, seen).value != value:
                clashing.add(finding)
    return {finding: seen for finding, seen in found.items() if finding not in clashing}
