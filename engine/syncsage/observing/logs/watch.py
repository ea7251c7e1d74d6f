"""Which fixed texts to look for in a large log: those of the patterns that tell of runs in logs of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from syncsage.knowledge.literals import fixed_texts
from syncsage.knowledge.model import KnowledgeBase
from syncsage.knowledge.patterns import search
from syncsage.knowledge.runs import RunKnowledge, RunLog
from syncsage.observing.logs.scan import LiteralScanner


def watcher(kb: KnowledgeBase, name: str = "", sample: str = "") -> LiteralScanner:
    """Return what finds the records that matter.

    Args:
        kb: The knowledge of runs.
        name: Name of the file.
        sample: Some text of it, which shows what kinds of log are in it.
    """
    if kb.runs is None:
        return LiteralScanner(())
    series = tuple(text for pattern in kb.runs.series for text in fixed_texts(pattern))
    every: list[str] = []
    often: list[str] = []
    for pattern in (*_of_steps(kb), *_of_runs(kb.runs, _kinds(kb.runs, name, sample))):
        for text in fixed_texts(pattern):
            is_series = any(part.lower() in text.lower() for part in series)
            (often if is_series else every).append(text)
    return LiteralScanner(every, often)


def _kinds(runs: RunKnowledge, name: str, sample: str) -> tuple[RunLog, ...]:
    """Return the kinds of log that a file may hold; all where nothing tells."""
    low = sample.lower()
    kinds = tuple(
        log
        for log in runs.logs
        if any(search(pattern, name) for pattern in log.files)
        or any(component.lower() in low for component in log.components)
        or any(text.lower() in low for mark in log.marks for text in fixed_texts(mark))
    )
    return kinds or runs.logs


def _of_steps(kb: KnowledgeBase) -> Iterator[str]:
    for tracking in kb.tracking.values():
        for step in tracking.steps:
            yield from step.marks


def _of_runs(runs: RunKnowledge, kinds: Iterable[RunLog]) -> Iterator[str]:
    for log in kinds:
        for patterns in (log.wake, log.begin, log.done, log.failed, log.close, log.after, log.good, log.bad, log.begun):
            yield from patterns
    yield from (*runs.items, *runs.item_details)
    for trigger in runs.triggers:
        yield from trigger.marks
    for role in runs.roles:
        yield from role.marks
