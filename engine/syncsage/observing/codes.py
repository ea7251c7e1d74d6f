"""Numbers in a text that the knowledge knows, in whatever form they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from syncsage.knowledge.model import CodeEntry, CodeKind
from syncsage.observing.model import CodeHit
from syncsage.observing.records import Record

_NUMBER = r"0x[0-9a-f]{1,8}|[89a-f][0-9a-f]{7}|-?\d{1,10}"
_BARE = re.compile(r"[89a-f][0-9a-f]{7}", re.IGNORECASE)
_ONLY_A_CODE = re.compile(rf"(?:[^\W\d_]{{2,12}}[ :#]+){{0,3}}(?:{_NUMBER}|[a-z]\d{{1,6}})\W*", re.IGNORECASE)


def canonical(code: str) -> str:
    """Return one form for a code: small numbers decimal, HRESULTs ``0x`` and eight hexadecimal digits.

    Signed, unsigned and hexadecimal prints of one 32-bit value are the same; what is no number stays as it is,
    in upper case.
    """
    text = code.strip().lower()
    try:
        value = int(text, 16) if text.startswith("0x") else int(text)
    except ValueError:
        if _BARE.fullmatch(text):
            return f"0x{int(text, 16):08X}"
        return code.strip().upper()
    if not -0x80000000 <= value <= 0xFFFFFFFF:
        return code.strip().upper()
    value &= 0xFFFFFFFF
    return f"0x{value:08X}" if value > 0x7FFFFFFF else str(value)


class CodeBook:
    """Finds known codes in text and looks single ones up."""

    def __init__(self, codes: Sequence[CodeEntry], kinds: Mapping[str, CodeKind]) -> None:
        self._entries: dict[tuple[str, str], CodeEntry] = {(e.kind, canonical(e.code)): e for e in codes}
        self._special = [(re.compile(p, re.IGNORECASE), e) for e in codes for p in e.seen]
        self._kinds = [
            (kind, re.compile(pattern.replace("{code}", _any_of(kind, codes)), re.IGNORECASE))
            for kind, entry in kinds.items()
            for pattern in entry.seen
        ]
        self.owners: dict[tuple[str, str], frozenset[str]] = {
            key: frozenset(e.problems) for key, e in self._entries.items() if e.problems
        }

    def find(self, records: Iterable[Record]) -> tuple[CodeHit, ...]:
        """Return known codes in the order of the text, each once."""
        hits: dict[tuple[str, str], CodeHit] = {}
        for record in records:
            for kind, pattern in self._kinds:
                for match in pattern.finditer(record.text):
                    signed = record.text[match.start("code") - 1 : match.start("code")] == "-"
                    for code in _readings(match["code"], signed):
                        self._note(hits, self._entries.get((kind, code)), record)
            for pattern, entry in self._special:
                if pattern.search(record.text):
                    self._note(hits, entry, record)
        return tuple(hits.values())

    def lookup(self, query: str) -> tuple[CodeEntry, ...]:
        """Return every entry whose code is ``query`` in any form (``6703``, ``0x80072EE7``, ``-2147012889``)."""
        parts = [query.strip(), *re.findall(r"0x[0-9a-fA-F]+|-?\d+", query)[:8]]
        wanted = {code for part in parts for code in _readings(part, signed=False)}
        wanted |= {_win32(code) for code in wanted}
        return tuple(e for (_, code), e in sorted(self._entries.items()) if code in wanted or _win32(code) in wanted)

    def bare(self, text: str) -> tuple[CodeEntry, ...]:
        """Return the entries of a text that is nothing but a code, perhaps with the name of its kind before it."""
        if not _ONLY_A_CODE.fullmatch(text.strip()):
            return ()
        return self.lookup(text)

    def codes(self) -> tuple[str, ...]:
        """Return all known codes as they are written in the knowledge, sorted."""
        return tuple(sorted({entry.code for entry in self._entries.values()}))

    @staticmethod
    def key(hit: CodeHit) -> tuple[str, str]:
        """Return the key of ``owners`` for a hit."""
        return hit.kind, canonical(hit.code)

    @staticmethod
    def _note(hits: dict[tuple[str, str], CodeHit], entry: CodeEntry | None, record: Record) -> None:
        if entry is not None:
            key = (entry.kind, entry.code)
            hits.setdefault(key, CodeHit(entry.code, entry.kind, entry.title, record.span))


def _any_of(kind: str, codes: Sequence[CodeEntry]) -> str:
    """Return a group that matches any number, and those codes of ``kind`` that are no numbers."""
    words = [re.escape(e.code) for e in codes if e.kind == kind and not re.fullmatch(_NUMBER, e.code, re.IGNORECASE)]
    return f"(?P<code>{'|'.join([*words, _NUMBER])})(?![0-9a-f]*\\w)"


def _readings(code: str, signed: bool) -> tuple[str, ...]:
    """Return what a printed number may stand for; eight digits are often an HRESULT without its ``0x``."""
    minus = (canonical(f"-{code}"),) if signed else ()
    bare = (f"0x{code.upper()}",) if _BARE.fullmatch(code) else ()
    return (*minus, canonical(code), *bare)


def _win32(code: str) -> str:
    """Return the Win32 number inside an ``HRESULT_FROM_WIN32`` value (0x8007xxxx), or the code itself."""
    return str(int(code[6:], 16)) if code.startswith("0x8007") else code
