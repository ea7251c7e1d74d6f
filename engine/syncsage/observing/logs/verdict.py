"""What a text says as a whole: which log it is, and how the thing went that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from syncsage.knowledge.runs import RunKnowledge, RunLog
from syncsage.observing.logs.draft import Shown, shown
from syncsage.observing.logs.grammar import Seen
from syncsage.observing.logs.model import Run, Verdict

_WORST: tuple[Verdict, ...] = ("failure", "partial", "success")
_MOST_FAILING = 12


@dataclass(slots=True)
class Tally:
    """Records counted while they pass by.

    Attributes:
        logs: Records of each log, by its id.
        formats: Records of each format.
        bad: Records that show a failure outside of any run.
        state: What the latest telling record of a log said.
        maintenance: The same for work beside the runs.
    """

    runs: RunKnowledge
    logs: Counter[str] = field(default_factory=Counter[str])
    formats: Counter[str] = field(default_factory=Counter[str])
    records: int = 0
    bad: list[Shown] = field(default_factory=list[Shown])
    trouble: list[Shown] = field(default_factory=list[Shown])
    state: Verdict = "none"
    maintenance: Verdict = "none"
    stuck: bool = False
    idle: bool = False
    log: RunLog | None = None

    def add(self, seen: Seen) -> None:
        """Count a record."""
        self.records += 1
        self.formats[seen.record.format] += 1
        if seen.log is not None:
            self.logs[seen.log.id] += 1
            self.log = seen.log
        if not seen.marks and seen.record.severity != "error":
            return
        self.idle = self.idle or seen.shows(self.runs.idle)
        care = self.runs.maintenance
        if seen.shows(care.bad):
            self._fail(seen, self.trouble)
            self.maintenance = "partial"
        elif seen.shows(care.marks):
            if self.maintenance != "partial":
                self.maintenance = "success" if seen.shows(care.good) else self.maintenance
        elif self.log is not None:
            self._judge(seen, self.log)
        elif seen.record.severity == "error" or (seen.shows(self.runs.failures) and seen.record.severity != "info"):
            self._fail(seen, self.trouble)

    def _judge(self, seen: Seen, log: RunLog) -> None:
        if seen.record.severity == "error" or (seen.shows(log.bad) and seen.record.severity != "info"):
            self._fail(seen, self.bad)
            self.state = "failure"
            self.stuck = self.stuck or log.sticky
        elif self.stuck:
            return
        elif seen.shows(log.good) or (seen.shows(log.fine) and self.state in ("none", "partial")):
            self.state = "success"
        elif seen.shows(log.begun) and self.state == "none":
            self.state = "partial"

    def _fail(self, seen: Seen, place: list[Shown]) -> None:
        if len(place) < _MOST_FAILING:
            place.append(shown(seen))

    def verdict(self) -> Verdict:
        """Return the verdict of a text that shows no run."""
        if self.state != "none":
            return self.state
        if self.maintenance != "none":
            return self.maintenance
        return "failure" if self.trouble else "none"

    def failing(self) -> list[Shown]:
        """Return the records that a failure shows itself in, where no run does."""
        return [] if self.verdict() in ("success", "none") else self.bad or self.trouble

    def lead(self) -> RunLog | None:
        """Return the log with the most records."""
        most = next(iter(self.logs.most_common(1)), None)
        return next((log for log in self.runs.logs if most and log.id == most[0]), None)

    def kind(self, lead: RunLog | None) -> str:
        """Return which log it is: that of the runs, else the one with the most records."""
        if lead is not None:
            return lead.kind
        by_id = {log.id: log.kind for log in self.runs.logs}
        kinds: Counter[str] = Counter()
        for log, count in self.logs.items():
            kinds[by_id[log]] += count
        return kinds.most_common(1)[0][0] if kinds else self.runs.kind


def of_runs(runs: Sequence[Run]) -> Verdict:
    """Return the verdict of runs: that of the last one, or the worst of the last ones of several sites."""
    last: dict[str, Verdict] = {run.site: run.outcome for run in runs if run.site}
    return min(last.values(), key=_WORST.index) if len(last) > 1 else runs[-1].outcome
