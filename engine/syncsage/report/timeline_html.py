"""A timeline as one page: no script, nothing loaded from elsewhere, every text of a log only ever text."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from syncsage.observing.logs.model import Quote
from syncsage.report import tree
from syncsage.report.timeline import RunView, Timeline, in_full
from syncsage.report.timeline_steps import StepRow
from syncsage.report.timeline_svg import runs_chart, steps_chart
from syncsage.report.timeline_words import clock, duration, zone

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2430; --quiet: #66707d; --line: #dde2e8;
  --done: #2e8b57; --failed: #c62828; --running: #c77700; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181d; --ink: #e4e8ed; --quiet: #98a2ae; --line: #303841;
  --done: #4caf7d; --failed: #ef6b6b; --running: #f0a840; } }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0; overflow-wrap: anywhere; }
summary { font-size: 1.1rem; font-weight: 600; cursor: pointer; }
section { border: 1px solid var(--line); border-left: 4px solid var(--quiet); border-radius: 4px; padding: 1rem;
  margin: 1.2rem 0; }
section.success { border-left-color: var(--done); }
section.failure { border-left-color: var(--failed); }
section.partial { border-left-color: var(--running); }
.quiet, .ahead { color: var(--quiet); }
.verdict { font-weight: 600; }
summary .quiet { font-weight: 400; font-size: .9rem; white-space: pre; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; }
th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.failed { color: var(--failed); font-weight: 600; }
td.running { color: var(--running); font-weight: 600; }
td.quote { font-family: ui-monospace, monospace; font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
dt { color: var(--quiet); float: left; clear: left; width: 7rem; }
dd { margin: 0 0 .2rem 7.5rem; overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: auto; margin: .8rem 0; font: 13px system-ui, sans-serif; }
svg text { fill: var(--ink); }
svg text.ahead { fill: var(--quiet); }
svg text.failed { fill: var(--failed); font-weight: 600; }
svg .track { fill: var(--line); opacity: .5; }
svg .axis { stroke: var(--line); }
svg rect.done { fill: var(--done); }
svg rect.failed { fill: var(--failed); }
svg rect.running { fill: var(--running); }
@media print { body { margin: 0; max-width: none; } section { break-inside: avoid; } }
"""


def to_html(timeline: Timeline) -> str:
    """Return the page: complete, self-contained, in UTF-8."""
    root, body = tree.page(timeline.title, _STYLE)
    tree.text(body, "h1", timeline.title)
    tree.text(body, "p", " · ".join(timeline.about), "quiet")
    tree.text(body, "p", timeline.headline, "verdict")
    tree.terms(body, [("Note", note) for note in timeline.notes])
    tree.add(body, runs_chart(timeline.runs))
    opened = in_full(timeline.runs)
    for view in reversed(timeline.runs):
        _run(body, view, opened=view in opened)
    _quotes(body, timeline.quotes)
    tree.terms(body, _found(timeline.problems, timeline.signature))
    return tree.written(root)


def _run(body: Element, view: RunView, *, opened: bool) -> None:
    frame = SubElement(body, "section", {"class": view.outcome, "id": f"run-{view.number}"})
    section = SubElement(frame, "details", {"open": "open"} if opened else {})
    summary = SubElement(section, "summary")
    summary.text = " · ".join((f"Run {view.number}", view.standing, *view.about))
    if view.began:
        tree.text(summary, "span", "  " + view.began.partition(" (")[0], "quiet")
    tree.text(section, "p", view.verdict, "verdict")
    if view.began:
        tree.text(section, "p", f"{view.began}{', took ' + view.took if view.took else ''}", "quiet")
    tree.add(section, steps_chart(view))
    if view.steps:
        _steps(section, view.steps)
    _quotes(section, view.quotes)
    cells = [("Beside it", view.items_failed)] if view.items_failed else []
    cells += _found(view.problems, view.signature)
    cells += [("Open next", view.next_log)] if view.next_log else []
    tree.terms(section, [*cells, *(("Note", note) for note in view.notes)])


def _steps(section: Element, steps: Sequence[StepRow]) -> None:
    table = SubElement(section, "table")
    head = SubElement(table, "tr")
    when = next((f"began ({zone(step.started)})" for step in steps if step.started is not None), "began")
    for title, style in (("", ""), ("step", ""), (when, "number"), ("took", "number"), ("lines", "number"), ("", "")):
        tree.text(head, "th", title, style)
    for step in steps:
        row = SubElement(table, "tr")
        lines = "-".join(dict.fromkeys(str(line) for line in step.lines)) if step.lines else ""
        remark = "not reached" if step.standing == "ahead" else step.remark
        tree.text(row, "td", str(step.number), "number")
        tree.text(row, "td", step.title, step.standing)
        for text in (clock(step.started), duration(step.seconds), lines):
            tree.text(row, "td", text, "number")
        tree.text(row, "td", remark, step.standing)


def _quotes(parent: Element, quotes: Sequence[Quote]) -> None:
    if not quotes:
        return
    table = SubElement(parent, "table")
    for quote in quotes:
        row = SubElement(table, "tr")
        tree.text(row, "td", f"{quote.file} {quote.line}" if quote.file else f"line {quote.line}", "number")
        tree.text(row, "td", quote.text, "quote")


def _found(problems: Sequence[str], signature: str) -> list[tuple[str, str]]:
    cells = [("Recognised" if n == 0 else "or", title) for n, title in enumerate(problems)]
    return cells + ([("Signature", signature)] if signature else [])
