"""A report as one page: prints on A4, reads in light and dark, needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

from syncsage.report import tree, words
from syncsage.report.chart import causes_chart
from syncsage.report.model import Report
from syncsage.report.moving import moving_rows
from syncsage.report.parts import CausePart, NextPart, ProcedurePart, Reason, TextPart

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2430; --quiet: #5b6572; --line: #d5dbe2; --soft: #f3f5f7; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181d; --ink: #e4e8ed; --quiet: #98a2ae; --line: #39424d;
  --soft: #1d232a; } }
@page { size: A4; margin: 16mm 18mm; }
body { margin: 2rem auto; max-width: 50rem; padding: 0 1.2rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.1rem; margin: 1.8rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
p { margin: .4rem 0; }
ul, ol { margin: .3rem 0; padding-left: 1.5rem; }
li { margin: .25rem 0; }
.quiet { color: var(--quiet); }
.standing { font-size: 1.05rem; font-weight: 600; border-left: 4px solid var(--ink); padding: .3rem .8rem;
  margin: 1rem 0; }
.band { border: 1px solid var(--ink); border-radius: 3px; padding: 0 .4rem; font-size: .85rem; white-space: nowrap; }
.band.confirmed { background: var(--ink); color: var(--paper); }
.next { background: var(--soft); border-radius: 4px; padding: .6rem 1rem; }
pre, table.quotes { font: 13px/1.45 ui-monospace, Consolas, monospace; }
pre { background: var(--soft); border-radius: 4px; padding: .4rem .6rem; margin: .3rem 0; white-space: pre-wrap; }
.next pre { background: var(--paper); }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .2rem .7rem .2rem 0; border-bottom: 1px solid var(--line); }
table.quotes td { white-space: pre-wrap; }
table.quotes td.number { white-space: nowrap; width: 1%; overflow-wrap: normal; }
table.moves { font-size: .8rem; }
table.moves th, table.moves td { padding-right: .4rem; overflow-wrap: break-word; }
table.moves td:first-child { white-space: nowrap; }
.number { text-align: right; white-space: nowrap; color: var(--quiet); font-variant-numeric: tabular-nums; }
.shows { font: 14px/1.4 system-ui, sans-serif; }
svg { display: block; width: 100%; height: auto; margin: .5rem 0; font: 13px system-ui, sans-serif; }
svg text { fill: var(--ink); }
svg .figure { font-size: 10.5px; text-anchor: middle; fill: var(--quiet); }
svg .mark { font-size: 16px; text-anchor: middle; }
svg .axis { stroke: var(--quiet); }
svg rect { stroke: var(--ink); }
svg rect.confirmed { fill: var(--ink); }
svg rect.likely { fill: url(#hatching); }
svg rect.possible { fill: none; }
svg rect.hatch { fill: var(--ink); stroke: none; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .5rem; font-size: .85rem;
  color: var(--quiet); }
@media print { :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --soft: #fff; }
  body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; } li, tr, svg, pre { break-inside: avoid; }
  pre, .next { border: 1px solid var(--line); } }
"""


def to_html(report: Report) -> str:
    """Return the page: complete, self-contained, in UTF-8."""
    root, body = tree.page(report.title, _STYLE)
    tree.text(body, "h1", report.title)
    tree.text(
        body, "p", " · ".join(part for part in (report.domain, "report for the ticket", report.made) if part), "quiet"
    )
    tree.text(body, "p", report.standing, "standing")
    _items(body, "Problem", (words.problem(problem) for problem in report.problems))
    _causes(body, report.causes)
    _items(body, "Ruled out", (f"{c.title}: {c.why}{words.known_from(c.origin)}" for c in report.ruled_out))
    _items(body, "Contradictions", report.conflicts)
    _next(body, report.next)
    _items(body, "What to know", words.advice(report))
    if report.procedures:
        tree.text(body, "h2", "What to do about it")
    for procedure in report.procedures:
        _procedure(body, procedure)
    _collect(body, report)
    _tried(body, report)
    _items(body, "Steps ticked off", (words.walked(part) for part in report.walked))
    _texts(body, report.texts)
    _answers(body, report)
    _items(body, "Also known", (_reason(fact) for fact in report.facts))
    _moved(body, report)
    _items(body, "Sources", (words.source(source) for source in report.sources))
    _foot(body, report)
    return tree.written(root)


def _causes(body: Element, causes: Sequence[CausePart]) -> None:
    if causes:
        tree.text(body, "h2", "Causes")
        listing = SubElement(body, "ol")
        for cause in causes:
            _cause(SubElement(listing, "li"), cause)


def _cause(item: Element, cause: CausePart) -> None:
    tree.text(item, "strong", cause.title).tail = " "
    tree.text(item, "span", cause.band, f"band {cause.band.replace(' ', '-')}")
    cells = [*(("for it", _reason(r)) for r in cause.supporting), *(("against it", _reason(r)) for r in cause.against)]
    if cause.open and cause.band != "confirmed":
        cells.append(("would tell", " ".join(cause.open)))
    _list(item, (f"{label}: {content}" for label, content in cells))


def _texts(body: Element, texts: Sequence[TextPart]) -> None:
    if texts:
        tree.text(body, "h2", "Evidence")
    for text in texts:
        what = "the lines that tell something" if text.telling else "nothing in it was recognised; it begins"
        tree.text(body, "h3", f"Text {text.number} ({words.lines(text.lines)}): {what}")
        table = SubElement(body, "table", {"class": "quotes"})
        for quote in text.quotes:
            row = SubElement(table, "tr")
            tree.text(row, "td", str(quote.line), "number")
            cell = tree.text(row, "td", quote.text)
            for shows in quote.shows:
                tree.text(cell, "div", f"→ {shows}", "shows")
        if text.log is not None:
            log = text.log
            cells = [("The log", " · ".join((log.verdict, *log.about))), ("Began", log.began), ("Took", log.took)]
            cells += [("Signature", log.signature), ("Open next", log.next_log)]
            _list(body, (f"{label}: {content}" for label, content in cells if content))


def _answers(body: Element, report: Report) -> None:
    if not report.answers:
        return
    tree.text(body, "h2", "Questions and answers")
    listing = SubElement(body, "ol")
    for answer in report.answers:
        item = tree.text(listing, "li", f"{answer.question} ")
        given = tree.text(item, "strong", answer.answer)
        reason = f" ({answer.reason})" if answer.reason else ""
        given.tail = reason + (" (changed later)" if answer.replaced else "")
        _list(item, answer.moved, "quiet")


def _tried(body: Element, report: Report) -> None:
    if report.tried:
        tree.text(body, "h2", "Done so far")
    for tried in report.tried:
        tree.text(body, "h3", f"{tried.number}. {tried.procedure.title}: {tried.result}")
        _steps(body, tried.procedure)


def _next(body: Element, following: NextPart | None) -> None:
    if following is None:
        return
    tree.text(body, "h2", "Next step")
    frame = SubElement(body, "div", {"class": "next"})
    tree.text(frame, "h3", f"{words.kind(following)}: {following.text}")
    if following.procedure is None:
        tree.text(frame, "p", words.effort(following), "quiet")
    for text in (following.rationale, following.help):
        if text:
            tree.text(frame, "p", text)
    if following.command:
        tree.text(frame, "pre", following.command)
        _list(frame, words.outcomes(following))
    if following.kind != "fix":
        tree.text(frame, "p", "Possible answers", "quiet")
        _list(frame, (option.label for option in following.choices))
    if following.procedure is not None:
        _procedure(frame, following.procedure, titled=following.procedure.title != following.text)
    if following.verify is not None:
        tree.text(frame, "p", "Then see whether it worked:")
        _procedure(frame, following.verify)


def _collect(body: Element, report: Report) -> None:
    if report.to_collect:
        tree.text(body, "h2", "To collect")
        listing = SubElement(body, "ul")
        for entry in report.to_collect:
            item = tree.text(listing, "li", f"{entry.text} {entry.help}")
            if entry.command:
                tree.text(item, "pre", entry.command)


def _procedure(parent: Element, procedure: ProcedurePart, *, titled: bool = True) -> None:
    if titled:
        tree.text(parent, "h3", procedure.title)
    tree.text(parent, "p", words.effort(procedure), "quiet")
    _steps(parent, procedure)
    _list(parent, procedure.notes)
    if procedure.undo:
        tree.text(parent, "p", f"To undo: {procedure.undo}")


def _steps(parent: Element, procedure: ProcedurePart) -> None:
    listing = SubElement(parent, "ol")
    for step in procedure.steps:
        item = tree.text(listing, "li", step.do)
        if step.command:
            tree.text(item, "pre", step.command)
        if step.expect:
            tree.text(item, "div", f"Expect: {step.expect}", "quiet")


def _moved(body: Element, report: Report) -> None:
    chart = causes_chart(report)
    if chart is None:
        return
    tree.text(body, "h2", "How the causes moved")
    body.append(chart)
    rows = moving_rows(report)
    table = SubElement(body, "table", {"class": "moves"})
    head = SubElement(table, "tr")
    for label in ("after", *(row.title for row in rows)):
        tree.text(head, "th", label)
    for place, moment in enumerate(report.moments):
        line = SubElement(table, "tr")
        for content in (moment.label, *(words.stood(row.cells[place]) for row in rows)):
            tree.text(line, "td", content)


def _foot(body: Element, report: Report) -> None:
    foot, versions = SubElement(body, "footer"), report.versions
    made = f"Made with SyncSage {versions.engine}, knowledge {versions.knowledge}, rule engine {versions.rules}."
    for text in (made, f"Knowledge hash: {versions.knowledge_hash}", words.MASKED if report.masked else ""):
        if text:
            tree.text(foot, "div", text)


def _reason(reason: Reason) -> str:
    return reason.text + words.known_from(reason.origin)


def _items(body: Element, heading: str, items: Iterable[str]) -> None:
    """Add a heading and a list, nothing where the list would be empty."""
    texts = list(items)
    if texts:
        tree.text(body, "h2", heading)
        _list(body, texts)


def _list(parent: Element, items: Iterable[str], style: str = "") -> None:
    texts = list(items)
    if texts:
        listing = SubElement(parent, "ul", {"class": style} if style else {})
        for text in texts:
            tree.text(listing, "li", text)
