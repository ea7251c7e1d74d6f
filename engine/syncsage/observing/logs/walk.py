"""Records one after the other made into runs. No thread and no file divides them: a run is a stretch of one log."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from syncsage.knowledge.runs import RunLog
from syncsage.observing.logs.draft import RunDraft, moment, shown
from syncsage.observing.logs.grammar import RunGrammar, Seen

_MOST_DETAILS = 8


class Walker:
    """Walks through the records of one log, or of several in one text.

    Args:
        grammar: What marks mean.
    """

    def __init__(self, grammar: RunGrammar) -> None:
        self.runs: list[RunDraft] = []
        # For each run the rank of the most telling log so far.
        self._leads: list[int] = []
        self._grammar = grammar
        self._details: deque[Seen] = deque(maxlen=_MOST_DETAILS)
        self._asked = ""
        tracking = grammar.default()
        steps = tracking.steps if tracking else ()
        self._first = steps[0].id if steps else ""
        self._late = frozenset(mark for step in steps if step.late for mark in step.marks)

    def walk(self, records: Iterable[Seen]) -> list[RunDraft]:
        """Return the runs that ``records`` show, in their order."""
        for seen in records:
            self.feed(seen)
        return self.runs

    def feed(self, seen: Seen) -> None:
        """Take the next record."""
        runs = self._grammar.runs
        if seen.shows(runs.item_details) and not seen.shows(runs.items):
            self._details.append(seen)
            return
        if not seen.marks:
            return
        log = seen.log
        if seen.shows(runs.maintenance.marks) or log is None:
            return
        if self._beside(log):
            self._feed_beside(seen, log)
        else:
            self._feed_own(seen, log)

    @property
    def _run(self) -> RunDraft | None:
        return self.runs[-1] if self.runs else None

    def _beside(self, log: RunLog) -> bool:
        """A log tells only beside a run that a more telling one leads."""
        leads = self._leads[-1] < self._grammar.rank[log.id] if self._leads else False
        return leads or not (log.begin or log.done or log.failed)

    def _feed_beside(self, seen: Seen, log: RunLog) -> None:
        run = self._run
        trigger = self._trigger(seen)
        if run is None or run.state != "open" or run.closed:
            self._asked = trigger or self._asked
            return
        if self._grammar.steps_of(seen) and not self._starts(seen):
            run.add(seen, self._grammar)
        if seen.shows(log.failed) or seen.shows(log.bad) or seen.record.severity == "error":
            run.fail_beside(seen)
        if trigger and not run.trigger and len(run.positions) <= 1:
            run.trigger = trigger

    def _feed_own(self, seen: Seen, log: RunLog) -> None:
        runs = self._grammar.runs
        if (run := self._current(log)) and (seen.shows(log.bad) or seen.record.severity == "error"):
            run.fail_beside(seen)
        if seen.shows(runs.idle):
            self._idle()
        if seen.shows(log.begin) or seen.shows(log.wake):
            self._begin(seen, log)
        elif seen.shows(runs.items):
            self._item(seen, log)
        elif seen.shows(log.done) or seen.shows(log.failed) or seen.shows(log.close):
            self._end(seen, log)
        elif seen.shows(log.after):
            self._after(seen, log)
        elif self._grammar.steps_of(seen):
            self._step(seen, log)
        else:
            self._rest(seen, log)

    def _rest(self, seen: Seen, log: RunLog) -> None:
        if seen.shows(self._grammar.runs.waiting) and (run := self._current(log)):
            run.add(seen, self._grammar)

    def _after(self, seen: Seen, log: RunLog) -> None:
        """What follows an end belongs to the run that ended; without one it shows a run only by its step."""
        run = self._run
        if run is None and self._grammar.steps_of(seen):
            run = self._open(seen, log)
        if run is not None:
            run.add(seen, self._grammar)

    def _item(self, seen: Seen, log: RunLog) -> None:
        run = self._current(log) or self._open(seen, log)
        run.add(seen, self._grammar)
        run.moved = True
        run.fail_item(seen, self._details)
        self._details.clear()

    def _begin(self, seen: Seen, log: RunLog) -> None:
        run = self._run
        marks = seen.marks & {*log.begin, *log.wake}
        if run is None or self._ended(run, log) or (marks <= run.begun and self._again(run, seen, log)):
            run = self._open(seen, log)
        run.begun |= marks
        run.trigger = self._trigger(seen) or run.trigger or self._asked
        self._asked = ""
        run.add(seen, self._grammar)

    @staticmethod
    def _ended(run: RunDraft, log: RunLog) -> bool:
        return run.state != "open" or run.closed or run.log is not log or run.moved

    def _again(self, run: RunDraft, seen: Seen, log: RunLog) -> bool:
        """A mark that a run has already shown begins another one, unless the line was only copied twice."""
        if not run.begun & set(log.begin):
            return False
        latest = run.latest
        return latest is None or latest.text != seen.record.message or latest.at.utc != moment(seen).utc

    def _end(self, seen: Seen, log: RunLog) -> None:
        run = self._run
        state = "good" if seen.shows(log.done) else "bad" if seen.shows(log.failed) else ""
        if run is None or self._other(run, seen, log, state):
            run = self._open(seen, log)
        run.add(seen, self._grammar)
        run.ends |= dict.fromkeys(seen.marks & {*log.done, *log.failed}, shown(seen))
        if state:
            run.state = state
        if run.end is None or moment(seen).time:
            run.end = moment(seen)
        run.closed = run.closed or seen.shows(log.close)
        if state == "bad":
            run.fail(seen)

    def _other(self, run: RunDraft, seen: Seen, log: RunLog, state: str) -> bool:
        """Tell whether an end is that of another run, whose beginning is not shown."""
        if run.log is not log:
            return True
        if run.late and state != "good":
            return False
        if run.closed or (state and run.state not in ("open", state)):
            return True
        ends = seen.marks & {*log.done, *log.failed}
        before = [run.ends[mark] for mark in ends if mark in run.ends]
        return any(known.text != seen.record.message or known.at.utc != moment(seen).utc for known in before)

    def _step(self, seen: Seen, log: RunLog) -> None:
        run = self._run
        late = not seen.marks.isdisjoint(self._late)
        if run is not None and run.log is log and (run.state != "open" or run.closed) and (late or run.late):
            run.late = True
            run.add(seen, self._grammar)
            return
        run = self._current(log) or self._open(seen, log)
        run.add(seen, self._grammar)
        run.moved = run.moved or not self._starts(seen)

    def _current(self, log: RunLog) -> RunDraft | None:
        run = self._run
        return run if run and run.log is log and run.state == "open" and not run.closed else None

    def _idle(self) -> None:
        """What only woke up and went back to waiting was no run."""
        run = self._run
        if run and self._current(run.log) and not (run.moved or run.failing or run.begun & set(run.log.begin)):
            self.runs.pop()
            self._leads.pop()

    def _open(self, seen: Seen, log: RunLog) -> RunDraft:
        at = moment(seen)
        run = RunDraft(log, at, at)
        self.runs.append(run)
        rank = self._grammar.rank[log.id]
        self._leads.append(min(rank, self._leads[-1]) if self._leads else rank)
        return run

    def _trigger(self, seen: Seen) -> str:
        return next((t.value for t in self._grammar.runs.triggers if seen.shows(t.marks)), "")

    def _starts(self, seen: Seen) -> bool:
        steps = self._grammar.steps
        return all(steps[mark] == self._first for mark in self._grammar.steps_of(seen))
