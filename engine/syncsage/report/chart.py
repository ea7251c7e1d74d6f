"""How the causes moved, drawn as inline SVG: a row of bars for each cause, a bar for every turn.

Bands differ in filling, not in colour, so that a print in black and white tells the same; the table beside it has the
same figures in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from syncsage.report.model import Report
from syncsage.report.moving import Row, moving_rows
from syncsage.report.parts import Standing
from syncsage.report.words import percent
from syncsage.step import Band

_WIDTH, _MARGIN = 720, 10
_TITLE, _BARS, _GAP = 20, 40, 8
_FOOT = 44
_WIDEST = 34.0
_THIN = 1.5
#: Characters of a title that fit on one line, and width of a label such as ``answer 12``.
_FITTING, _LABEL = 104, 58
_FILLINGS: Mapping[Band, str] = {
    "confirmed": "confirmed",
    "likely": "likely",
    "possible": "possible",
    "ruled out": "gone",
}


def causes_chart(report: Report) -> Element | None:
    """Return the drawing; None where nothing could move."""
    rows = moving_rows(report)
    if not rows:
        return None
    high = len(rows) * (_TITLE + _BARS + _GAP)
    name = "How probable each cause was after every text, answer and fix; the table below says the same in words"
    chart = Element(
        "svg", {"viewBox": f"0 0 {_WIDTH} {high + _FOOT}", "role": "img", "aria-label": name, "class": "causes"}
    )
    _hatching(chart)
    for number, row in enumerate(rows):
        _row(chart, row, number * (_TITLE + _BARS + _GAP))
    _labels(chart, [moment.label for moment in report.moments], high + 12)
    _legend(chart, high + 34)
    return chart


def _row(chart: Element, row: Row, top: float) -> None:
    title = row.title if len(row.title) <= _FITTING else row.title[: _FITTING - 1].rstrip() + "…"
    _text(chart, title, _MARGIN, top + 14)
    floor = top + _TITLE + _BARS
    line = {
        "x1": str(_MARGIN),
        "x2": str(_WIDTH - _MARGIN),
        "y1": f"{floor:.1f}",
        "y2": f"{floor:.1f}",
        "class": "axis",
    }
    SubElement(chart, "line", line)
    for place, cell in enumerate(row.cells):
        if cell is not None:
            _bar(chart, cell, _middle(place, len(row.cells)), floor, _column(len(row.cells)))


def _bar(chart: Element, cell: Standing, middle: float, floor: float, column: float) -> None:
    if cell.band == "ruled out":
        _text(chart, "×", middle, floor - 3, "mark")
        return
    wide, high = min(_WIDEST, column * 0.7), max(_THIN, cell.probability * (_BARS - 12))
    box = {"x": middle - wide / 2, "y": floor - high, "width": wide, "height": high}
    bar = SubElement(chart, "rect", {**{k: f"{v:.1f}" for k, v in box.items()}, "class": _FILLINGS[cell.band]})
    SubElement(bar, "title").text = f"{cell.band}, {percent(cell.probability)}"
    if column >= _WIDEST:
        _text(chart, percent(cell.probability), middle, floor - high - 3, "figure")


def _labels(chart: Element, labels: list[str], base: float) -> None:
    """Write what each column stands for, as many as have room."""
    every = max(1, -(-_LABEL // max(1, int(_column(len(labels))))))
    for place, label in enumerate(labels):
        if place % every == 0:
            _text(chart, label, _middle(place, len(labels)), base, "figure")


def _legend(chart: Element, base: float) -> None:
    for place, (band, filling) in enumerate(_FILLINGS.items()):
        x = _MARGIN + place * 110
        if band == "ruled out":
            _text(chart, "×", x + 7, base, "mark")
        else:
            box = {"x": str(x), "y": str(base - 10), "width": "14", "height": "10", "class": filling}
            SubElement(chart, "rect", box)
        _text(chart, band, x + 20, base)


def _hatching(chart: Element) -> None:
    frame = {"id": "hatching", "width": "4", "height": "4", "patternUnits": "userSpaceOnUse"}
    hatching = SubElement(SubElement(chart, "defs"), "pattern", {**frame, "patternTransform": "rotate(45)"})
    SubElement(hatching, "rect", {"width": "2", "height": "4", "class": "hatch"})


def _text(chart: Element, content: str, x: float, y: float, style: str = "") -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}"}
    SubElement(chart, "text", place | ({"class": style} if style else {})).text = content


def _column(count: int) -> float:
    return (_WIDTH - 2 * _MARGIN) / count


def _middle(place: int, count: int) -> float:
    return _MARGIN + (place + 0.5) * _column(count)
