"""``track --follow``: what is new in a log, told as it comes; lines only, so that it reads the same in a pipe."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from syncsage.observing.logs.model import Run, Track
from syncsage.report.timeline import RunView, run_view, timeline
from syncsage_cli.exit_status import ExitStatus, status_of_track
from syncsage_cli.growing import GrowingLog, LineDecoder, Lines
from syncsage_cli.render import timeline as view
from syncsage_cli.render.page import BLANK, Block

if TYPE_CHECKING:
    from syncsage import Engine
    from syncsage.knowledge.model import KnowledgeBase
    from syncsage_cli.app import App

#: Seconds between two looks at a log.
PAUSE = 1.0
_PIECE = 64 * 1024
#: Lines kept where no run is visible, and the most that are kept of one run: its beginning and its end.
_IDLE = 2_000
_BEGINNING = 1_000
_LONGEST = 50_000


class Tracker(Protocol):
    """What groups lines into runs: the engine."""

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge that it goes by."""
        ...

    def track(self, source: str, /) -> Track:
        """Return the runs that a text shows."""
        ...


@dataclass(slots=True)
class _Told:
    """What was already said of a run."""

    steps: set[str] = field(default_factory=set[str])
    percent: int = 0
    standing: str = ""


class Story:
    """Tells what new lines bring: runs that begin, steps, progress, and how runs end.

    Only the lines of the latest run are kept; line numbers are those of the file.

    Args:
        engine: Groups the lines into runs.
        block: The sign that bars are made of.
    """

    def __init__(self, engine: Tracker, block: str) -> None:
        self.track: Track | None = None
        self._engine = engine
        self._block = block
        self._texts: list[str] = []
        self._numbers: list[int] = []
        self._before = 0
        self._told: dict[int, _Told] = {}

    def begin(self, lines: Lines, title: str) -> list[Block]:
        """Take what is there already and return it as a whole page."""
        found = self._add(lines)
        track = replace(found, runs=tuple(map(self._placed, found.runs)))
        for number, run in enumerate(track.runs, start=1):
            self._news(run_view(run, self._engine.kb, number))
        self._forget(found)
        return view.page(timeline(track, self._engine.kb, title), block=self._block)

    def go_on(self, lines: Lines) -> list[Block]:
        """Take new lines and return what is to be said of them."""
        if not lines.texts:
            return []
        track = self._add(lines)
        blocks: list[Block] = []
        for number, run in enumerate(track.runs, start=self._before + 1):
            blocks += self._news(run_view(self._placed(run), self._engine.kb, number))
        self._forget(track)
        return blocks

    def _add(self, lines: Lines) -> Track:
        self._texts += lines.texts
        self._numbers += range(lines.first, lines.first + len(lines.texts))
        self.track = self._engine.track("\n".join(self._texts))
        return self.track

    def _placed(self, run: Run) -> Run:
        """Return ``run`` with the line numbers of the file."""
        quotes = tuple(replace(quote, line=self._number(quote.line)) for quote in run.quotes)
        steps = (replace(s, lines=(self._number(s.lines[0]), self._number(s.lines[1]))) for s in run.steps)
        return replace(run, quotes=quotes, steps=tuple(steps))

    def _number(self, line: int) -> int:
        return self._numbers[min(line, len(self._numbers)) - 1]

    def _news(self, run: RunView) -> list[Block]:
        told = self._told.setdefault(run.number, _Told())
        blocks: list[Block] = [] if told.standing else [BLANK, view.run_begins(run)]
        for step in run.steps:
            if step.standing != "ahead" and step.title not in told.steps:
                told.steps.add(step.title)
                blocks.append(view.step_begins(step, run.total))
        if run.percent is not None and (run.percent >= told.percent + 10 or run.percent == 100 > told.percent):
            told.percent = run.percent
            blocks.append(view.step_goes_on(run))
        if run.outcome != "partial" and run.standing != told.standing:
            blocks += [BLANK, *view.run(run, block=self._block)]
        told.standing = run.standing
        return blocks

    def _forget(self, track: Track) -> None:
        """Drop the lines before the latest run, and what is too much."""
        if track.runs and track.runs[-1].steps:
            first = track.runs[-1].steps[0].lines[0] - 1
            self._cut(0, first)
            self._before += len(track.runs) - 1
        elif not track.runs and len(self._texts) > 2 * _IDLE:
            self._cut(0, len(self._texts) - _IDLE)
        if len(self._texts) > _LONGEST:
            self._cut(_BEGINNING, len(self._texts) - _LONGEST // 2)

    def _cut(self, begin: int, end: int) -> None:
        del self._texts[begin:end]
        del self._numbers[begin:end]


def follow_file(app: App, path: Path) -> ExitStatus:
    """Show what a log says, and then what is added to it, until Ctrl-C; return what the last run deserves.

    Raises:
        InputError: There is no such file, or it is no text.
    """
    from syncsage.observing.logs.files import LogFinder, head

    head(path)
    finder = LogFinder(app.engine.kb.formats.values())
    environment, log = app.environment, GrowingLog(path, finder.older)
    story = Story(app.engine, view.sign(environment.stdout.encoding))
    try:
        for lines in log.read():
            environment.show(story.begin(lines, path.name))
        if log.skipped:
            environment.err(f"note: the first {log.skipped:,} bytes were left out; without --follow all is read")
        environment.err("waiting for more; Ctrl-C ends")
        while not environment.unheard:
            began = time.monotonic()
            for lines in log.read():
                environment.show(story.go_on(lines))
            environment.pause(max(PAUSE, 3 * (time.monotonic() - began)))
    except KeyboardInterrupt:
        environment.err("")
    return _status(story, app.engine)


def follow_pipe(app: App) -> ExitStatus:
    """Show what comes through standard input as it comes, until it ends."""
    story = Story(app.engine, view.sign(app.environment.stdout.encoding))
    try:
        for lines in _pieces(app):
            app.environment.show(story.go_on(lines))
            if app.environment.unheard:
                break
    except KeyboardInterrupt:
        app.environment.err("")
    return _status(story, app.engine)


def _pieces(app: App) -> Iterator[Lines]:
    decoder, stream = LineDecoder(), app.environment.stdin
    read = getattr(stream, "read1", stream.read)
    while data := read(_PIECE):
        yield decoder.feed(data)
    yield decoder.feed(b"", final=True)


def _status(story: Story, engine: Engine) -> ExitStatus:
    return status_of_track(story.track, engine) if story.track is not None else ExitStatus.NOT_ENOUGH
