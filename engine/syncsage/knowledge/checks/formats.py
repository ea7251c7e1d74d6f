"""Rules about formats of logs: what their patterns must name, and that they find their own samples."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syncsage.errors import Fault
from syncsage.knowledge.backtracking import compile_fault
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.entries import Key
from syncsage.knowledge.formats import LogFormat
from syncsage.knowledge.naming import listed
from syncsage.knowledge.yamltree import Path

_FLAGS = re.IGNORECASE | re.MULTILINE
_CLOCK = ("year", "hour", "minute", "second")
#: Shape -> the patterns that it cannot do without.
_NEEDED = {"block": ("head", "attributes"), "insert": ("head", "attributes")}


def format_faults(draft: Draft) -> Iterator[Fault]:
    """A format has the patterns of its shape, with the groups that are read, and they find its samples."""
    for format in draft.kb.formats.values():
        if any(compile_fault(pattern) for patterns in format.patterns.values() for pattern in patterns):
            continue
        key: Key = ("format", format.id)
        for path, message, rule in (*_shape(format), *_groups(format), *_samples(format)):
            yield draft.fault(key, path, message, rule)


def _shape(format: LogFormat) -> Iterator[tuple[Path, str, str]]:
    for name in _NEEDED.get(format.shape, ()):
        if format.shape == "block" and format.whole and name == "attributes":
            continue
        if not getattr(format, name):
            yield (), f"a format of the shape {format.shape} needs {name}", "incomplete-format"
    if format.shape == "record" and not (format.head or format.tail):
        yield (), "a format of the shape record needs head, tail or both", "incomplete-format"
    if format.shape == "line" and (format.head or format.tail):
        yield (), "a format of the shape line has neither head nor tail", "incomplete-format"


def _groups(format: LogFormat) -> Iterator[tuple[Path, str, str]]:
    for index, pattern in enumerate(format.stamps):
        names = re.compile(pattern).groupindex
        missing = [name for name in _CLOCK if name not in names]
        if not ({"month", "day"} <= set(names) or {"one", "two"} <= set(names)):
            missing.append("month and day (or one and two)")
        if missing:
            yield ("stamps", index), f"has no group {listed(missing)}", "missing-group"
    for index, pattern in enumerate(format.rotated):
        if "name" not in re.compile(pattern).groupindex:
            yield ("rotated", index), "has no group name", "missing-group"
    if format.attributes and not {"name", "value"} <= set(re.compile(format.attributes).groupindex):
        yield ("attributes",), "has no group name, or no group value", "missing-group"


def _samples(format: LogFormat) -> Iterator[tuple[Path, str, str]]:
    for index, sample in enumerate(format.samples):
        place = ("samples", index)
        if format.hints and not any(hint.lower() in sample.lower() for hint in format.hints):
            yield place, "shows none of the hints", "unmatched-sample"
        for name in ("head", "tail"):
            pattern = getattr(format, name)
            if pattern and not re.search(pattern, sample, _FLAGS):
                yield place, f"does not show the {name}", "unmatched-sample"
