"""Failures as their signature: what of an error text is the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from syncsage.knowledge.patterns import compiled
from syncsage.knowledge.runs import SignatureForms
from syncsage.observing.logs.model import FailureSignature

_GAPS = re.compile(r"\s*~~?\s*")
_NAME = re.compile(r"\.|::")
#: More than an error with all its inner exceptions takes; what is longer is a dump.
_LONGEST = 60_000
_MOST = 24
#: So much of a name, namespace and all, stands for one method only.
_CUT = 30


class SignatureReader:
    """Reads signatures by the forms that the knowledge names.

    Args:
        forms: How prefixes, exceptions, codes and sources are written.
    """

    def __init__(self, forms: SignatureForms) -> None:
        self._forms = forms
        self._prefix = _any_word(forms.prefixes)
        self._prefixes = {name.lower(): name for name in forms.prefixes}
        self._exceptions = {name.lower(): name for name in forms.exceptions}
        self._full = {name.lower(): name for name in forms.names}
        self._names = {_short(name).lower(): _short(name) for name in forms.names}

    def read(self, *texts: str) -> FailureSignature:
        """Return the signature of a failure that ``texts`` tell of, in their order.

        Args:
            texts: Messages of the records that show the failure.
        """
        text = "\n".join(_GAPS.sub("\n", text) for text in texts)[:_LONGEST]
        said = text
        for frame in self._forms.frames:
            said = compiled(frame).sub(" ", said)
        return FailureSignature(
            prefix=self._read_prefix(said),
            exceptions=_once(self._canonical(m["exception"]) for m in _every(self._forms.exception_forms, said)),
            codes=_once(self._codes(said)),
            source=self._source(text),
        )

    def step(self, prefix: str | None) -> str:
        """Return the step that an error class belongs to, or an empty text."""
        return self._forms.prefixes.get(prefix or "", "")

    def _read_prefix(self, text: str) -> str | None:
        known = self._prefix.search(text) if self._prefix else None
        if known:
            return self._prefixes[known.group().lower()]
        return next((m["prefix"] for m in _every(self._forms.prefix_forms, text)), None)

    def _canonical(self, name: str) -> str:
        """Return ``name`` with the capitals of the knowledge; one that it does not know begins with a capital."""
        known = self._exceptions.get(name.lower())
        return known or (name[0].upper() + name[1:-9] + "Exception")

    def _codes(self, text: str) -> Iterator[str]:
        for match in _every(self._forms.codes, text):
            for group, code in match.groupdict().items():
                if code:
                    yield _written(f"0x{code}" if group == "bare" else code)

    def _source(self, text: str) -> str | None:
        for match in _every(self._forms.sources, text):
            source = self._completed(match["source"].rstrip(".:"))
            if _NAME.search(source):
                return self.capitals(_short(source))
        return None

    def capitals(self, source: str) -> str:
        """Return the last names of a method with the capitals of the knowledge."""
        return self._names.get(source.lower(), source)

    def _completed(self, source: str) -> str:
        """Return the known method of which ``source`` is the beginning, where it was cut and there is only one."""
        if len(source) < _CUT or _short(source).lower() in self._names:
            return source
        known = {_short(name): name for low, name in self._full.items() if low.startswith(source.lower())}
        return next(iter(known.values())) if len(known) == 1 else source


def _short(name: str) -> str:
    """Return the last two names of a method."""
    names = _NAME.split(name)
    if len(names) < 2:
        return name
    mark = "::" if name.endswith(f"::{names[-1]}") else "."
    return f"{names[-2]}{mark}{names[-1]}"


def _written(code: str) -> str:
    """Return hexadecimal numbers in small letters, anything else as it is written."""
    low = code.lower()
    return low if low.startswith("0x") else code


def _every(patterns: Iterable[str], text: str) -> list[re.Match[str]]:
    """Return what the patterns match, in the order of the text."""
    found = [match for pattern in patterns for match in compiled(pattern).finditer(text)]
    return sorted(found, key=lambda match: match.start(match.lastgroup or 0))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:_MOST]


def _any_word(names: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if words else None
