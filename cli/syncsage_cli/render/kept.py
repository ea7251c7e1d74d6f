"""The list of kept interviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from syncsage_cli.render.page import Block, one_line, paragraph, rows

if TYPE_CHECKING:
    from syncsage_cli.archive import Kept

_ABOUT = 24


def listed(entries: Sequence[Kept], *, numbered: bool = False) -> list[Block]:
    """Return the kept interviews as a table, by number where they can be picked so."""
    if not entries:
        return [paragraph("No interview is kept yet.")]
    cells = [
        (kept.name, f"{kept.when:%Y-%m-%d %H:%M}", _events(kept), one_line(kept.fault or kept.about, _ABOUT))
        for kept in entries
    ]
    return [rows([(str(n), *cell) for n, cell in enumerate(cells, start=1)] if numbered else cells)]


def _events(kept: Kept) -> str:
    return "1 event" if kept.events == 1 else f"{kept.events} events"
