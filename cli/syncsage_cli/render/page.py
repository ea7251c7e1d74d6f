"""The few kinds of blocks that pages are made of, and how they become text.

Texts of users and of knowledge are never read as markup; their control characters never reach the terminal.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

QUIET = "dim"
STRONG = "bold"
BAND_STYLES = {"confirmed": "bold green", "likely": "green", "possible": "yellow", "ruled out": "dim"}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A line to copy: never wrapped, never cut."""

    text: str
    indent: int = 0


Block = Text | Padding | Table | Verbatim

BLANK: Block = Text("")


def clean(text: str) -> str:
    """Return ``text`` without characters that would steer a terminal."""
    return _CONTROL.sub("", text.replace("\t", "    "))


def one_line(text: str, limit: int = 160) -> str:
    """Return ``text`` cleaned, on one line, cut with an ellipsis at ``limit`` characters."""
    flat = " ".join(clean(text).split())
    return flat if len(flat) <= limit else flat[: limit - 3].rstrip() + "..."


def paragraph(text: str, *, indent: int = 0, style: str = "") -> Block:
    """Return wrapped text, indented by ``indent`` columns."""
    body = Text(clean(text).strip(), style=style)
    return Padding(body, (0, 0, 0, indent)) if indent else body


def heading(text: str, aside: str = "") -> Block:
    """Return a heading, with a quiet remark behind it."""
    line = Text(clean(text), style=STRONG)
    if aside:
        line.append(f"  {clean(aside)}", style="not bold " + QUIET)
    return line


def rows(cells: Sequence[Sequence[str | Text]], *, indent: int = 2, gap: int = 2) -> Block:
    """Return aligned columns; the last one takes the rest of the width and wraps under itself."""
    table = Table.grid(padding=(0, gap, 0, 0))
    columns = max(len(row) for row in cells)
    for number in range(columns):
        last = number == columns - 1
        table.add_column(no_wrap=not last, overflow="fold", ratio=1 if last else None)
    for row in cells:
        table.add_row(*[cell if isinstance(cell, Text) else Text(clean(cell)) for cell in row])
    return Padding(table, (0, 0, 0, indent))


def paint(blocks: Iterable[Block], *, width: int, colour: bool) -> str:
    """Return ``blocks`` as text of at most ``width`` columns.

    Args:
        blocks: What to show, in order.
        width: Columns; only a :class:`Verbatim` line may be longer.
        colour: Whether to add terminal styles.
    """
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for block in blocks:
        if isinstance(block, Verbatim):
            console.print(Text(" " * block.indent + clean(block.text)), soft_wrap=True)
        else:
            console.print(block)
    lines = buffer.getvalue().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)
