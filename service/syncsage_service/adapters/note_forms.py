"""A note as plain text and as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from syncsage_service.adapters.note import Line, Note

_STYLE = 'style="white-space: pre-wrap"'


def to_text(note: Note) -> str:
    """Return a note as plain text; helpdesks wrap long lines themselves."""
    lines = [note.title]
    for line in note.lines:
        lines += _text(line)
    return "\n".join(lines) + "\n"


def to_html(note: Note) -> str:
    """Return a note as a piece of HTML: tags without scripts, links or pictures."""
    parts = [f"<p><b>{escape(note.title)}</b></p>"]
    for kind, group in groupby(note.lines, key=lambda line: line.kind):
        parts += _html(kind, list(group))
    return "\n".join(parts) + "\n"


def _text(line: Line) -> Iterator[str]:
    body = " ".join(line.text.split())
    if line.kind == "heading":
        yield from ("", body)
    elif line.kind == "code":
        yield from (f"      {part}" for part in line.text.splitlines())
    elif line.kind == "quote":
        yield f"  {line.label}: {body}"
    else:
        yield f"  {line.label} {body}" if line.label else f"  {body}"


def _html(kind: str, lines: list[Line]) -> Iterator[str]:
    if kind in ("heading", "text"):
        tag = "b" if kind == "heading" else "span"
        yield from (f"<p><{tag}>{escape(' '.join(line.text.split()))}</{tag}></p>" for line in lines)
    elif kind in ("code", "quote"):
        yield from (f"<pre {_STYLE}>{escape(': '.join(filter(None, (line.label, line.text))))}</pre>" for line in lines)
    else:
        rows = (f"{escape(line.label)} {escape(' '.join(line.text.split()))}" for line in lines)
        yield "<p>" + "<br>\n".join(rows) + "</p>"
