"""Runs, times and durations in words: short ones, the same on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from syncsage.observing.logs.model import FailureSignature, Run, Verdict

ROLES: Mapping[str, str] = {"top": "top level", "child": "child", "replica": "replica"}
TRIGGERS: Mapping[str, str] = {
    "schedule": "on schedule",
    "manual": "started by hand",
    "parent": "asked by its parent",
    "retry": "a retry",
}
#: What a text without a visible run says.
WITHOUT_RUN: Mapping[Verdict, str] = {
    "success": "It tells of success; no run is visible.",
    "failure": "It tells of a failure; no run is visible.",
    "partial": "Something failed or is unfinished; no run is visible.",
    "none": "Nothing in it could succeed or fail.",
}


def duration(seconds: float | None) -> str:
    """Return ``seconds`` as people say it, empty for None."""
    if seconds is None:
        return ""
    whole = round(seconds)
    if whole < 1:
        return "< 1 s"
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours:02} h"
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def zone(moment: datetime) -> str:
    """Return which clock ``moment`` is read from: a time without a zone is the writer's own."""
    return "UTC" if moment.tzinfo is not None else "local"


def clock(moment: datetime | None) -> str:
    """Return the time of day, empty for None."""
    return f"{_as_shown(moment):%H:%M:%S}" if moment is not None else ""


def moments(moment: datetime | None, local: datetime | None) -> str:
    """Return date and time in UTC and by the clock of the writer, as far as they are known."""
    shown = moment if moment is not None else local
    if shown is None:
        return ""
    text = f"{_as_shown(shown):%Y-%m-%d %H:%M:%S} {zone(shown)}"
    if local is None or shown is local or shown.tzinfo is None:
        return text
    other_day = local.date() != _as_shown(shown).date()
    return f"{text} ({local:%Y-%m-%d %H:%M:%S} local)" if other_day else f"{text} ({local:%H:%M:%S} local)"


def progress(run: Run) -> str:
    """Return how far an unfinished run says it is: ``93%, ETA 0:00:03``."""
    parts = [f"{run.percent}%" if run.percent is not None else "", f"ETA {run.eta}" if run.eta else ""]
    return ", ".join(part for part in parts if part)


def standing(run: Run) -> str:
    """Return the outcome of a run in one or two words."""
    if run.outcome == "success":
        return "succeeded"
    if run.outcome == "failure":
        return "failed"
    return "waiting" if run.waiting else "unfinished"


def verdict(run: Run, place: str, *, latest: bool = True) -> str:
    """Return the outcome of a run in a sentence.

    Args:
        run: The run.
        place: The step it failed in or stands at, such as ``step 3 of 6 (title)``; empty where it is not shown.
        latest: Whether no other run follows it in the log.
    """
    if run.outcome == "success":
        return "Succeeded."
    if run.outcome == "failure":
        return f"Failed in {place}." if place else "Failed; the log does not show in which step."
    if run.failing_step is not None:
        return f"Something failed in {place}; the end is not shown."
    if run.waiting:
        return f"Nothing is wrong so far: it waits in {place}." if place else "Nothing is wrong so far: it waits."
    far = progress(run)
    where = f"{'the log ends' if latest else 'it breaks off'} in {place}" if place else "the end is not shown"
    return f"Unfinished: {where}{', ' + far if far else ''}."


def items_failed(count: int) -> str:
    """Return how many items failed inside a run that went on, empty for none."""
    if not count:
        return ""
    return f"{count:,} {'item' if count == 1 else 'items'} failed inside it without ending it."


def signature(of: FailureSignature) -> str:
    """Return what identifies a failure, on one line; empty where nothing does."""
    parts = [of.prefix or "", *of.exceptions, *of.codes, of.source or ""]
    return " · ".join(part for part in parts if part)


def _as_shown(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment
