"""How logs are written (``formats.yaml``), as frozen objects. What the fields mean is told in ``docs/knowledge.md``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

_Data = Mapping[str, Any]
Patterns = tuple[str, ...]
FormatShape = Literal["record", "block", "line", "insert"]
Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class LogFormat:
    """One way to write a log.

    Named groups of ``head`` and ``tail``, and attributes that ``fields`` lists, fill a record: ``date``, ``time``,
    ``zone``, ``component``, ``thread``, ``severity``, ``source``.

    Attributes:
        id: Its name in ``formats.yaml``.
        name: What its records are called; several formats may share a name.
        shape: ``record`` (head, tail or both), ``block`` (lines of named values), ``line`` (what no other format
            claims, line by line) or ``insert`` (named values inside the message of any format).
        rank: Formats of a lower rank claim their text first.
        hints: Fixed texts of which one must occur for the format to be tried; none for any text.
        head: Pattern of the beginning of a record.
        tail: Pattern of its end.
        single: A record without a head begins on the line on which its tail stands.
        whole: The message includes what the head matched.
        attributes: Pattern with groups ``name`` and ``value`` (``value2``...) for named values.
        fields: Field of a record -> names of the attributes that give it, in lower case.
        stamps: Patterns of ``date`` and ``time`` joined by a blank, with groups ``year``, ``month``, ``day``,
            ``hour``, ``minute``, ``second``, ``fraction``, ``half`` (AM or PM), ``bias``, ``zone``; ``one`` and
            ``two`` where day and month may stand in either order.
        zones: Name of a time zone -> minutes to add to reach UTC.
        utc: Its stamps are UTC.
        severities: Word or number, in lower case -> severity.
        continues: Patterns of line beginnings that go on with a record even where it would have ended.
        sources: Names of methods as records show them; where columns were glued together they tell where one ends.
        openers: Patterns of message beginnings; they part messages that were glued into one line.
        drop: Patterns of lines that are no records.
        files: Names of files written like this, the most telling first.
        rotated: Patterns of names of older parts of a log, with a group ``name`` for the name of the log.
        samples: Texts; each holds a record of this format.
    """

    id: str
    name: str
    title: str
    shape: FormatShape
    rank: float
    hints: tuple[str, ...]
    head: str
    tail: str
    single: bool
    whole: bool
    attributes: str
    fields: Mapping[str, tuple[str, ...]]
    stamps: Patterns
    zones: Mapping[str, int]
    utc: bool
    severities: Mapping[str, Severity]
    continues: Patterns
    sources: tuple[str, ...]
    openers: Patterns
    drop: Patterns
    files: tuple[str, ...]
    rotated: Patterns
    samples: tuple[str, ...]

    @property
    def patterns(self) -> Mapping[str, Patterns]:
        """Every pattern by the field in which it stands."""
        single = {name: getattr(self, name) for name in ("head", "tail", "attributes")}
        lists = {name: getattr(self, name) for name in ("stamps", "continues", "openers", "drop", "rotated")}
        return {name: (pattern,) for name, pattern in single.items() if pattern} | lists


def build_format(data: _Data) -> LogFormat:
    """Make the typed form of one item of a ``formats.yaml`` that fits its schema."""
    return LogFormat(
        id=data["id"],
        name=data.get("name", data["id"]),
        title=data["title"],
        shape=data.get("shape", "record"),
        rank=float(data.get("rank", 50)),
        head=data.get("head", ""),
        tail=data.get("tail", ""),
        single=data.get("single", False),
        whole=data.get("whole", False),
        attributes=data.get("attributes", ""),
        fields={name: tuple(values) for name, values in sorted(data.get("fields", {}).items())},
        zones=dict(sorted(data.get("zones", {}).items())),
        utc=data.get("utc", False),
        severities=dict(sorted(data.get("severities", {}).items())),
        **{name: tuple(data.get(name, ())) for name in _LISTS},
    )


_LISTS = ("hints", "stamps", "continues", "sources", "openers", "drop", "files", "rotated", "samples")
