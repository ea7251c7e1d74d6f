"""Messages that are written in HTML, as the text that they show."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = frozenset("address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section tr ul".split())
_UNSEEN = frozenset("head script style title".split())
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_NO_TAG = re.compile(r"<(?![^<>]*>)")


def text_of(html: str) -> str:
    """Return the text of ``html``; quoted blocks are marked as in a mail."""
    reader = _Reader()
    reader.feed(_plainer(html))
    reader.close()
    lines = (line.rstrip() for line in "".join(reader.parts).replace("\u00a0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _plainer(html: str) -> str:
    """Return ``html`` with nothing in it that is begun and not ended.

    For each such beginning the parser of Python looks through all that follows: for a mail of 1 MB that takes hours.
    """
    first, *others = html.split("<!--")
    cut = (other.partition("-->") for other in others)
    seen = first + "".join(behind if end else comment for comment, end, behind in cut)
    return _NO_TAG.sub("&lt;", _DECLARATION.sub("", seen))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = self._quotes = self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._quotes += tag == "blockquote"
        self._kept += tag == "pre"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._quotes = max(0, self._quotes - (tag == "blockquote"))
        self._kept = max(0, self._kept - (tag == "pre"))
        if tag != "br":
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        text = data if self._kept else re.sub(r"\s+", " ", data)
        self.parts.append(text.replace("\n", "\n> ") if self._quotes else text)

    def _break(self, tag: str) -> None:
        if tag in _BREAKS and not self._unseen:
            self.parts.append("\n> " if self._quotes else "\n")
