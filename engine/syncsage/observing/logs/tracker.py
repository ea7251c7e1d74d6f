"""Logs in, runs out: the way from a text, files or a folder to what the logs say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path

from syncsage.errors import InputError
from syncsage.knowledge.model import KnowledgeBase
from syncsage.knowledge.runs import RunLog
from syncsage.observing.logs.draft import RunDraft
from syncsage.observing.logs.files import LogFinder, LogGroup
from syncsage.observing.logs.finish import Finisher, quote, texts_of, with_role, with_writer
from syncsage.observing.logs.grammar import RunGrammar
from syncsage.observing.logs.join import join_failures, join_sides, same_report
from syncsage.observing.logs.large import LARGE, Advance, find_records, find_records_in
from syncsage.observing.logs.model import FailureSignature, LogRecord, Run, Track
from syncsage.observing.logs.reader import LogReader
from syncsage.observing.logs.settle import settled
from syncsage.observing.logs.signature import SignatureReader
from syncsage.observing.logs.verdict import Tally, of_runs
from syncsage.observing.logs.walk import Walker
from syncsage.observing.text import decode

#: Texts of failing records, and whether a guess is welcome -> ids of problems, best first.
Recognise = Callable[[Sequence[str], bool], tuple[str, ...]]
_NOTHING = Track("none", "", "", (), (), FailureSignature(), (), (), 0, ())
_MOST_QUOTES = 6
_MOST_PROBLEMS = 3
_MOST_RECOGNISED = 1_000
#: Lines from which on a text is large, however short they are: each costs as much to read as a long one.
_MANY_LINES = 100_000
#: Numbers, dates and identifiers, looked for only where a run of such characters begins: else it takes quadratic time.
_NUMBERS = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2}\b|(?<![0-9a-f-])[0-9a-f-]*\d[0-9a-f-]*", re.IGNORECASE
)


@dataclass(slots=True)
class _Reading:
    """What was read of all logs."""

    tally: Tally
    drafts: list[list[RunDraft]] = field(default_factory=list[list[RunDraft]])
    files: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])


class Tracker:
    """Groups the records of logs into runs and says how they went.

    Args:
        kb: The knowledge; without ``runs.yaml`` nothing is a log.
        recognise: Names the problems that failing records show; without it none are named.
    """

    def __init__(self, kb: KnowledgeBase, recognise: Recognise | None = None) -> None:
        self._kb = kb
        self._recognise = recognise
        self._recognised: dict[tuple[FailureSignature | str, ...], tuple[str, ...]] = {}
        self._reader = LogReader(kb.formats.values())
        self._finder = LogFinder(kb.formats.values())
        self._grammar = RunGrammar(kb, kb.runs) if kb.runs else None
        self._signatures = SignatureReader(kb.runs.signature) if kb.runs else None

    def nameless(self) -> Tracker:
        """Return a tracker by the same grammar that names no problems."""
        twin = copy(self)
        twin._recognise = None
        return twin

    def track_text(self, text: str) -> Track:
        """Return what a text says. Never raises on any text."""
        if len(text) > LARGE or text.count("\n") > _MANY_LINES:
            return self.track_records([find_records_in(text, self._kb, self._reader)])
        reading = self._reader.reading(text)
        return self.track_records([reading.records], reading.notes)

    def track_paths(self, paths: Sequence[Path], advance: Advance | None = None) -> Track:
        """Return what files say: single logs, rotated pairs, or all logs in a folder.

        Args:
            paths: Files and folders.
            advance: Is told of the bytes that were read.

        Raises:
            InputError: A path cannot be read, or nothing readable is in it.
        """
        found = self._finder.find(paths)
        notes = list(found.notes)
        logs = [self._records(group, notes, advance) for group in found.groups]
        return self.track_records(logs, notes)

    def _records(self, group: LogGroup, notes: list[str], advance: Advance | None) -> Iterator[LogRecord]:
        """Yield the records of a log, the older half of a rotated one first."""
        for path in group.parts:
            try:
                if path.stat().st_size > LARGE:
                    yield from find_records(path, self._kb, self._reader, advance)
                    continue
                data = path.read_bytes()
                decoded = decode(data)
            except OSError as error:
                notes.append(f"left out {path}: {error.strerror or error}")
                continue
            except InputError as error:
                notes.append(f"left out {path}: {error}")
                continue
            reading = self._reader.reading(decoded.text, path.name, decoded.encoding)
            notes.extend((*decoded.notes, *reading.notes))
            yield from reading.records
            if advance is not None:
                advance(len(data))

    def track_records(self, logs: Iterable[Iterable[LogRecord]], notes: Sequence[str] = ()) -> Track:
        """Return what records say.

        Args:
            logs: The records of each log, oldest first; the parts of a rotated one are one log. Read once, one by one.
            notes: Remarks of the reader.
        """
        if self._grammar is None or self._signatures is None:
            return _NOTHING
        reading = _Reading(Tally(self._grammar.runs))
        for records in logs:
            reading.tally.log = None
            reading.drafts.append(self._walk(records, reading, self._grammar))
        reading.notes.extend(notes)  # those of files stand there only now that they were read
        drafts = join_sides(reading.drafts, self._grammar)
        join_failures(drafts, reading.tally.bad)
        finisher = Finisher(self._grammar, self._signatures)
        told = with_role(drafts, finisher)
        runs = tuple(self._named(run, draft) for run, draft in zip(told, drafts, strict=True))
        return self._track(runs, drafts, reading, self._grammar)

    @staticmethod
    def _walk(records: Iterable[LogRecord], reading: _Reading, grammar: RunGrammar) -> list[RunDraft]:
        walker = Walker(grammar)
        for record in records:
            seen = grammar.see(record)
            reading.tally.add(seen)
            walker.feed(seen)
            if record.file and (not reading.files or reading.files[-1] != record.file):
                reading.files.append(record.file)
        return same_report(walker.runs, grammar)

    def _named(self, run: Run, draft: RunDraft) -> Run:
        """Return a run with its problems; one that is healthy and on its way has that of its tracking."""
        texts = texts_of(draft)
        if texts:
            return replace(run, problems=self._problems(texts, run.signature, draft.log, guess=True))
        tracking = self._grammar.tracking.get(run.role) or self._grammar.default() if self._grammar else None
        healthy = run.outcome == "partial" and tracking is not None and tracking.problem
        return replace(run, problems=(tracking.problem,)) if healthy and tracking else run

    def _problems(
        self, texts: Sequence[str], signature: FailureSignature, log: RunLog | None, *, guess: bool = False
    ) -> tuple[str, ...]:
        if self._recognise is None:
            return ()
        # Failures of one signature and the same words but for numbers are the same: of many runs most fail alike.
        same: tuple[FailureSignature | str, ...] = (signature, *(_NUMBERS.sub("#", text) for text in texts))
        if same not in self._recognised:
            if len(self._recognised) >= _MOST_RECOGNISED:
                self._recognised.clear()
            # The log says whose failure it is where the message does not.
            told = [f"{text} ({log.title})" for text in texts] if log else texts
            self._recognised[same] = self._recognise(told, guess)[:_MOST_PROBLEMS]
        return self._recognised[same]

    def _track(
        self, runs: tuple[Run, ...], drafts: Sequence[RunDraft], reading: _Reading, grammar: RunGrammar
    ) -> Track:
        tally = reading.tally
        failing = [] if runs else tally.failing()
        texts = [shown.text for shown in failing]
        last = next((run for run in reversed(runs) if run.outcome == of_runs(runs)), None)
        signature, quotes = FailureSignature(), tuple(map(quote, failing[:_MOST_QUOTES]))
        problems: tuple[str, ...] = ()
        if last is not None:
            signature, problems, quotes = last.signature, last.problems, last.quotes
        elif texts and self._signatures:
            signature = with_writer(self._signatures.read(*texts), failing)
            problems = self._problems(texts, signature, tally.lead())
        lead = drafts[-1].log if drafts else None
        return Track(
            verdict=last.outcome if last else tally.verdict(),
            kind=tally.kind(lead),
            format=tally.formats.most_common(1)[0][0] if tally.formats else "",
            problems=problems,
            runs=runs,
            signature=signature,
            quotes=quotes,
            known=settled(last, lead, tally, grammar),
            records=tally.records,
            files=tuple(dict.fromkeys(reading.files)),
            notes=tuple(dict.fromkeys(reading.notes)),
        )
