"""A report as plain data, and with its names masked: both go through every part of it alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from syncsage.masking import Names
from syncsage.report.model import Report

#: Fields that hold ids and words of the program, never what somebody pasted or wrote.
_OWN = frozenset(
    "id cause kind level band risk reason result stop_reason value engine knowledge knowledge_hash made".split()
)


def to_dict(report: Report) -> dict[str, Any]:
    """Return the JSON form of a report; its schema is ``syncsage/report.schema.json``."""
    data: dict[str, Any] = _plain(report)
    return data


def texts_of(report: Report) -> Iterator[str]:
    """Yield every text of a report that may hold a name."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    _each(report, note)
    yield from found


def masked(report: Report, names: Names) -> Report:
    """Return ``report`` with pseudonyms in place of names; see ``syncsage.masking``."""
    changed: Report = _each(report, names.mask)
    return replace(changed, masked=changed != report)


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """Return ``value`` with every text of it changed but the program's own words."""
    if isinstance(value, str):
        return change(value) if value else value
    if isinstance(value, tuple):
        return tuple(_each(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        texts = {f.name: _each(getattr(value, f.name), change) for f in fields(value) if f.name not in _OWN}
        return replace(value, **texts)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value
