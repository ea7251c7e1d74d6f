"""YAML text as plain data, with the line of every node.

Built from parser events, not from ``yaml.compose``: the composer of libyaml recurses on the C stack, and a
file of nested brackets ends the process. Values are read strictly: what YAML would quietly turn into a
boolean or number keeps its own words beside it, so that a fault can quote them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
    StreamStartEvent,
)

Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Keys and list indices that lead from the top of a file to a node.
Path = tuple[str | int, ...]

_MAX_DEPTH = 30
_MAX_NODES = 60_000
_MAX_ALIASES = 50
_PREFIX = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong in a file, before any schema is looked at."""

    line: int
    path: Path
    message: str
    rule: str = "schema"


@dataclass(frozen=True, slots=True)
class Tree:
    """The content of one YAML file.

    Attributes:
        data: Plain dicts, lists and scalars; every key is a string.
        lines: The line (from 1) of every node and of every key's node.
        words: For scalars that are no strings: what is written in the file.
        remarks: What is wrong with the YAML itself.
    """

    data: Any
    lines: dict[Path, int] = field(default_factory=dict[Path, int])
    words: dict[Path, str] = field(default_factory=dict[Path, str])
    remarks: tuple[Remark, ...] = ()


class _TreeError(Exception):
    """The file cannot be read any further."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read_tree(content: bytes) -> Tree:
    """Read one YAML file.

    Args:
        content: The bytes of the file; UTF-8, with or without a byte order mark.

    Returns:
        The tree. With remarks its data may be incomplete, and is None where nothing could be read.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Tree(None, remarks=(Remark(line, (), "is not UTF-8: save the file in that encoding", "yaml"),))
    builder = _Builder()
    try:
        return builder.read(text)
    except _TreeError as error:
        remark = Remark(error.line, (), error.message, "yaml")
    except yaml.YAMLError as error:
        remark = _syntax_remark(error)
    return Tree(None, remarks=(*builder.remarks, remark))


def _syntax_remark(error: yaml.YAMLError) -> Remark:
    if not isinstance(error, yaml.MarkedYAMLError):
        return Remark(1, (), f"is not valid YAML: {' '.join(str(error).split())}", "yaml")
    mark = error.problem_mark or error.context_mark
    parts = [part for part in (error.context, error.problem) if part]
    return Remark(mark.line + 1 if mark else 1, (), f"is not valid YAML: {', '.join(parts)}", "yaml")


class _Builder:
    """Turns one stream of events into a tree."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self._lines: dict[Path, int] = {}
        self._words: dict[Path, str] = {}
        self._anchors: dict[str, list[Event]] = {}
        self._resolve: Callable[..., str] = yaml.resolver.Resolver().resolve
        self._nodes = 0
        self._aliases = 0

    def read(self, text: str) -> Tree:
        """Build the tree of a stream with exactly one document."""
        events = iter(yaml.parse(text, Loader=Loader))
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _TreeError(_line(event), "holds more than one YAML document (a line with ---)")
                data = self._node(next(events), events, (), 0)
            elif isinstance(event, (StreamStartEvent, StreamEndEvent)):
                continue
        if documents == 0 or (data is None and () in self._words):
            raise _TreeError(1, "is empty")
        return Tree(data, self._lines, self._words, tuple(self.remarks))

    def _node(self, event: Event, events: Iterator[Event], path: Path, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > _MAX_NODES:
            raise _TreeError(_line(event), f"holds more than {_MAX_NODES} values, aliases (*name) included")
        if depth > _MAX_DEPTH:
            raise _TreeError(_line(event), f"is nested more than {_MAX_DEPTH} levels deep")
        if isinstance(event, AliasEvent):
            return self._alias(event, path, depth)
        self._lines.setdefault(path, _line(event))
        if isinstance(event, NodeEvent) and event.anchor:
            event, events = self._remember(event, events)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        self._check_tag(event, path)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path, depth)
        return self._sequence(events, path, depth)

    def _remember(self, event: NodeEvent, events: Iterator[Event]) -> tuple[Event, Iterator[Event]]:
        """Keep the events of an anchored node, and hand them out again."""
        name = str(event.anchor)
        self._anchors.pop(name, None)
        kept = [event, *_rest_of(event, events)]
        event.anchor = None
        self._anchors[name] = kept
        return kept[0], iter(kept[1:])

    def _alias(self, event: AliasEvent, path: Path, depth: int) -> Any:
        self._aliases += 1
        name = str(event.anchor)
        if self._aliases > _MAX_ALIASES:
            raise _TreeError(_line(event), f"uses more than {_MAX_ALIASES} aliases (*name): write the values out")
        if name not in self._anchors:
            raise _TreeError(_line(event), f"alias *{name} names no anchor before it")
        self._lines.setdefault(path, _line(event))
        replay = iter(self._anchors[name])
        return self._node(next(replay), replay, path, depth + 1)

    def _mapping(self, events: Iterator[Event], path: Path, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not _is_end(event := next(events)):
            key = self._key(event, path)
            inner = (*path, key)
            if key in result:
                self._remark(event, inner, f"{key} is written twice (first in line {self._lines[inner]})")
                self._node(next(events), events, (*inner, "(twice)"), depth + 1)
                continue
            self._lines[inner] = _line(event)
            result[key] = self._node(next(events), events, inner, depth + 1)
        return result

    def _key(self, event: Event, path: Path) -> str:
        if not isinstance(event, ScalarEvent):
            raise _TreeError(_line(event), "a key must be a plain word")
        kind = self._kind(event)
        if kind != "str":
            self._remark(event, (*path, event.value), quote_hint(event.value, kind))
        return event.value

    def _sequence(self, events: Iterator[Event], path: Path, depth: int) -> list[Any]:
        result: list[Any] = []
        while not _is_end(event := next(events)):
            result.append(self._node(event, events, (*path, len(result)), depth + 1))
        return result

    def _scalar(self, event: ScalarEvent, path: Path) -> str | int | float | bool | None:
        value, kind = event.value, self._kind(event)
        if kind == "str":
            return value
        self._check_tag(event, path)
        self._words[path] = value
        if kind == "null":
            return None
        if kind == "bool":
            return value.lower() in {"yes", "true", "on"}
        return _number(value, kind)

    def _kind(self, event: ScalarEvent) -> str:
        """Return the last part of the YAML tag; dates are taken as they are written."""
        tag = event.tag or self._resolve(yaml.ScalarNode, event.value, event.implicit)
        kind = str(tag).removeprefix(_PREFIX)
        return "str" if kind in {"str", "timestamp", "value", "merge"} else kind

    def _check_tag(self, event: Event, path: Path) -> None:
        tag = event.tag if isinstance(event, (CollectionStartEvent, ScalarEvent)) else None
        if tag and not str(tag).startswith(_PREFIX):
            self._remark(event, path, f"the tag {tag} is not understood: leave it out")

    def _remark(self, event: Event, path: Path, message: str) -> None:
        self.remarks.append(Remark(_line(event), path, message, "yaml"))


def quote_hint(words: str, kind: str) -> str:
    """Return the advice for a scalar that YAML does not read as text."""
    if kind == "null" or not words:
        return "nothing is written here: write a text or leave the line out"
    noun = {"bool": "true or false", "int": "a number", "float": "a number"}.get(kind, kind)
    return f'YAML reads {words} as {noun}: write "{words}"'


def _number(value: str, kind: str) -> int | float | str:
    try:
        number = int(value) if kind == "int" else float(value)
    except ValueError:
        return value
    # Infinity and not-a-number are no JSON, and no minutes either: the schema refuses the text.
    return number if abs(number) < 1e15 else value


def _rest_of(event: Event, events: Iterator[Event]) -> Iterator[Event]:
    """Yield the remaining events of the node that ``event`` starts."""
    open_nodes = int(isinstance(event, CollectionStartEvent))
    while open_nodes:
        following = next(events)
        open_nodes += isinstance(following, CollectionStartEvent)
        open_nodes -= _is_end(following)
        yield following


def _is_end(event: Event) -> bool:
    return isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
