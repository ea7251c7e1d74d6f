"""Names of machines, people and networks replaced by pseudonyms that keep what belongs together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from syncsage.knowledge.model import KnowledgeBase
from syncsage.masking.addresses import addresses
from syncsage.masking.contexts import contexts
from syncsage.masking.dotted import COMMON, RUN, domain_behind, dotted, is_name
from syncsage.masking.namemap import NameMap
from syncsage.masking.pseudonyms import Pseudonyms
from syncsage.masking.sighting import Kind, Sighting, apart
from syncsage.masking.wellknown import WellKnown

_WORD = re.compile(r"[^\W_]+")
#: A name this short is replaced only where its surroundings show that it is one.
_SHORT = 2
_EVERYWHERE: tuple[Kind, ...] = ("HOST", "DOMAIN", "USER", "DIR", "NAME")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a text shows: its names in order, and the places that are public."""

    shown: tuple[Sighting, ...]
    public: list[tuple[int, int]]


class Names:
    """Masks the names in some texts that belong together, such as those of one interview.

    A name that its surroundings give away in one place is replaced wherever it stands; the same name gets the same
    pseudonym everywhere, a machine with its domain reads ``HOST-1.DOMAIN-1``. Secrets are not its business: they are
    masked for good before anything is kept.

    Args:
        kb: The knowledge: what it calls public stays.
        texts: Everything that is to be masked.
    """

    def __init__(self, kb: KnowledgeBase, texts: Iterable[str]) -> None:
        self._public = WellKnown(kb)
        self._patterns = kb.domain.private
        self._domains: set[str] = set()
        self._kinds: dict[str, Kind] = {}
        self._by_word: dict[str, list[str]] = {}
        learned = list(dict.fromkeys(texts))
        self._pseudonyms = Pseudonyms(learned)
        for text in learned:
            self._learn_domains(text)
        read = {text: self._read(text) for text in learned}
        for text, reading in read.items():
            self._learn(text, reading)
        self._masked = {text: self._mask(text, reading) for text, reading in read.items()}

    @property
    def map(self) -> NameMap:
        """Which pseudonym stands for which name; the same texts in the same order always give the same map."""
        return self._pseudonyms.map

    def mask(self, text: str) -> str:
        """Return ``text`` with pseudonyms in place of names. Lines are kept."""
        return self._masked[text] if text in self._masked else self._mask(text, self._read(text))

    def _mask(self, text: str, reading: _Reading) -> str:
        parts: list[str] = []
        end = 0
        for seen in sorted(apart((reading.shown, self._known(text, reading.public)))):
            name = text[seen.start : seen.end]
            parts += (text[end : seen.start], self._pseudonyms.of(self._kinds.get(name.lower(), seen.kind), name))
            end = seen.end
        return "".join((*parts, text[end:]))

    def _read(self, text: str) -> _Reading:
        """Return the names that ``text`` itself shows to be names."""
        plain, public = self._public.plain, self._public.spans(text)
        found = apart(
            (addresses(text), contexts(text, self._patterns, self._domains, plain), dotted(text, self._domains, plain))
        )
        shown = sorted(seen for seen in found if not _inside(seen.start, seen.end, public))
        return _Reading(tuple(shown), public)

    def _known(self, text: str, public: list[tuple[int, int]]) -> Iterator[Sighting]:
        """Yield the places where a name stands that was learned anywhere."""
        for word in _WORD.finditer(text):
            for name in self._by_word.get(word.group().lower(), ()):
                end = word.start() + len(name)
                whole = text[word.start() : end].lower() == name and not text[end : end + 1].isalnum()
                if whole and not _inside(word.start(), end, public):
                    yield Sighting(word.start(), end, self._kinds[name])
                    break

    def _learn_domains(self, text: str) -> None:
        for run in RUN.finditer(text):
            domain = domain_behind(run.group())
            if domain and is_name(run.group(), self._public.plain) and domain not in self._domains:
                self._domains.add(domain)

    def _learn(self, text: str, reading: _Reading) -> None:
        for seen in reading.shown:
            name = text[seen.start : seen.end].lower()
            self._remember(name, seen.kind)
            if seen.kind == "DOMAIN":
                self._pseudonyms.relate(name)
            if seen.kind in ("DOMAIN", "USER"):
                for part in name.split(".")[: -1 if seen.kind == "DOMAIN" else None]:
                    if part not in COMMON:
                        self._remember(part, seen.kind)

    def _remember(self, name: str, kind: Kind) -> None:
        if name in self._kinds:
            return
        self._kinds[name] = kind
        telling = len(name) > _SHORT and not name.isdigit() and not self._public.plain(name)
        if kind in _EVERYWHERE and telling:
            names = self._by_word.setdefault(_first_word(name), [])
            names.append(name)
            names.sort(key=len, reverse=True)


def _first_word(name: str) -> str:
    found = _WORD.match(name)
    return found.group() if found else name


def _inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    place = bisect_right(spans, start, key=lambda span: span[0]) - 1
    return place >= 0 and end <= spans[place][1]
