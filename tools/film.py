"""Screens with their times as one drawing that plays by itself: SVG and CSS, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from screen import Cell, Screen, Style

_LINE, _CHARACTER, _EDGE = 18, 8.4, 16
_FONTS = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace"
#: Class of a style of the screen, and its colour on dark and on light ground; each has a contrast of 4.5 at least.
_COLOURS = {
    "green": ("g", "#7ec699", "#116329"),
    "bright_green": ("g", "#7ec699", "#116329"),
    "yellow": ("y", "#e6c07b", "#7d4e00"),
    "red": ("r", "#e88388", "#a40e26"),
}
_GROUND, _INK, _FRAME = ("#20242c", "#f6f8fa"), ("#d8dee9", "#24292f"), ("#4b5263", "#d0d7de")


@dataclass(frozen=True, slots=True)
class Frame:
    """A screen, and the seconds from the beginning at which it appears."""

    at: float
    screen: Screen


@dataclass(frozen=True, slots=True)
class Span:
    """The frames, from ``first`` to before ``end``, that show the same thing in the same place."""

    first: int
    end: int


def draw(frames: Sequence[Frame], length: float, label: str) -> str:
    """Return ``frames`` as a drawing that plays for ``length`` seconds, again and again.

    Whoever has asked the system for less motion sees the last frame.

    Args:
        frames: In the order of their times, all of one size.
        length: Seconds; the last frame stays to that point.
        label: What it shows, for those who do not see it.
    """
    size = frames[0].screen
    width, height = _EDGE * 2 + _CHARACTER * size.columns, _EDGE * 2 + _LINE * size.lines
    spans = _spans(frames)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{escape(label)}" xml:space="preserve">'
    )
    ground = f'<rect class="ground" x=".5" y=".5" width="{width - 1:.0f}" height="{height - 1:.0f}" rx="8"/>'
    style = f"<style>{''.join(_rules(frames, spans, length))}</style>"
    groups = [_group(span, parts) for span, parts in spans.items()]
    return "\n".join(
        [opening, style, ground, f'<g transform="translate({_EDGE} {_EDGE})">', *groups, "</g>", "</svg>\n"]
    )


def _spans(frames: Sequence[Frame]) -> dict[Span, list[str]]:
    """Return everything to be drawn, by when it is seen; what does not change from frame to frame is drawn once."""
    open_: dict[str, int] = {}
    spans: dict[Span, list[str]] = {}
    for number, frame in enumerate(frames):
        parts = dict.fromkeys(_parts(frame.screen))
        for part in [part for part in open_ if part not in parts]:
            spans.setdefault(Span(open_.pop(part), number), []).append(part)
        open_ |= {part: number for part in parts if part not in open_}
    for part, first in open_.items():
        spans.setdefault(Span(first, len(frames)), []).append(part)
    return dict(sorted(spans.items(), key=lambda item: (item[0].first, item[0].end)))


def _parts(screen: Screen) -> Iterator[str]:
    x, y = screen.cursor
    yield f'<rect class="cursor" x="{_CHARACTER * x:.1f}" y="{_LINE * y}" width="{_CHARACTER}" height="{_LINE}"/>'
    for row, runs in enumerate(screen.runs()):
        if runs:
            yield _text(row, runs)


def _text(row: int, runs: Sequence[Cell]) -> str:
    wide = _CHARACTER * sum(len(text) for _, text in runs)
    words = "".join(_words(style, text) for style, text in runs)
    return f'<text y="{_LINE * row + 13}" textLength="{wide:.1f}">{words}</text>'


def _words(style: Style, text: str) -> str:
    names = {_COLOURS[name][0] for name in style if name in _COLOURS}
    names |= {sign for name, sign in (("bold", "b"), ("dim", "d"), ("grey", "d")) if name in style}
    words = escape(text, quote=False)
    return f'<tspan class="{" ".join(sorted(names))}">{words}</tspan>' if names else words


def _group(span: Span, parts: Iterable[str]) -> str:
    return f'<g class="{_name(span)}">{"".join(parts)}</g>'


def _name(span: Span) -> str:
    return f"f{span.first}-{span.end}"


def _rules(frames: Sequence[Frame], spans: Iterable[Span], length: float) -> Iterator[str]:
    """Yield the style sheet: colours for both grounds, and when each span is seen."""
    yield f"text{{font:14px {_FONTS};white-space:pre}}.b{{font-weight:bold}}.d{{fill-opacity:.7}}"
    yield ".cursor{fill-opacity:.4}" + _palette(0) + f"@media(prefers-color-scheme:light){{{_palette(1)}}}"
    ends = [frame.at for frame in frames] + [length]
    moving = [span for span in spans if span != Span(0, len(frames))]
    for span in moving:
        shown = "visible" if span.end == len(frames) else "hidden"
        yield f".{_name(span)}{{visibility:{shown};animation:{_name(span)} {length:g}s step-end infinite}}"
        first, end = (100 * ends[number] / length for number in (span.first, span.end))
        before = "0%{visibility:hidden}" if span.first else ""
        after = f"{end:.2f}%{{visibility:hidden}}" if span.end < len(frames) else ""
        yield f"@keyframes {_name(span)}{{{before}{first:.2f}%{{visibility:visible}}{after}}}"
    yield "@media(prefers-reduced-motion:reduce){g{animation:none!important}}"


def _palette(ground: int) -> str:
    colours = {sign: (dark, light) for sign, dark, light in _COLOURS.values()}
    inks = "".join(f".{sign}{{fill:{of[ground]}}}" for sign, of in colours.items())
    return f".ground{{fill:{_GROUND[ground]};stroke:{_FRAME[ground]}}}text,.cursor{{fill:{_INK[ground]}}}{inks}"
