"""How each cause moved with every answer, as rows of a table: the drawing and its words show the same."""

from __future__ import annotations

from dataclasses import dataclass

from syncsage.report.model import Report
from syncsage.report.parts import Standing

#: Causes shown; the rest were never near.
_ROWS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One cause: how it stood after each turn, None where it was not in question."""

    title: str
    cells: tuple[Standing | None, ...]


def moving_rows(report: Report) -> tuple[Row, ...]:
    """Return the causes that mattered most, in the order in which they stand in the end.

    Nothing is returned where nothing could move: with less than two turns.
    """
    if len(report.moments) < 2:
        return ()
    titles = {cause.id: cause.title for cause in report.titles}
    by_moment = [{standing.id: standing for standing in moment.causes} for moment in report.moments]
    rows = {id_: tuple(causes.get(id_) for causes in by_moment) for id_ in titles}
    peaks = {id_: max((cell.probability for cell in cells if cell), default=0.0) for id_, cells in rows.items()}
    kept = set(sorted(peaks, key=lambda id_: -peaks[id_])[:_ROWS])
    last = {id_: cells[-1] for id_, cells in rows.items()}
    order = sorted(
        kept, key=lambda id_: (-(standing.probability if (standing := last[id_]) else -1.0), -peaks[id_], id_)
    )
    return tuple(Row(titles[id_], rows[id_]) for id_ in order)
