"""What was pasted, reduced to the lines that tell something and what each of them tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.model import Track
from syncsage.observing.model import Parsed, Span
from syncsage.report.model import LogPart, QuotedLine, TextPart, Turn
from syncsage.report.timeline import timeline
from syncsage.report.words import LEVELS
from syncsage.views import statement

#: Lines quoted of one text, of one record in it, and of a text that tells nothing.
_MOST, _OF_RECORD, _OF_SILENT = 40, 8, 12
#: A line longer than this many characters is cut.
_LONGEST = 400
_STEERING = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
#: Characters that names and addresses consist of: a line is never cut between two of them, so that none is cut in two.
_IN_NAME = re.compile(r"[\w.:@$%-]{1,255}\Z")


def text_parts(turns: Sequence[Turn], kb: KnowledgeBase) -> tuple[TextPart, ...]:
    """Return the texts of ``turns`` in order, numbered from 1."""
    told = (turn for turn in turns if turn.kind == "told")
    return tuple(_part(number, turn, kb) for number, turn in enumerate(told, start=1))


def lines_of(text: str) -> list[str]:
    """Return the lines of ``text``, counted as they are everywhere: by line feeds, also where returns stand before."""
    return re.sub(r"\r\n?", "\n", text).rstrip("\n").split("\n")


def shown(line: str) -> str:
    """Return ``line`` as it can be shown anywhere: without what steers a terminal or turns writing around, and cut."""
    line = _STEERING.sub("", line.replace("\t", "    ")).rstrip()
    if len(line) <= _LONGEST:
        return line
    name = _IN_NAME.search(line, 0, _LONGEST)
    end = name.start() if name and re.match(r"[\w.:@$%-]", line[_LONGEST]) and name.start() > 0 else _LONGEST
    return line[:end].rstrip() + " ..."


def _part(number: int, turn: Turn, kb: KnowledgeBase) -> TextPart:
    lines = lines_of(turn.text)
    told = _shows(turn.parsed, turn.track, kb) if turn.parsed is not None else {}
    wanted = sorted({line for first, last in told for line in range(first, min(last, first + _OF_RECORD - 1) + 1)})
    telling = [line for line in wanted if 1 <= line <= len(lines)][:_MOST]
    chosen = telling or [n for n, line in enumerate(lines, start=1) if line.strip()][:_OF_SILENT]
    by_line: dict[int, list[str]] = {}
    for (first, _), shows in told.items():
        by_line.setdefault(first, []).extend(shows)
    quotes = (QuotedLine(n, shown(lines[n - 1]), tuple(dict.fromkeys(by_line.get(n, ())))) for n in chosen)
    return TextPart(
        number=number,
        lines=len(lines),
        telling=bool(telling),
        quotes=tuple(quote for quote in quotes if quote.text.strip() or quote.shows),
        log=_log(turn.track, kb) if turn.track is not None else None,
    )


def _shows(parsed: Parsed, track: Track | None, kb: KnowledgeBase) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for where, words in _told(parsed, kb):
        if where is not None:
            found.setdefault((where.first, where.last), []).append(words)
    for quote in track.runs[-1].quotes if track is not None and track.runs else ():
        found.setdefault((quote.line, quote.line), [])
    return found


def _told(parsed: Parsed, kb: KnowledgeBase) -> Iterator[tuple[Span | None, str]]:
    for match in parsed.problems:
        yield match.where, f"“{match.title}” ({LEVELS[match.level]})"
    for code in parsed.codes:
        yield code.where, f"{code.code}: {code.title}"
    for seen in parsed.observations:
        yield seen.where, statement(kb, seen.finding, seen.value)


def _log(track: Track, kb: KnowledgeBase) -> LogPart | None:
    if not track.runs:
        return None
    run = timeline(track, kb).runs[-1]
    return LogPart(run.verdict, run.began, run.took, run.about, run.signature, run.next_log)
