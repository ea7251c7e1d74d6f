"""A terminal's screen: as much of ECMA-48 as prompt-toolkit and rich use."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Style = frozenset[str]
Cell = tuple[Style, str]
_PLAIN: Style = frozenset()
_EMPTY: Cell = (_PLAIN, " ")
_STYLES = {"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "yellow", "90": "grey", "92": "bright_green"}
_TOKEN = re.compile(r"\x1b\[([?>]?)([\d;]*)([A-Za-z])|\x1b\][^\x07]*\x07|\x1b[=>78]|([\r\n\x08\x07])|([^\x1b])")


@dataclass
class Screen:
    """Cells, a cursor, and a style; lines that leave at the top are gone."""

    columns: int
    lines: int
    _rows: list[list[Cell]] = field(default_factory=list[list[Cell]])
    _x: int = 0
    _y: int = 0
    _style: Style = _PLAIN
    _rest: str = ""

    def __post_init__(self) -> None:
        self._rows = [[_EMPTY] * self.columns for _ in range(self.lines)]

    @property
    def text(self) -> str:
        """What can be read, line by line."""
        return "\n".join("".join(sign for _, sign in row).rstrip() for row in self._rows)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the cursor, from 0."""
        return self._x, self._y

    @property
    def before_cursor(self) -> str:
        """What stands in the line of the cursor, left of it."""
        return "".join(sign for _, sign in self._rows[self._y][: self._x])

    @property
    def where(self) -> str:
        """The report of where the cursor is."""
        return f"\x1b[{self._y + 1};{self._x + 1}R"

    def copy(self) -> Screen:
        """Return the screen as it is now."""
        return copy.deepcopy(self)

    def feed(self, text: str) -> None:
        """Show what a program wrote; a sequence that is cut off waits for its end."""
        text = self._rest + text
        end = 0
        while found := _TOKEN.match(text, end):
            end = found.end()
            self._take(found)
        self._rest = text[end:]

    def runs(self) -> Iterator[list[Cell]]:
        """Yield each line as stretches of one style, without the blanks at its end."""
        for row in self._rows:
            line: list[Cell] = []
            for style, sign in row[: len("".join(sign for _, sign in row).rstrip())]:
                if line and line[-1][0] == style:
                    line[-1] = (style, line[-1][1] + sign)
                else:
                    line.append((style, sign))
            yield line

    def _take(self, found: re.Match[str]) -> None:
        private, numbers, final, control, sign = found.groups()
        if sign:
            self._put(sign)
        elif control:
            self._steer(control)
        elif final and not private:
            self._command(final, numbers)

    def _put(self, sign: str) -> None:
        if self._x >= self.columns:
            self._x = 0
            self._feed_line()
        self._rows[self._y][self._x] = (self._style, sign)
        self._x += 1

    def _steer(self, control: str) -> None:
        if control == "\r":
            self._x = 0
        elif control == "\n":
            self._feed_line()
        elif control == "\x08":
            self._x = max(0, self._x - 1)

    def _feed_line(self) -> None:
        if self._y + 1 < self.lines:
            self._y += 1
        else:
            self._rows = [*self._rows[1:], [_EMPTY] * self.columns]

    def _command(self, final: str, numbers: str) -> None:
        count = int(numbers.split(";", maxsplit=1)[0] or 1)
        moves = {"A": (0, -count), "B": (0, count), "C": (count, 0), "D": (-count, 0)}
        if final in moves:
            across, down = moves[final]
            self._x = min(max(self._x + across, 0), self.columns - 1)
            self._y = min(max(self._y + down, 0), self.lines - 1)
        elif final == "m":
            self._dress(numbers)
        elif final in "JK":
            self._clear(final, numbers)
        elif final == "H":
            row, _, column = numbers.partition(";")
            self._y, self._x = int(row or 1) - 1, int(column or 1) - 1

    def _clear(self, final: str, numbers: str) -> None:
        if numbers in ("", "0"):
            self._rows[self._y][self._x :] = [_EMPTY] * (self.columns - self._x)
            below = range(self._y + 1, self.lines) if final == "J" else ()
        else:
            below = range(self.lines) if final == "J" else range(self._y, self._y + 1)
        for row in below:
            self._rows[row] = [_EMPTY] * self.columns

    def _dress(self, numbers: str) -> None:
        for number in numbers.split(";"):
            if number in ("", "0"):
                self._style = _PLAIN
            elif number in _STYLES:
                self._style |= {_STYLES[number]}
            elif number in ("22", "39"):
                self._style = frozenset(self._style & ({"bold", "dim"} if number == "39" else set(_STYLES.values())))
