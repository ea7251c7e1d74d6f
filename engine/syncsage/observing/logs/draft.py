"""A run while its records come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from syncsage.knowledge.patterns import search
from syncsage.knowledge.runs import RunLog
from syncsage.observing.logs.grammar import RunGrammar, Seen
from syncsage.observing.logs.marks import Marks

#: Failing records that are kept of one run; a run of more failures says nothing new.
_MOST_FAILING = 12
_MOST_ITEMS = 3
_MOST_STAMPS = 50
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Moment:
    """Where and when: line and file, time in UTC and by the clock of the writer, as far as known."""

    line: int
    file: str = ""
    utc: datetime | None = None
    local: datetime | None = None

    @property
    def time(self) -> datetime | None:
        """The time in UTC, else by the clock of the writer."""
        return self.utc or self.local


@dataclass(frozen=True, slots=True)
class Shown:
    """A record that is kept: its text and its place, and the method that wrote it where its format says so."""

    text: str
    at: Moment
    source: str = ""


@dataclass(slots=True)
class Position:
    """A stretch of records that show the same step marks; ``timed`` is the first one of a known time."""

    marks: Marks
    first: Moment
    last: Moment
    timed: Moment | None = None


@dataclass(slots=True)
class RunDraft:
    """What was seen of a run so far.

    Attributes:
        log: The log that tells of it.
        state: ``open`` until an end is seen, then ``good`` or ``bad``.
        closed: Nothing but what follows an end may come.
        opening: Marks of its first record.
        begun: Marks of its beginning.
        ends: Marks of its end and the text of the record that showed them.
        failing: Records that tell why it failed.
        beside: Failures that another log shows while it ran.
        items: Number of items that failed.
        moved: It has left its first step.
        late: It is in a step that follows its end.
    """

    log: RunLog
    first: Moment
    last: Moment
    state: str = "open"
    closed: bool = False
    end: Moment | None = None
    opening: Marks = frozenset()
    begun: set[str] = field(default_factory=set[str])
    ends: dict[str, Shown] = field(default_factory=dict[str, Shown])
    positions: list[Position] = field(default_factory=list[Position])
    marks: set[str] = field(default_factory=set[str])
    trigger: str = ""
    sites: dict[str, Moment] = field(default_factory=dict[str, Moment])
    origins: dict[str, Moment] = field(default_factory=dict[str, Moment])
    stamps: list[tuple[datetime, Moment]] = field(default_factory=list[tuple[datetime, Moment]])
    percent: int | None = None
    eta: str | None = None
    waiting: bool = False
    moved: bool = False
    late: bool = False
    failing: list[Shown] = field(default_factory=list[Shown])
    item_texts: list[Shown] = field(default_factory=list[Shown])
    beside: list[Shown] = field(default_factory=list[Shown])
    items: int = 0
    latest: Shown | None = None

    def fail(self, seen: Seen) -> None:
        """Keep a record that shows a failure of the run."""
        if len(self.failing) < _MOST_FAILING:
            self.failing.append(shown(seen))

    def fail_beside(self, seen: Seen) -> None:
        """Keep a failure that another log shows."""
        if len(self.beside) < _MOST_FAILING:
            self.beside.append(shown(seen))

    def fail_item(self, seen: Seen, details: Iterable[Seen]) -> None:
        """Count an item that failed and keep what was said of the first ones."""
        self.items += 1
        if self.items <= _MOST_ITEMS:
            self.item_texts.extend(shown(detail) for detail in details)
            self.item_texts.append(shown(seen))

    def add(self, seen: Seen, grammar: RunGrammar) -> None:
        """Take a record in: its step, its place and time, site, progress."""
        at = moment(seen)
        runs = grammar.runs
        self.last = at
        if self.first.time is None and at.time:
            self.first = replace(self.first, utc=at.utc, local=at.local)
        self.latest = shown(seen)
        self.opening = self.opening or seen.marks
        self.marks |= seen.marks
        if site := grammar.group(seen, runs.sites, "site"):
            self.sites.setdefault(site.upper(), at)
        strange = bool(site) and site.upper() != next(iter(self.sites))
        self._move(grammar.steps_of(seen), replace(at, utc=None, local=None) if strange else at)
        if origin := grammar.group(seen, runs.origins, "origin"):
            self.origins.setdefault(origin.lower(), at)
        if seen.stamp and len(self.stamps) < _MOST_STAMPS:
            self.stamps.append((seen.stamp, at))
        if percent := grammar.group(seen, runs.progress, "percent"):
            self.percent = min(int(percent), 100)
            self.eta = grammar.group(seen, runs.progress, "eta") or None
        self.waiting = seen.shows(runs.waiting)

    def _move(self, marks: Marks, at: Moment) -> None:
        if not marks:
            return
        if self.positions and self.positions[-1].marks == marks:
            self.positions[-1].last = at
            self.positions[-1].timed = self.positions[-1].timed or (at if at.time else None)
        else:
            self.positions.append(Position(marks, at, at, at if at.time else None))
            self.percent = self.eta = None


def moment(seen: Seen) -> Moment:
    """Return where and when a record was written; a time inside the text stands in for a missing one."""
    record = seen.record
    utc = record.utc or seen.stamp
    if utc is not None and utc.tzinfo is None:
        utc = utc.replace(tzinfo=UTC)
    return Moment(record.line, record.file, utc, record.local)


def shown(seen: Seen) -> Shown:
    """Return what is kept of a record."""
    return Shown(seen.record.message[:_LONGEST], moment(seen), _source(seen))


def _source(seen: Seen) -> str:
    if seen.log is None or seen.record.format not in seen.log.formats:
        return ""
    found = (search(pattern, seen.record.message[:_LONGEST]) for pattern in seen.log.sources)
    return next((str(match["source"]) for match in found if match), "")
