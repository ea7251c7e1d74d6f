"""Named values inside messages, as status messages carry them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from syncsage.knowledge.formats import LogFormat
from syncsage.observing.logs.forms import Form, Values
from syncsage.observing.logs.stamps import as_utc, to_utc

#: What follows in a longer message is the dump of something.
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Insert:
    """Named values found in a message.

    Attributes:
        fields: Every value by its name, in lower case.
        values: Those that fill a field of a record.
        utc: When it was made, None if it does not say.
        severity: ``info``, ``warning``, ``error`` or empty.
    """

    fields: Mapping[str, str]
    values: Values
    utc: datetime | None
    severity: str

    def get(self, name: str) -> str:
        """Return the value called ``name``, whatever its case; empty where it is missing."""
        return self.fields.get(name.lower(), "")


class InsertReader:
    """Finds inserts in messages.

    Args:
        formats: Formats of the shape ``insert``.
    """

    def __init__(self, formats: Sequence[LogFormat]) -> None:
        self._forms = [Form(format) for format in formats if format.head]

    def read(self, message: str) -> Insert | None:
        """Return the first insert in ``message``, None where there is none."""
        for form in self._forms:
            found = form.head.search(message, 0, _LONGEST) if form.head and _hinted(form, message) else None
            if found is not None:
                return _insert(form, message[found.end() : _LONGEST])
        return None


def _hinted(form: Form, message: str) -> bool:
    hints = form.format.hints
    return not hints or any(hint in message for hint in hints) or form.fits(message.lower())


def _insert(form: Form, text: str) -> Insert:
    text = " ".join(text.split())
    named = form.named(text)
    values = form.picked(named)
    stamp = form.stamps.read(form.when(values))
    utc = None
    if stamp is not None and form.format.utc:
        utc = as_utc(stamp.time)
    elif stamp is not None and stamp.bias is not None:
        utc = to_utc(stamp.time, stamp.bias)
    return Insert(named, values, utc, form.severity(values.get("severity", "")))
