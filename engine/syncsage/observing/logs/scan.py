"""One pass over bytes for many fixed texts at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import hyperscan


class LiteralScanner:
    """Finds where any of many texts ends, whatever their case (of ASCII letters).

    Some texts come in long series, and of a series only the first and the last place are worth anything. They are
    counted out here, while the bytes pass by, because each place that is handed on costs more than a kilobyte that
    is not.

    Args:
        texts: Texts of which every place counts.
        often: Texts that come in series. A series ends where one of ``texts`` stands.
        encoding: What the bytes are written in.
    """

    def __init__(self, texts: Iterable[str], often: Iterable[str] = (), encoding: str = "utf-8") -> None:
        every, series = shortest(texts), shortest(often)
        series = tuple(text for text in series if not any(other.lower() in text.lower() for other in every))
        self.texts = every + series
        self._first_of_series = len(every)
        self._encoding = encoding

    def scan(self, data: bytes | memoryview) -> list[int]:
        """Return the places, in rising order, at which a text ends that counts."""
        found: list[int] = []
        if not self.texts:
            return found
        first_of_series = self._first_of_series
        seen: dict[int, int] = {}

        def hit(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            if number >= first_of_series:
                if number not in seen:
                    found.append(end)
                seen[number] = end
                return
            if seen:
                found.extend(seen.values())
                seen.clear()
            found.append(end)

        # The types of hyperscan leave out buffers, which it takes.
        self._database.scan(data, match_event_handler=hit)  # type: ignore[type-var]
        found.extend(seen.values())
        return sorted(set(found))

    @cached_property
    def _database(self) -> hyperscan.Database:
        return _database([text.encode(self._encoding, "replace") for text in self.texts], hyperscan.HS_FLAG_CASELESS)


class TextSet:
    """Tells which of many texts stand in a short one.

    Args:
        texts: The texts, none of them empty; their place in this order is their number.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [text.encode("utf-8", "replace") for text in texts]

    def found(self, text: str) -> list[int]:
        """Return the numbers of those that stand in ``text``, case taken as it is."""
        numbers: list[int] = []

        def hit(number: int, _start: int, _end: int, _flags: int, _context: object) -> None:
            numbers.append(number)

        if self._texts:
            self._database.scan(text.encode("utf-8", "replace"), match_event_handler=hit)
        return numbers

    @cached_property
    def _database(self) -> hyperscan.Database:
        return _database(self._texts, hyperscan.HS_FLAG_SINGLEMATCH)


def _database(texts: Sequence[bytes], flag: int) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[_as_bytes(text) for text in texts], ids=list(range(len(texts))), flags=[flag] * len(texts)
    )
    return database


def _as_bytes(text: bytes) -> bytes:
    """Return a pattern of ``text`` in which no character has a meaning, NUL included."""
    return b"".join(b"\\x%02x" % byte for byte in text)


def shortest(texts: Iterable[str]) -> tuple[str, ...]:
    """Return ``texts`` without those that hold another one, case ignored: where they stand, that one stands too."""
    kept: dict[str, str] = {}
    for text in sorted(filter(None, texts), key=lambda text: (len(text), text)):
        if not any(short in text.lower() for short in kept):
            kept[text.lower()] = text
    return tuple(sorted(kept.values()))
