"""Formats of the knowledge made ready to search with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from syncsage.knowledge.formats import LogFormat, Severity
from syncsage.observing.logs.stamps import StampReader, joined

_FLAGS = re.IGNORECASE | re.MULTILINE
#: Groups of a head or a tail that fill a record by their name.
_GROUPS = ("date", "time", "bias", "component", "thread", "severity", "source")
_REPEATED = re.compile(r"(.*\.\.?)(\w{4,100}?)\2")
_LAST_WORD = re.compile(r"(.*\.\w*?[a-z])[A-Z][a-z]*$")

Values = dict[str, str]


class Form:
    """One format: its patterns compiled, and what they find as values of fields.

    Args:
        format: The format.
    """

    def __init__(self, format: LogFormat) -> None:
        self.format = format
        self.id = format.name
        self.head = _compiled(format.head)
        self.tail = _compiled(format.tail)
        self.continues = _any(format.continues)
        self.openers = _any(format.openers)
        self.drop = _any(format.drop)
        self.stamps = StampReader(format.stamps, format.zones)
        self._hints = tuple(hint.lower() for hint in format.hints)
        self._severities: Mapping[str, Severity] = {word.lower(): value for word, value in format.severities.items()}

    @property
    def bare(self) -> bool:
        """Its records begin with nothing but words, so that the middle of a message may look like it."""
        return self.format.shape == "record" and not self.format.stamps

    def fits(self, lowered: str) -> bool:
        """Tell whether a text (in lower case) may hold this format at all."""
        return not self._hints or any(hint in lowered for hint in self._hints)

    @cached_property
    def _attributes(self) -> re.Pattern[str] | None:
        return _compiled(self.format.attributes)

    @cached_property
    def _sources(self) -> Sequence[str]:
        return sorted((name.lower() for name in self.format.sources), key=len, reverse=True)

    @cached_property
    def _fields(self) -> Sequence[tuple[str, Sequence[str]]]:
        return tuple(self.format.fields.items())

    def named(self, text: str) -> Values:
        """Return the named values of ``text``, names in lower case; of a name that comes twice the first."""
        found: Values = {}
        if self._attributes is not None:
            for match in self._attributes.finditer(text):
                name = match["name"].strip().lower()
                if name not in found:
                    # Of the groups for the value only one takes part in a match, and it comes last.
                    last = match.lastgroup
                    found[name] = match[last].strip() if last and last != "name" else ""
        return found

    def picked(self, named: Values) -> Values:
        """Return what named values (as of ``named``) say of a record."""
        found = {field: next((named[name] for name in names if named.get(name)), "") for field, names in self._fields}
        return {field: value for field, value in found.items() if value}

    def values(self, match: re.Match[str]) -> Values:
        """Return what a head or a tail, and the named values in it, say of a record."""
        groups = match.groupdict()
        found = self.picked(self.named(groups["attributes"])) if groups.get("attributes") else {}
        found.update((name, groups[name]) for name in _GROUPS if groups.get(name))
        return found

    def severity(self, word: str) -> str:
        """Return ``info``, ``warning`` or ``error`` for the word of the log, empty where it says nothing."""
        return self._severities.get(word.strip().lower(), "")

    def when(self, values: Values) -> str:
        """Return date and time of a record as one text."""
        return joined(values.get("date", ""), values.get("time", ""))

    def source_end(self, source: str, glued: bool) -> int:
        """Return how many characters of ``source`` are the name of a method; the rest is message.

        Args:
            source: A name, with the message directly behind it where the columns were glued together.
            glued: The columns were.
        """
        lowered = source.lower()
        for known in self._sources:
            if lowered.startswith(known):
                return len(known)
        if not glued:
            return len(source)
        match = _REPEATED.match(source)
        if match is not None:
            return match.end(2)
        match = _LAST_WORD.match(source)
        return match.end(1) if match is not None else len(source)


def _compiled(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern, _FLAGS) if pattern else None


def _any(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), _FLAGS) if patterns else None
