"""Text cut into pieces, one for each record, by the heads and tails of all formats at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from syncsage.observing.logs.anchors import Anchor, Mark, Piece, after_blank, found, goes_further, merged
from syncsage.observing.logs.forms import Form

#: A line from its first sign on.
_LINE = re.compile(r"\S[^\n]*")
_KEY = re.compile(r"[^:：]{2,30}[:：]|\S+")


class Cutter:
    """Cuts texts into pieces.

    Args:
        forms: Formats by rank; one of the shape ``line`` takes what the others leave.
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        self._forms = [form for form in forms if form.head or form.tail]
        self._lines = next((form for form in forms if form.format.shape == "line"), None)
        self._drops = next((form.drop for form in forms if form.drop), None)

    def cut(self, text: str) -> list[Piece]:
        """Return the pieces of ``text`` in order."""
        return list(_Sweep(text, self._lines).run(self._anchors(text)))

    def count(self, text: str) -> int:
        """Return how many whole records ``text`` shows."""
        anchors = (anchor for anchor in self._anchors(text) if anchor.form and not anchor.form.bare)
        return sum(1 for anchor in anchors if isinstance(anchor, Mark) or not anchor.cut)

    def shown(self, text: str) -> frozenset[str]:
        """Return the ids of the formats of which ``text`` shows a head or a tail."""
        lowered = text.lower()
        fitting = (form for form in self._forms if form.fits(lowered))
        return frozenset(form.format.id for form in fitting if next(found(form, text), None) is not None)

    def ends(self, text: str, *, sure: bool = False) -> frozenset[int]:
        """Return where in ``text`` records end that have a tail; ``sure`` for tails that are more than a word."""
        forms = (form for form in self._forms if form.tail and not (sure and form.bare))
        return frozenset(
            m.end() for form in forms if form.tail for m in form.tail.finditer(text) if not goes_further(form, text, m)
        )

    def begins(self, text: str, position: int) -> bool:
        """Tell whether a record, or a message that is known by its beginning, starts at ``position``."""
        if any(form.head.match(text, position) for form in self._forms if form.head and not form.bare):
            return True
        return bool(self._lines and self._lines.openers and self._lines.openers.match(text, position))

    def goes_on(self, text: str, position: int) -> bool:
        """Tell whether what starts at ``position`` goes on with a message, by its beginning."""
        return bool(self._lines and self._lines.continues and self._lines.continues.match(text, position))

    def _anchors(self, text: str) -> Sequence[Anchor]:
        lowered = text.lower()
        taken: list[Anchor] = []
        for form in self._forms:
            if form.fits(lowered):
                anchors = list(found(form, text))
                taken = merged(taken, anchors) if taken else anchors
        if self._drops:
            left_out = [Piece(m.start(), m.start(), m.end(), m.end(), None) for m in self._drops.finditer(text)]
            taken = merged(taken, left_out) if left_out else taken
        return taken


class _Sweep:
    """One walk over the anchors of a text."""

    def __init__(self, text: str, lines: Form | None) -> None:
        self._text, self._lines = text, lines
        self._at = 0
        self._open: tuple[Piece, Form] | None = None
        self._keys: set[str] = set()

    def run(self, anchors: Sequence[Anchor]) -> Iterator[Piece]:
        """Yield the pieces in order."""
        for anchor in anchors:
            if isinstance(anchor, Piece):
                yield from self._up_to(anchor.start)
                if anchor.form:
                    yield anchor
                self._at = anchor.end
            elif anchor.kind == "head":
                yield from self._head(anchor)
            else:
                yield from self._tail(anchor)
        yield from self._up_to(len(self._text))

    def _up_to(self, limit: int) -> Iterator[Piece]:
        """Yield what is open and what no format claims, up to ``limit``."""
        yield from self._close(limit)
        yield from self._left(limit)

    def _head(self, mark: Mark) -> Iterator[Piece]:
        if self._within_block(mark):
            return
        yield from self._up_to(mark.start)
        form, body = mark.form, mark.start if mark.form.format.whole else mark.end
        values = form.values(mark.match)
        self._keys = {_key(mark)}
        if "source" in values and not form.format.whole:
            # The name of the method stays in the message; where columns were glued together, its end has to be found.
            start = mark.match.start("source")
            end = form.source_end(values["source"], start > 0 and not self._text[start - 1].isspace())
            values["source"], body = values["source"][:end], start + end
        self._open = (Piece(mark.start, body, body, mark.end, form, values), form)

    def _within_block(self, mark: Mark) -> bool:
        """Tell whether a head is one more line of the open block; each of its names begins one only once."""
        if self._open is None or mark.form.format.shape != "block" or self._open[1] is not mark.form:
            return False
        key = _key(mark)
        if key in self._keys or mark.match.groupdict().get("date"):
            return False
        if self._text[self._extent(*self._open, mark.start) : mark.start].strip():
            return False
        self._keys.add(key)
        return True

    def _tail(self, mark: Mark) -> Iterator[Piece]:
        text, form = self._text, mark.form
        line = text.rfind("\n", 0, mark.start) + 1
        values = form.values(mark.match)
        if self._open and line <= max(self._open[0].body, self._open[0].start):
            opened, self._open = self._open[0], None
            yield replace(opened, stop=mark.start, end=mark.end, values={**values, **opened.values})
        else:
            yield from self._close(line)
            start = (
                self._line_start(line, mark.start) if form.format.single else after_blank(text, self._at, mark.start)
            )
            yield from self._left(start)
            cut = not form.format.single and "date" not in values
            yield Piece(start, start, mark.start, mark.end, form, values, cut)
        self._at = mark.end

    def _line_start(self, line: int, tail: int) -> int:
        """Return where a message of one line begins.

        It begins on the line before if the tail stands alone on its line, or if the beginning of a known message stands
        there without a tail of its own.
        """
        start, text = max(self._at, line), self._text
        before = text[self._at : start].rstrip(" \t").removesuffix("\n")
        above = max(self._at, text.rfind("\n", 0, self._at + len(before)) + 1)
        opener = self._lines.openers if self._lines else None
        if not text[start:tail].strip():
            before = text[self._at : start].rstrip()
            return max(self._at, text.rfind("\n", 0, self._at + len(before)) + 1)
        broken = before.strip() and opener and opener.match(text, above) and not opener.match(text, start)
        return above if broken else start

    def _close(self, limit: int) -> Iterator[Piece]:
        if self._open is None:
            return
        piece, form = self._open
        self._open = None
        end = self._extent(piece, form, limit)
        values = piece.values
        if form.format.shape == "block":
            values = {**form.picked(form.named(self._text[piece.start : end])), **values}
        yield replace(piece, stop=end, end=end, values=values)
        self._at = end

    def _extent(self, piece: Piece, form: Form, limit: int) -> int:
        """Return where a record without a tail ends: at an empty line that nothing of it follows, or at ``limit``."""
        text, at = self._text, max(piece.end, piece.body)
        opener = self._lines.openers if self._lines and (form.format.shape != "block" or form.format.whole) else None
        while True:
            stop = text.find("\n", at, limit)
            if stop < 0:
                return limit
            line = _LINE.search(text, stop, limit)
            if line is None:
                return stop
            ends = text.count("\n", stop, line.start()) > 1 or (opener and opener.match(text, line.start()))
            if ends and not (form.continues and form.continues.match(text, line.start())):
                return stop
            at = line.end()

    def _left(self, limit: int) -> Iterator[Piece]:
        """Yield what no format claims, line by line; a deeper line goes on with the one before."""
        form, text = self._lines, self._text
        if form is None:
            return
        start = end = -1
        indent = 0
        for line in _LINE.finditer(text, self._at, limit) if self._at < limit else ():
            begin = line.start()
            depth = begin - text.rfind("\n", 0, begin) - 1
            goes_on = depth > indent or (form.continues and form.continues.match(text, begin))
            if end >= 0 and goes_on and text.count("\n", end, begin) == 1:
                end = line.end()
                continue
            if end >= 0:
                yield Piece(start, start, end, end, form)
            indent, start, end = depth, begin, line.end()
            for part in self._parts(form, begin, end):
                yield Piece(start, start, part, part, form)
                start = part
        if end >= 0:
            yield Piece(start, start, end, end, form)

    def _parts(self, form: Form, start: int, end: int) -> Iterator[int]:
        """Yield where in a line further messages begin: behind a blank, or with a capital right behind a message."""
        text = self._text
        for opener in form.openers.finditer(text, start + 1, end) if form.openers else ():
            place = opener.start()
            before, first = text[place - 1], text[place]
            apart = before.isspace() or (first.isupper() and not before.isupper() and before not in "_\"'(/\\")
            if apart and text[start:place].strip():
                yield place
                start = place


def _key(mark: Mark) -> str:
    """Return the name that a line of a block begins with."""
    name = _KEY.match(mark.match.group().strip())
    return name.group().lower() if name else ""
