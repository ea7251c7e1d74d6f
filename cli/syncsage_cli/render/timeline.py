"""Timelines of logs: the runs at a glance, the last and the failing ones step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from syncsage.report.timeline import in_full
from syncsage.report.timeline_words import clock, duration, zone
from syncsage_cli.render.page import BLANK, QUIET, STRONG, Block, Drawing, clean, heading, one_line, paragraph, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from syncsage.observing.logs.model import Quote
    from syncsage.report.timeline import RunView, Timeline
    from syncsage.report.timeline_steps import StepRow

#: Runs shown on one line each before only their number is told.
COMPACT = 20
QUOTES = 8
_BAR = 14
_QUOTE = 240
_MARKS: Mapping[str, str] = {"done": "+", "failed": "!", "running": ">", "ahead": "-"}
_STYLES: Mapping[str, str] = {"done": "green", "failed": "bold red", "running": "yellow", "ahead": QUIET}
_STANDINGS: Mapping[str, str] = {"done": "done", "failed": "failed", "running": "running", "ahead": "not reached"}
_OUTCOMES: Mapping[str, str] = {"success": "green", "failure": "bold red", "partial": "yellow"}


def page(timeline: Timeline, *, everything: bool = False, block: str = "█") -> list[Block]:
    """Return the whole timeline.

    Args:
        timeline: What to show.
        everything: Whether to show every run in full.
        block: The sign that bars are made of.
    """
    shown = timeline.runs if everything else in_full(timeline.runs)
    blocks = [heading(timeline.title, " · ".join(timeline.about))]
    if len(timeline.runs) != 1:
        blocks.append(paragraph(timeline.headline, style=STRONG))
    blocks += labelled([("Note", note) for note in timeline.notes])
    if len(shown) < len(timeline.runs):
        blocks += [BLANK, *overview(timeline.runs)]
    for view in shown:
        blocks += [BLANK, *run(view, block=block)]
    return [*blocks, *quoted(timeline.quotes), *labelled(_found(timeline.problems, timeline.signature))]


def sign(encoding: str | None) -> str:
    """Return the sign that bars are made of on a stream of ``encoding``: a full block, where it has one."""
    try:
        "█".encode(encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return "#"
    return "█"


def overview(runs: Sequence[RunView]) -> list[Block]:
    """Return one line a run, the latest ones; of earlier ones their number."""
    earlier, latest = runs[:-COMPACT], runs[-COMPACT:]
    blocks: list[Block] = []
    if earlier:
        failed = sum(view.outcome == "failure" for view in earlier)
        text = f"{len(earlier):,} earlier runs, {failed:,} of them failed (--all shows them)"
        blocks.append(paragraph(text, indent=2, style=QUIET))
    return [*blocks, rows([_overview_row(view) for view in latest])]


def run(view: RunView, *, block: str = "█") -> list[Block]:
    """Return one run in full."""
    title = heading(f"Run {view.number}", " · ".join((view.standing, *view.about)))
    blocks = [title, paragraph(view.verdict, indent=2, style=_OUTCOMES[view.outcome])]
    if view.began:
        blocks.append(paragraph(f"{view.began}{', took ' + view.took if view.took else ''}", indent=2, style=QUIET))
    if view.steps:
        blocks.append(_steps(view.steps, block))
    if view.items_failed:
        blocks.append(paragraph(view.items_failed, indent=2))
    blocks += quoted(view.quotes)
    cells = _found(view.problems, view.signature)
    cells += [("Open next", view.next_log)] if view.next_log else []
    return [*blocks, *labelled([*cells, *(("Note", note) for note in view.notes)])]


def run_begins(view: RunView) -> Block:
    """Return one line for a run that begins."""
    return heading(f"Run {view.number}", " · ".join(part for part in (view.began, *view.about) if part))


def step_begins(step: StepRow, total: int) -> Block:
    """Return one line for a step that begins."""
    when = clock(step.started) or " " * 8
    return paragraph(f"{when}  step {step.number} of {total}: {step.title}", indent=2)


def step_goes_on(view: RunView) -> Block:
    """Return one line for the progress of the present step."""
    return paragraph(view.progress, indent=12, style=QUIET)


def glance(timeline: Timeline, known: int = 0) -> list[Block]:
    """Return what a log says in a few lines, for the interview: the last run, what it settles, where to look next.

    Args:
        timeline: The log.
        known: How many facts it settles, so that nobody is asked for them.
    """
    if not timeline.runs:
        return []
    last = timeline.runs[-1]
    count = f"{len(timeline.runs):,} runs, the last one " if len(timeline.runs) > 1 else ""
    title = heading("The log", " · ".join((count + last.standing, *last.about)))
    settled = "1 fact needs" if known == 1 else f"{known} facts need"
    cells = [("Known", f"{settled} no asking any more; facts lists all")] if known else []
    cells += [("Open next", last.next_log)] if last.next_log else []
    return [title, paragraph(last_step(last), indent=2), *labelled(cells)]


def last_step(view: RunView) -> str:
    """Return the last step that a run shows, and how it went there: ``last step seen: 3 of 7 (name); failed there``."""
    shown = [step for step in view.steps if step.standing != "ahead"]
    if not shown:
        return view.verdict
    step = next((step for step in shown if step.standing == "failed"), shown[-1])
    far = f", {view.progress}" if view.progress else ""
    how = {"waiting": "waiting there", "unfinished": f"still running{far}"}
    ending = "failed there" if step.standing == "failed" else how.get(view.standing, view.standing)
    return f"Last step seen: {step.number} of {view.total} ({step.title}); {ending}."


def quoted(quotes: Sequence[Quote]) -> list[Block]:
    """Return lines of the log, each with its number."""
    if not quotes:
        return []
    blocks: list[Block] = [rows([(_place(quote), one_line(quote.text, _QUOTE)) for quote in quotes[:QUOTES]])]
    if len(quotes) > QUOTES:
        blocks.append(paragraph(f"and {len(quotes) - QUOTES} more lines", indent=2, style=QUIET))
    return blocks


def labelled(cells: Sequence[tuple[str, str]]) -> list[Block]:
    """Return texts behind their labels, aligned."""
    return [rows([(Text(label, style=STRONG), text) for label, text in cells])] if cells else []


def _found(problems: Sequence[str], signature: str) -> list[tuple[str, str]]:
    cells = [("Recognised" if n == 0 else "or", title) for n, title in enumerate(problems[:3])]
    return cells + ([("Signature", signature)] if signature else [])


def _place(quote: Quote) -> Text:
    where = f"{quote.file} {quote.line}" if quote.file else f"line {quote.line}"
    return Text(clean(where), style=QUIET)


def _overview_row(view: RunView) -> tuple[str | Text, ...]:
    began = f"{view.started:%Y-%m-%d %H:%M} {zone(view.started)}" if view.started is not None else ""
    far = f"step {view.reached} of {view.total}" if view.total and view.outcome != "success" else ""
    outcome = Text(view.standing, style=_OUTCOMES[view.outcome])
    how = ", ".join(part for part in (view.trigger, far) if part)
    return (f"Run {view.number}", outcome, began, view.took, how)


def _steps(steps: Sequence[StepRow], block: str) -> Block:
    timed = [step for step in steps if step.started is not None]
    table = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("left", "right", "left"):
        table.add_column(justify=justify, no_wrap=justify != "left")
    table.columns[2].ratio = 1
    table.columns[2].overflow = "fold"
    if timed:
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, justify="right")
        table.add_column(no_wrap=True, width=_BAR)
        cells = ("", "", "", zone(timed[0].started) if timed[0].started else "", "took", "")
        table.add_row(*(Text(cell, style=QUIET) for cell in cells))
    for step in steps:
        table.add_row(*_step(step, bool(timed), block))
    return Drawing(Padding(table, (0, 0, 0, 2)), tuple(map(_sentence, steps)))


def _sentence(step: StepRow) -> str:
    """Return a step in words: ``Step 2, Battery answers: failed, 06:30:02 UTC, took 70 s``."""
    began = f"{clock(step.started)} {zone(step.started)}".strip() if step.started is not None else _lines(step)
    took = f"took {duration(step.seconds)}" if step.started is not None and duration(step.seconds) else ""
    far = step.remark if step.standing == "running" else ""
    cells = (_STANDINGS[step.standing], far, began, took)
    return f"Step {step.number}, {clean(step.title)}: {', '.join(clean(cell) for cell in cells if cell)}"


def _step(step: StepRow, timed: bool, block: str) -> list[Text]:
    style = _STYLES[step.standing]
    title = Text(clean(step.title), style=QUIET if step.standing == "ahead" else "")
    remark = "not reached" if step.standing == "ahead" and timed else step.remark
    if not timed:
        remark = ", ".join(part for part in (_lines(step), step.remark) if part)
    if remark and step.standing != "ahead":
        title.append(f"\n{remark}", style=style)
    cells = [Text(_MARKS[step.standing], style=style), Text(str(step.number)), title]
    if not timed:
        return cells
    if step.standing == "ahead":
        return [*cells, Text(""), Text(""), Text(remark, style=QUIET)]
    return [*cells, Text(clock(step.started)), Text(duration(step.seconds)), Text(_bar(step, block), style=style)]


def _lines(step: StepRow) -> str:
    if step.lines is None:
        return ""
    first, last = step.lines
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _bar(step: StepRow, block: str) -> str:
    if step.started is None:
        return ""
    begin = min(int(step.begin * _BAR), _BAR - 1)
    return " " * begin + block * max(1, min(round(step.share * _BAR), _BAR - begin))
