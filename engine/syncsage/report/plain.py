"""What matters most of a report, as plain text for a terminal or a mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from syncsage.report import words
from syncsage.report.model import Report

_QUOTED, _CAUSES = 12, 5


def to_text(report: Report, width: int = 80) -> str:
    """Return the summary, at most ``width`` columns wide."""
    parts = textwrap.wrap(f"{report.domain}: report", width)
    for heading, items in _sections(report):
        lines = [line for item in items for line in _item(item, width)]
        parts += ["", heading, *lines] if lines else []
    foot = [f"Knowledge {report.versions.knowledge}", *([words.MASKED] if report.masked else [])]
    return "\n".join([*parts, "", *(line for text in foot for line in textwrap.wrap(text, width))])


def _sections(report: Report) -> Iterator[tuple[str, Iterable[str]]]:
    answers = [a for a in report.answers if not a.replaced]
    yield "Where it stands", [report.standing]
    yield "What was told", _told(report)
    yield "Problem", (f"{p.title} ({words.LEVELS[p.level]})" for p in report.problems)
    yield "Likely causes", (f"{cause.title}: {cause.band}" for cause in report.causes[:_CAUSES])
    yield "Contradictions", report.conflicts
    yield "Answers", (f"{a.question} {a.answer}" for a in answers if not a.reason)
    yield "Also known", (fact.text + words.known_from(fact.origin) for fact in report.facts)
    yield "Not known", (f"{a.question} ({a.reason})" for a in answers if a.reason)
    yield "Tried", (f"{tried.procedure.title}: {tried.result}" for tried in report.tried)
    yield "Steps ticked off", (words.walked(part) for part in report.walked)
    yield "Ruled out", (f"{c.title}: {c.why}" for c in report.ruled_out)
    yield "Next", _next(report)
    yield "To collect", (" ".join(filter(None, (i.text, i.help, i.command))) for i in report.to_collect)


def _told(report: Report) -> Iterator[str]:
    quotes = [quote for text in report.texts for quote in text.quotes]
    yield from (quote.text.strip() for quote in quotes[:_QUOTED])
    left = sum(text.lines for text in report.texts) - len(quotes[:_QUOTED])
    if left:
        yield f"... {words.lines(left)} more"


def _next(report: Report) -> Iterator[str]:
    if report.next is not None:
        yield f"{report.next.text} ({words.effort(report.next)}). {report.next.rationale}"


def _item(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
