"""The list of kept interviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from syncsage_cli.render.page import Block, one_line, paragraph, rows

if TYPE_CHECKING:
    from syncsage_cli.archive import Kept

_ABOUT = 24


def listed(entries: Sequence[Kept], *, numbered: bool = False) -> list[Block]:
    """Return the kept interviews as a table, with their times; ``numbered``: to be picked by number."""
    if not entries:
        return [paragraph("No interview is kept yet.")]
    told = [(_events(kept), one_line(kept.fault or kept.about, _ABOUT)) for kept in entries]
    if numbered:
        return [
            rows([(str(n), kept.name, *cells) for n, (kept, cells) in enumerate(zip(entries, told, strict=True), 1)])
        ]
    return [
        rows([(kept.name, f"{kept.when:%Y-%m-%d %H:%M}", *cells) for kept, cells in zip(entries, told, strict=True)])
    ]


def _events(kept: Kept) -> str:
    return "1 event" if kept.events == 1 else f"{kept.events} events"
