"""Messages that are written in HTML, as the text that they show."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = frozenset("address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section tr ul".split())
_UNSEEN = frozenset("head script style title".split())


def text_of(html: str) -> str:
    """Return the text of ``html``; quoted blocks are marked as in a mail."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (line.rstrip() for line in "".join(reader.parts).replace("\u00a0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


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
