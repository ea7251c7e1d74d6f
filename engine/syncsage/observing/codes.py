"""Numbers in a text that the knowledge knows, in whatever form they are printed, and how much they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from syncsage.knowledge.model import CodeEntry, CodeKind
from syncsage.knowledge.numbers import PLACEHOLDERS, CodeKey, canonical, readings, twins, wrappers
from syncsage.observing.model import CodeHit
from syncsage.observing.places import locate
from syncsage.observing.records import Record

if TYPE_CHECKING:
    from syncsage.observing.lookup import CodeReader

#: A number in any form.
NUMBER = r"0x[0-9a-f]{1,8}|[89a-f][0-9a-f]{7}|-?\d{1,10}"
#: What may stand behind a number without changing it, and what may not: ``0x80072EE7L`` is one, ``0x80072EE71`` is not.
END = r"(?:u?l{1,2}\b|(?!\w))"
_ONLY_A_CODE = re.compile(rf"(?:[^\W\d_]{{2,14}}[ :#]+){{0,3}}(?:{NUMBER}|[a-z]\d{{1,6}}){END}\W*", re.IGNORECASE)
_WEIGHTS: Mapping[str, float] = {"much": 1.0, "some": 0.6, "little": 0.0}
_FEW = 3


@dataclass(frozen=True, slots=True)
class Owned:
    """The problems that own a code of a text, and how much the code says: more than 0, at most 1."""

    problems: frozenset[str]
    weight: float


class CodeBook:
    """Finds known codes in text and looks single ones up.

    Args:
        codes: The codes of the knowledge.
        kinds: Their kinds.
    """

    def __init__(self, codes: Sequence[CodeEntry], kinds: Mapping[str, CodeKind]) -> None:
        self.kinds = kinds
        self._codes = codes
        forms = [(entry, [canonical(code) for code in (entry.code, *entry.also)]) for entry in codes]
        self._entries: dict[CodeKey, CodeEntry] = {(entry.kind, own): entry for entry, (own, *_) in forms}
        wrapped = wrappers(kinds)
        for entry, texts in forms:
            for text in texts:
                for key in twins((entry.kind, text), wrapped):
                    self._entries.setdefault(key, entry)

    def find(self, records: Iterable[Record], text: str = "") -> tuple[CodeHit, ...]:
        """Return known codes in the order of the text, each once.

        Args:
            records: The text as it was understood.
            text: The text as it was given; columns are counted in it.
        """
        hits: dict[CodeKey, tuple[CodeEntry, re.Match[str], Record]] = {}
        for record in records:
            found = sorted(self._seen(record.text), key=lambda hit: hit[1].start())
            for entry, match in found:
                hits.setdefault((entry.kind, entry.code), (entry, match, record))
        lines = re.split(r"\r\n?|\n", text) if hits and text else []
        return tuple(_hit(*found, lines) for found in hits.values())

    def entry(self, kind: str, code: str) -> CodeEntry | None:
        """Return what the knowledge says of a canonical code, also where it writes it as a number of another kind."""
        return self._entries.get((kind, code))

    def bare(self, text: str) -> tuple[CodeEntry, ...]:
        """Return the entries of a text that is nothing but a code, perhaps with the name of its kind before it."""
        stripped = text.strip()
        if not (_ONLY_A_CODE.fullmatch(stripped) or self.names.fullmatch(stripped)):
            return ()
        return tuple(dict.fromkeys(e for found in self.reader.read(stripped) for e in found.entries))

    def owned(self, hits: Iterable[CodeHit]) -> tuple[Owned, ...]:
        """Return the owners of the codes of a text. Codes that nobody owns, or that say little, are left out."""
        entries = [self._entries[hit.kind, canonical(hit.code)] for hit in hits]
        found = [Owned(frozenset(e.problems), _WEIGHTS[self.says(e)]) for e in entries if e.problems]
        return tuple(owned for owned in found if owned.weight)

    def says(self, entry: CodeEntry) -> str:
        """Return how much a code says: what it or its kind declares, else much unless many problems share it."""
        declared = entry.says or (self.kinds[entry.kind].says if entry.kind in self.kinds else "")
        return declared or ("much" if len(entry.problems) <= _FEW else "some")

    @cached_property
    def reader(self) -> CodeReader:
        """Reads codes in every way that they may be meant, the unknown ones too."""
        from syncsage.observing.lookup import CodeReader

        return CodeReader(self)

    @cached_property
    def names(self) -> re.Pattern[str]:
        """A pattern of every code that is no number, as a group ``code``."""
        return re.compile(group(_names(self._codes), ""), re.IGNORECASE)

    @cached_property
    def anything(self) -> re.Pattern[str]:
        """A pattern of everything that may be a code, as a group ``code``."""
        return re.compile(rf"(?<![\w.]){group(_names(self._codes), NUMBER)}(?!\.\d)", re.IGNORECASE)

    @cached_property
    def patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Kinds with the patterns of their codes, each with a group ``code``."""
        return tuple(
            (name, re.compile(_filled(pattern, [e for e in self._codes if e.kind == name]), re.IGNORECASE))
            for name, kind in self.kinds.items()
            for pattern in kind.seen
            if any(place in pattern for place in PLACEHOLDERS)
        )

    @cached_property
    def phrases(self) -> tuple[tuple[re.Pattern[str], CodeEntry], ...]:
        """Patterns that single codes have for themselves."""
        return tuple((re.compile(pattern, re.IGNORECASE), e) for e in self._codes for pattern in e.seen)

    @property
    def entries(self) -> Sequence[CodeEntry]:
        """Every code of the knowledge."""
        return self._codes

    def _seen(self, text: str) -> Iterator[tuple[CodeEntry, re.Match[str]]]:
        for kind, pattern in self.patterns:
            for match in pattern.finditer(text):
                if (entry := self._named(kind, match)) is not None:
                    yield entry, match
        for pattern, entry in self.phrases:
            if (phrase := pattern.search(text)) is not None:
                yield entry, phrase

    def _named(self, kind: str, match: re.Match[str]) -> CodeEntry | None:
        code, start = match["code"], match.start("code")
        signed = match.string[start - 1 : start] == "-"
        return next((e for form in readings(code, signed) if (e := self.entry(kind, form)) is not None), None)


def _hit(entry: CodeEntry, match: re.Match[str], record: Record, lines: Sequence[str]) -> CodeHit:
    part = "code" if "code" in match.re.groupindex else 0
    start, end = match.span(part)
    if match.string[start - 1 : start] == "-" and re.fullmatch(r"\d{10}", match[part]):
        start -= 1
    place = locate(match.string, (start, end), match.span(), lines, record.span)
    where, columns = place if place else (record.span, None)
    return CodeHit(entry.code, entry.kind, entry.title, where, match.string[start:end], columns)


def _names(codes: Iterable[CodeEntry]) -> Iterator[str]:
    written = (code for e in codes for code in (e.code, *e.also))
    return (re.escape(code) for code in written if not re.fullmatch(NUMBER, code, re.IGNORECASE))


def group(names: Iterable[str], number: str) -> str:
    """Return a group ``code`` of any of the names or a number; one that matches nothing where there are none."""
    return f"(?P<code>{'|'.join([*names, *([number] if number else [])]) or '(?!)'}){END}"


def _filled(pattern: str, codes: Sequence[CodeEntry]) -> str:
    names = tuple(_names(codes))
    return pattern.replace("{code}", group(names, NUMBER)).replace("{name}", group(names, ""))
