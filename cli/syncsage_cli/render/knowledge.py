"""The knowledge itself: lists, single entries, and what lint, tests and evaluation found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from syncsage_cli.render.page import QUIET, Block, Verbatim, heading, paragraph, rows


def table(entries: Iterable[tuple[str, str]]) -> list[Block]:
    """Return ids with their titles, aligned, one entry a line however long: lists are searched and cut."""
    cells = list(entries)
    width = max((len(name) for name, _ in cells), default=0)
    return [Verbatim(f"{name.ljust(width)}  {title}") for name, title in cells]


def entry(kind: str, item: object) -> list[Block]:
    """Return one entry of the knowledge, field by field, empty fields left out."""
    name = getattr(item, "id", "") or getattr(item, "code", "")
    blocks = [heading(f"{kind} {name}")]
    for key, value in plain(item).items():
        if value not in ("", [], {}) and key not in ("id", "origin"):
            blocks += _field(key, value, indent=2)
    origin = getattr(item, "origin", None)
    if origin is not None:
        blocks.append(paragraph(f"{origin.file}:{origin.line}", indent=2, style=QUIET))
    return blocks


def plain(item: Any) -> Any:
    """Return ``item`` as plain data for JSON: dataclasses and mappings become dicts, tuples lists."""
    if is_dataclass(item) and not isinstance(item, type):
        return {f.name: plain(getattr(item, f.name)) for f in fields(item)}
    if isinstance(item, Mapping):
        return {str(key): plain(value) for key, value in item.items()}
    if isinstance(item, (list, tuple)):
        return [plain(value) for value in item]
    return item


def _field(key: str, value: Any, indent: int) -> list[Block]:
    parts = [{name: part} for name, part in value.items()] if isinstance(value, dict) else value
    if isinstance(parts, list):
        return [paragraph(f"{key}:", indent=indent), *(_flat(part, indent + 2) for part in parts)]
    return [rows([(f"{key}:", str(value))], indent=indent, gap=1)]


def _flat(value: Any, indent: int) -> Block:
    return rows([("-", _words(value))], indent=indent, gap=1)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_words(part)}" for key, part in value.items() if part not in ("", [], {}))
    if isinstance(value, list):
        return "[" + ", ".join(_words(part) for part in value) + "]"
    return str(value)
