"""What was pasted, reduced to the lines that tell something and what each of them tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.model import Track
from syncsage.observing.model import Parsed, Span
from syncsage.report.parts import LogPart, QuotedLine, TextPart
from syncsage.report.timeline import timeline
from syncsage.report.turns import Turn
from syncsage.report.words import LEVELS
from syncsage.views import statement

#: Lines quoted of one text, of one record in it, and of a text that tells nothing.
_MOST, _OF_RECORD, _OF_SILENT = 40, 8, 12
#: A line longer than this many characters is cut.
_LONGEST = 400
_STEERING = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
#: Halves of characters, which no encoding can write.
_HALF = re.compile("[\ud800-\udfff]")
#: Characters that names and addresses consist of: a line is never cut between two of them, so that none is cut in two.
_LONGEST_NAME = 255
_IN_NAME = re.compile(rf"[\w.:@$%-]{{1,{_LONGEST_NAME}}}\Z")


def text_parts(turns: Sequence[Turn], kb: KnowledgeBase) -> tuple[TextPart, ...]:
    """Return the texts of ``turns`` in order, numbered from 1."""
    told = (turn for turn in turns if turn.kind == "told")
    return tuple(_part(number, turn, kb) for number, turn in enumerate(told, start=1))


def lines_of(text: str) -> list[str]:
    """Return the lines of ``text``, counted as they are everywhere: by line feeds, also where returns stand before."""
    return re.sub(r"\r\n?", "\n", text).rstrip("\n").split("\n")


def shown(line: str) -> str:
    """Return ``line`` as it can be shown anywhere: without what steers a terminal or turns writing around, and cut."""
    line = _HALF.sub("\ufffd", _STEERING.sub("", line.replace("\t", "    "))).rstrip()
    if len(line) <= _LONGEST:
        return line
    name = _IN_NAME.search(line, 0, _LONGEST) if _IN_NAME.match(line[_LONGEST]) else None
    end = name.start() if name and len(name.group()) < _LONGEST_NAME else _LONGEST
    return line[:end].rstrip() + " ..."


def _part(number: int, turn: Turn, kb: KnowledgeBase) -> TextPart:
    lines = lines_of(turn.text)
    told: dict[int, list[str]] = {}
    wanted: set[int] = set()
    for where, words, shows in _told(turn.parsed, turn.track, kb):
        span = range(max(1, where.first), min(where.last, len(lines)) + 1)
        best = _best(lines, span, words)
        wanted |= {best, *span[:_OF_RECORD]}
        told.setdefault(best, []).extend([shows] if shows else [])
    telling = sorted(wanted)[:_MOST]
    chosen = telling or [n for n, line in enumerate(lines, start=1) if line.strip()][:_OF_SILENT]
    quotes = (QuotedLine(n, shown(lines[n - 1]), tuple(dict.fromkeys(told.get(n, ())))) for n in chosen)
    return TextPart(
        number=number,
        lines=len(lines),
        telling=bool(telling),
        quotes=tuple(quote for quote in quotes if quote.text.strip() or quote.shows),
        log=_log(turn.track, kb) if turn.track is not None else None,
    )


def _told(parsed: Parsed | None, track: Track | None, kb: KnowledgeBase) -> Iterator[tuple[Span, str, str]]:
    """Yield the places that tell something, the words that were read there, and what they tell."""
    if parsed is not None:
        for match in parsed.problems:
            if match.where is not None:
                yield match.where, match.quote, f"“{match.title}” ({LEVELS[match.level]})"
        for code in parsed.codes:
            yield code.where, code.code, f"{code.code}: {code.title}"
        for seen in parsed.observations:
            if seen.where is not None:
                yield seen.where, seen.detail, statement(kb, seen.finding, seen.value)
    for quote in track.runs[-1].quotes if track is not None and track.runs else ():
        yield Span(quote.line, quote.line), "", ""


def _best(lines: Sequence[str], span: range, words: str) -> int:
    """Return the line of ``span`` that has most of ``words``, the first of those that are alike."""
    wanted = set(words.lower().split())
    return max(span, key=lambda line: (len(wanted & set(lines[line - 1].lower().split())), -line), default=span.start)


def _log(track: Track, kb: KnowledgeBase) -> LogPart | None:
    if not track.runs:
        return None
    run = timeline(track, kb).runs[-1]
    about = tuple(shown(text) for text in run.about)
    return LogPart(run.verdict, run.began, run.took, about, shown(run.signature), shown(run.next_log))
