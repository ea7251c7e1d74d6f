"""Timelines drawn as inline SVG: the steps of one run, and all runs on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement

from syncsage.report.timeline import RunView
from syncsage.report.timeline_steps import StepRow
from syncsage.report.timeline_words import clock, duration

_WIDTH = 720
_LEFT = 290
_RIGHT = 90
_ROW = 26
_THIN = 3.0
_AXIS = 64


def steps_chart(view: RunView) -> Element | None:
    """Return the steps of a run as bars over its time; None where the log shows no times."""
    if not any(step.started for step in view.steps):
        return None
    chart = _canvas(f"Steps of run {view.number}", len(view.steps) * _ROW + 6)
    for row, step in enumerate(view.steps):
        _step(chart, step, row * _ROW + 4)
    return chart


def runs_chart(runs: Sequence[RunView]) -> Element | None:
    """Return all runs on one axis of time; None for fewer than two runs with times of one clock."""
    placed = [
        (view, _instant(view.started), _instant(view.ended if view.ended is not None else view.started))
        for view in runs
        if view.started is not None
    ]
    clocks = {moment.tzinfo is None for view in runs for moment in (view.started, view.ended) if moment is not None}
    if len(placed) < 2 or len(clocks) > 1:
        return None
    first, last = min(begin for _, begin, _ in placed), max(end for _, _, end in placed)
    if last <= first:
        return None
    chart, room = _canvas("All runs", _AXIS), _WIDTH - 20
    SubElement(chart, "line", {"class": "axis", "x1": "10", "x2": str(_WIDTH - 10), "y1": "24", "y2": "24"})
    for view, begin, end in sorted(placed, key=lambda item: _LAYERS[item[0].outcome]):
        at = 10 + (begin - first) / (last - first) * room
        wide = max(_THIN, (end - begin) / (last - first) * room)
        hint = f"Run {view.number}: {view.standing}, {view.began}"
        link = SubElement(chart, "a", {"href": f"#run-{view.number}"})
        _bar(link, (min(at, _WIDTH - 10 - _THIN), 10, wide, 28), _OUTCOMES[view.outcome], hint)
    for anchor, x, view in (("start", 10, placed[0][0]), ("end", _WIDTH - 10, placed[-1][0])):
        label = SubElement(chart, "text", {"x": str(x), "y": "58", "text-anchor": anchor, "class": "ahead"})
        label.text = view.began.partition(" (")[0]
    return chart


_OUTCOMES = {"success": "done", "failure": "failed", "partial": "running"}
#: Of runs that are too near to tell apart the failing ones stay visible.
_LAYERS = {"success": 0, "partial": 1, "failure": 2}


def _step(chart: Element, step: StepRow, top: float) -> None:
    room = _WIDTH - _LEFT - _RIGHT
    label = SubElement(chart, "text", {"x": "4", "y": str(top + 15), "class": step.standing})
    label.text = f"{step.number}  {_cut(step.title)}"
    track = {"x": str(_LEFT), "y": str(top), "width": str(room), "height": "20", "class": "track"}
    SubElement(chart, "rect", track)
    if step.started is not None:
        wide = max(_THIN, step.share * room)
        at = min(_LEFT + step.begin * room, _LEFT + room - _THIN)
        hint = ", ".join(part for part in (step.title, clock(step.started), step.remark) if part)
        _bar(chart, (at, top, wide, 20), step.standing, hint)
    took = SubElement(chart, "text", {"x": str(_WIDTH - _RIGHT + 8), "y": str(top + 15), "class": step.standing})
    took.text = duration(step.seconds) if step.standing != "ahead" else "not reached"


def _bar(chart: Element, box: tuple[float, float, float, float], standing: str, hint: str) -> None:
    x, y, width, height = (f"{value:.1f}" for value in box)
    bar = SubElement(chart, "rect", {"x": x, "y": y, "width": width, "height": height, "rx": "2", "class": standing})
    SubElement(bar, "title").text = hint


def _canvas(name: str, height: int) -> Element:
    return Element("svg", {"viewBox": f"0 0 {_WIDTH} {height}", "role": "img", "aria-label": name})


def _cut(title: str, limit: int = 42) -> str:
    return title if len(title) <= limit else title[: limit - 1].rstrip() + "…"


def _instant(moment: datetime) -> float:
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
