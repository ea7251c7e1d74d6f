"""What the numbers of a text mean: every reading of each, by the knowledge and, beyond it, by how it is made up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from syncsage.knowledge.model import CodeEntry, KnowledgeBase
from syncsage.knowledge.numbers import (
    CodeKey,
    canonical,
    held,
    holders,
    prints,
    ranges_of,
    readings,
    twins,
    value_of,
    wrappers,
)
from syncsage.observing.codes import CodeBook
from syncsage.observing.meaning import Form, FoundCode, LookupResult, NearCode, Owner, Part, Reading
from syncsage.observing.text import mask

_WORDS_A_CODE = 3
_LIST = 2_000
_MOST = 100
_GUESSED = 8
_NEAREST = 4
_SPELT_ALIKE = 0.6
_WIDE = 10
#: A number with nothing around it that could name its kind, as most are looked up.
_BARE = re.compile(r"\s*-?\w+\s*")


class _Token(NamedTuple):
    text: str
    line: int
    start: int
    kinds: tuple[str, ...]
    listed: bool
    entry: CodeEntry | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class CodeReader:
    """Reads the codes of a text, whether the knowledge has them or not.

    Args:
        book: The codes of the knowledge.
    """

    def __init__(self, book: CodeBook) -> None:
        self._book = book

    def read(self, text: str) -> tuple[FoundCode, ...]:
        """Return the codes of ``text`` in its order, each print once, at most 100.

        In a line that is a list of codes every number is one. Elsewhere it is what looks like one or has the words of
        its kind around it, and only where nothing in the text does, every number. Never raises on any text.
        """
        tokens = self._tokens(text)
        sure = [token for token in tokens if token.listed or token.kinds or self._evident(token.text)]
        found: dict[tuple[str, tuple[str, ...]], FoundCode] = {}
        for token in sure or tokens:
            key = (token.text.casefold(), token.kinds)
            if key not in found and (code := self._found(token)) is not None:
                found[key] = code
            if len(found) >= (_MOST if sure else _GUESSED):
                break
        return tuple(found.values())

    def nearest(self, text: str) -> tuple[NearCode, ...]:
        """Return known codes that are spelt like a word of ``text``, best first."""
        from difflib import get_close_matches
        from string import punctuation

        known = {entry.code.casefold(): entry for entry in reversed(self._book.entries)}
        near = [
            code
            for word in dict.fromkeys(text.casefold().split()[:_GUESSED])
            for code in get_close_matches(word.strip(punctuation), known, n=_NEAREST, cutoff=_SPELT_ALIKE)
        ]
        return tuple(_near(known[code]) for code in list(dict.fromkeys(near))[:_NEAREST])

    def _tokens(self, text: str) -> list[_Token]:
        tokens: list[_Token] = []
        for number, line in enumerate(re.split(r"\r\n?|\n", text), start=1):
            matches = list(self._book.anything.finditer(line))
            listed = len(text) <= _LIST and _is_list(line, matches)
            kinds = self._kinds(line) if matches else {}
            tokens += [
                _Token(match["code"], number, match.start(), kinds.get(match.end("code"), ()), listed)
                for match in matches
            ] or list(self._phrases(line, number))
        return tokens

    @staticmethod
    def _evident(text: str) -> bool:
        """Tell whether a print is a code by its looks: no number at all, or a wide one."""
        forms = readings(text.lstrip("-"), signed=text.startswith("-") and len(text) > _WIDE)
        return any(value is None or value > 0x7FFFFFFF for value in map(value_of, forms))

    def _kinds(self, line: str) -> dict[int, tuple[str, ...]]:
        """Return the kinds that the words of a line give to its codes, by the end of each code."""
        named: dict[int, tuple[str, ...]] = {}
        phrases = [(entry.kind, pattern) for pattern, entry in self._book.phrases]
        for kind, pattern in (*(() if _BARE.fullmatch(line) else self._naming), *phrases):
            for match in pattern.finditer(line):
                end = match.end("code") if "code" in pattern.groupindex else match.end()
                named[end] = tuple(dict.fromkeys((*named.get(end, ()), kind)))
        return named

    def _phrases(self, line: str, number: int) -> Iterator[_Token]:
        for pattern, entry in self._book.phrases:
            if match := pattern.search(line):
                yield _Token(match.group(), number, match.start(), (entry.kind,), listed=False, entry=entry)

    def _found(self, token: _Token) -> FoundCode | None:
        if token.entry is not None:
            read = [self._reading((token.entry.kind, canonical(token.entry.code)))]
        else:
            read = self._readings(token.text, token.kinds or tuple(self._book.kinds))
            if token.kinds and not any(reading.entry for reading in read):
                others = [kind for kind in self._book.kinds if kind not in token.kinds]
                read += [r for r in self._readings(token.text, others) if r.entry is not None or not read]
        if not read:
            return None
        read.sort(key=lambda reading: _farness(token.text, reading.entry))
        columns = (token.start + 1, token.end)
        return FoundCode(token.text, token.line, columns, bool(token.kinds), tuple(read))

    def _readings(self, text: str, kinds: Sequence[str]) -> list[Reading]:
        forms = readings(text.lstrip("-"), signed=text.startswith("-"))
        read: list[Reading] = []
        for kind in kinds:
            known = [form for form in forms if self._book.entry(kind, form) is not None]
            fitting = known or [form for form in forms if ranges_of((kind, form), self._book.kinds)]
            read += [self._reading((kind, form)) for form in fitting[:1]]
        return read

    def _reading(self, key: CodeKey, inner: bool = True) -> Reading:
        kinds, entry = self._book.kinds, self._book.entry(*key)
        return Reading(
            kind=key[0],
            kind_title=kinds[key[0]].title if key[0] in kinds else key[0],
            code=_shown(key, entry),
            entry=entry,
            says=self._book.says(entry) if entry is not None else "",
            ranges=tuple(found.title for found in ranges_of(key, kinds) if found.title),
            parts=self._parts(key),
            forms=self._forms(key, entry),
            holds=next((self._reading(other, inner=False) for _, other in held(key, kinds)), None) if inner else None,
            nearest=() if entry is not None else self._near(key),
        )

    def _parts(self, key: CodeKey) -> tuple[Part, ...]:
        value, kind = value_of(key[1]), self._book.kinds.get(key[0])
        if value is None or kind is None:
            return ()
        bits = [(part, value >> part.low & (1 << part.high - part.low + 1) - 1) for part in kind.parts]
        return tuple(Part(part.title, number, part.names.get(str(number), "")) for part, number in bits)

    def _forms(self, key: CodeKey, entry: CodeEntry | None) -> tuple[Form, ...]:
        kinds = self._book.kinds
        texts = [(key[0], text) for text in prints(key[1])]
        if entry is not None and entry.kind == key[0]:
            texts += [(key[0], text) for text in (entry.code, *entry.also)]
        for around, (kind, code) in (*held(key, kinds), *holders(key, kinds)):
            texts += [(kind, text) for text in (prints(code) if around.same else (code,))]
        shown = _shown(key, entry).casefold()
        distinct = dict.fromkeys((kind, text) for kind, text in texts if text.casefold() != shown)
        return tuple(Form(text, kind, kinds[kind].title) for kind, text in distinct if kind in kinds)

    def _near(self, key: CodeKey) -> tuple[NearCode, ...]:
        """Return the known codes of the narrowest range around a number that has any, the nearest first."""
        value, kinds = value_of(key[1]), self._book.kinds
        for around in ranges_of(key, kinds):
            numbers = ((number, e) for number, e in self._numbers(key[0]) if around.first <= number <= around.last)
            near = sorted(numbers, key=lambda pair: (abs(pair[0] - (value or 0)), pair[0]))
            if near and around.title:
                return tuple(dict.fromkeys(_near(entry) for _, entry in near))[:_NEAREST]
        return ()

    def _numbers(self, kind: str) -> Iterator[tuple[int, CodeEntry]]:
        """Yield every known code that is a number of ``kind``, or the same as one."""
        wrapped = wrappers(self._book.kinds)
        for entry in self._book.entries:
            for name, code in twins((entry.kind, canonical(entry.code)), wrapped):
                value = value_of(code)
                if name == kind and value is not None:
                    yield value, entry

    @cached_property
    def _naming(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """The patterns that tell the kind of a code by more than the code itself."""
        return tuple((kind, p) for kind, p in self._book.patterns if not p.fullmatch("0"))


def look_up(kb: KnowledgeBase, book: CodeBook, text: str) -> LookupResult:
    """Return what the codes of a text mean, and which problems they belong to. Never raises on any text.

    Args:
        kb: The knowledge.
        book: Its codes.
        text: Codes in any form, or a text with codes in it; secrets in it are masked.
    """
    query = mask(text)[0]
    codes = book.reader.read(query)
    entries = [entry for code in codes for entry in code.entries]
    ids = dict.fromkeys(problem for entry in entries for problem in (*entry.about, *entry.problems))
    owners = [kb.problems[problem] for problem in ids]
    problems = tuple(Owner(problem.id, problem.title, problem.coverage, problem.look) for problem in owners)
    return LookupResult(query, codes, problems, () if codes else book.reader.nearest(query))


def _near(entry: CodeEntry) -> NearCode:
    return NearCode(entry.code, entry.kind, entry.title)


def _is_list(line: str, codes: Sequence[re.Match[str]]) -> bool:
    """Tell whether a line is codes with no more words between them than their kinds have."""
    ends = [0, *(end for code in codes for end in code.span()), len(line)]
    gaps = (line[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
    return all(len(re.findall(r"[^\W_]+", gap)) <= _WORDS_A_CODE for gap in gaps)


def _farness(text: str, entry: CodeEntry | None) -> int:
    """Return 0 for a known code, 1 for another spelling of one, 2 for an unknown one."""
    if entry is None:
        return 2
    return int(canonical(text) in map(canonical, entry.also))


def _shown(key: CodeKey, entry: CodeEntry | None) -> str:
    """Return a code as the knowledge writes it, where it does so in the same kind."""
    return entry.code if entry is not None and entry.kind == key[0] else key[1]
