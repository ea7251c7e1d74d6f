"""Records judged one by one: which log they are of, and what their marks say of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from syncsage.knowledge.model import KnowledgeBase, Tracking
from syncsage.knowledge.patterns import compiled, search
from syncsage.knowledge.runs import RunKnowledge, RunLog
from syncsage.observing.logs.marks import LONGEST, Marks, MarkTable
from syncsage.observing.logs.model import LogRecord


@dataclass(frozen=True, slots=True)
class Seen:
    """A record and what it shows.

    Attributes:
        log: The kind of log it is of, None if nothing tells.
        marks: Patterns of the knowledge that it shows.
        stamp: A time in UTC that its text names.
    """

    record: LogRecord
    log: RunLog | None
    marks: Marks
    stamp: datetime | None = None

    def shows(self, patterns: Iterable[str]) -> bool:
        """Tell whether it shows one of ``patterns``."""
        return not self.marks.isdisjoint(patterns)


class RunGrammar:
    """The run knowledge made ready for reading.

    Args:
        kb: A knowledge base.
        runs: Its run knowledge.
    """

    def __init__(self, kb: KnowledgeBase, runs: RunKnowledge) -> None:
        self.runs = runs
        self.tracking: dict[str, Tracking] = {
            role.id: kb.tracking[role.tracking] for role in runs.roles if role.tracking in kb.tracking
        }
        self._table = MarkTable(_patterns(runs, self.tracking.values()))
        self._components = {name.lower(): log for log in reversed(runs.logs) for name in log.components}
        self._formats = {name: log for log in reversed(runs.logs) for name in log.formats}
        self._files: dict[str, RunLog | None] = {"": None}
        self.steps: Mapping[str, str] = self._steps()
        self._steps_of: dict[Marks, Marks] = {}
        lead = frozenset((*runs.items, *runs.item_details, *runs.maintenance.marks, *self.steps))
        self._own = [(log, frozenset(_of_log(log))) for log in runs.logs]
        self._own.append((runs.logs[0], lead))
        self.rank: Mapping[str, int] = {log.id: rank for rank, log in enumerate(runs.logs)}

    def see(self, record: LogRecord) -> Seen:
        """Judge one record."""
        # A quotation mark is left where quoted lines were joined to one.
        marks = self._table.read(record.message.lstrip("> \t"))
        log = self._log(record, marks)
        stamp = self._stamp(record.message) if not marks.isdisjoint(self.runs.stamps) else None
        return Seen(record, log, marks, stamp)

    def steps_of(self, seen: Seen) -> Marks:
        """Return those marks of a record that are marks of steps; records that show the same share one set."""
        marks = self._steps_of.get(seen.marks)
        if marks is None:
            marks = self._steps_of[seen.marks] = frozenset(seen.marks & self.steps.keys())
        return marks

    def default(self) -> Tracking | None:
        """Return the steps that are followed while no role is known."""
        return self.tracking.get(self.runs.default_role)

    def group(self, seen: Seen, patterns: Iterable[str], name: str) -> str:
        """Return what a group of the first of ``patterns`` holds that a record shows, empty if none does."""
        for pattern in patterns:
            match = search(pattern, seen.record.message[:LONGEST]) if pattern in seen.marks else None
            if match and match[name]:
                return str(match[name])
        return ""

    def log_of_file(self, name: str) -> RunLog | None:
        """Return the kind of log that a file name stands for."""
        if name not in self._files:
            base = name.replace("\\", "/").rpartition("/")[2]
            found = (log for log in self.runs.logs for pattern in log.files if search(pattern, base))
            self._files[name] = next(found, None)
        return self._files[name]

    def _log(self, record: LogRecord, marks: Marks) -> RunLog | None:
        told = self._formats.get(record.format) or self._components.get(record.component.lower())
        told = told or self.log_of_file(record.file)
        return told or next((log for log, own in self._own if not marks.isdisjoint(own)), None)

    def _stamp(self, message: str) -> datetime | None:
        for pattern in self.runs.stamps:
            for match in compiled(pattern).finditer(message[:LONGEST]):
                try:
                    stamp = datetime.strptime(" ".join(match["stamp"].split()), self.runs.stamp_form)
                    return stamp.replace(tzinfo=UTC)
                except ValueError:
                    continue
        return None

    def _steps(self) -> dict[str, str]:
        """Return the step of every step mark, the default role before the others."""
        default = self.default()
        every = [*([default] if default else []), *self.tracking.values()]
        return {mark: step.id for tracking in reversed(every) for step in tracking.steps for mark in step.marks}


def _of_log(log: RunLog) -> Iterator[str]:
    yield from log.marks
    if not log.formats:  # the ends of a log with a form of its own may stand in other logs too
        yield from (*log.begin, *log.done, *log.failed, *log.close, *log.after, *log.wake)


def _patterns(runs: RunKnowledge, trackings: Iterable[Tracking]) -> Iterator[str]:
    for log in runs.logs:
        for f in fields(log):
            if f.type == "Patterns" and f.name not in {"components", "files", "formats", "sources"}:
                yield from getattr(log, f.name)
    for name in ("failures", "idle", "waiting", "items", "item_details", "sites", "origins", "stamps", "progress"):
        yield from getattr(runs, name)
    maintenance = runs.maintenance
    yield from (*maintenance.marks, *maintenance.good, *maintenance.bad)
    for group in (runs.roles, runs.triggers):
        for item in group:
            yield from item.marks
    for tracking in trackings:
        for step in tracking.steps:
            yield from step.marks
