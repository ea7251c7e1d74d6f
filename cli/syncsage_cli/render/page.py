"""The few kinds of blocks that pages are made of, and how they become text.

Texts of users and of knowledge are never read as markup; their control characters never reach the terminal.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from syncsage_cli.render.themes import THEMES

QUIET = "quiet"
STRONG = "strong"
BAND_STYLES = {"confirmed": "confirmed", "likely": "likely", "possible": "possible", "ruled out": QUIET}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A line to copy: never wrapped, never cut."""

    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A ready-made text that knows how to be of a width itself; its lines are kept."""

    text: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Something to look at, and sentences that say the same where nothing may be drawn."""

    drawn: Padding | Text
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Aligned columns; read one after the other where nothing may be drawn."""

    cells: tuple[tuple[Text, ...], ...]
    indent: int
    gap: int

    def drawn(self) -> Padding:
        """Return the columns side by side; the last one takes the rest of the width and wraps under itself."""
        table = Table.grid(padding=(0, self.gap, 0, 0))
        columns = max(len(row) for row in self.cells)
        for number in range(columns):
            last = number == columns - 1
            table.add_column(no_wrap=not last, overflow="fold", ratio=1 if last else None)
        for row in self.cells:
            table.add_row(*row)
        return Padding(table, (0, 0, 0, self.indent))

    def read(self) -> list[Text]:
        """Return one sentence a row: ``1: possible, the port is wrong``."""
        return [_sentence([cell.plain for cell in row]) for row in self.cells]


Block = Text | Padding | Table | Verbatim | Fitted | Drawing | Rows

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
    if not aside:
        return Text(clean(text), style=STRONG)
    line = Text.assemble((clean(text), STRONG), (f"  {clean(aside)}", QUIET))
    return Drawing(line, (f"{clean(text)}: {clean(aside)}",))


def rows(cells: Sequence[Sequence[str | Text]], *, indent: int = 2, gap: int = 2) -> Rows:
    """Return aligned columns; the last one takes the rest of the width and wraps under itself."""
    texts = tuple(tuple(cell if isinstance(cell, Text) else Text(clean(cell)) for cell in row) for row in cells)
    return Rows(texts, indent, gap)


def _spoken(text: str) -> str:
    """Return ``text`` without the dots between its parts, which some screen readers name."""
    return text.replace(" · ", ", ")


def _sentence(cells: Sequence[str]) -> Text:
    label, *rest = [" ".join(_spoken(cell).split()) for cell in cells]
    said = ", ".join(cell for cell in rest if cell)
    mark = "" if not label or label.endswith(":") or not said else ":"
    return Text(" ".join(part for part in (f"{label}{mark}", said) if part))


def paint(blocks: Iterable[Block], *, width: int, colour: bool, theme: str = "auto", plain: bool = False) -> str:
    """Return ``blocks`` as text of at most ``width`` columns.

    Args:
        blocks: What to show, in order.
        width: Columns; only a :class:`Verbatim` line may be longer.
        colour: Whether to add terminal styles.
        theme: Name of the colours.
        plain: Whether to write for a screen reader: columns one after the other, nothing drawn.
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
        theme=THEMES[theme],
    )
    for block in blocks:
        if isinstance(block, Verbatim):
            console.print(Text(" " * block.indent + clean(block.text)), soft_wrap=True)
        elif isinstance(block, Fitted):
            console.print(Text(clean(block.text(width))), soft_wrap=True)
        elif isinstance(block, Drawing):
            console.print(*(map(Text, map(_spoken, block.said)) if plain else [block.drawn]), sep="\n")
        elif isinstance(block, Rows):
            console.print(*(block.read() if plain else [block.drawn()]), sep="\n")
        elif isinstance(block, Text) and plain:
            console.print(Text(_spoken(block.plain), style=block.style))
        else:
            console.print(block)
    lines = buffer.getvalue().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)
