"""Dates and times as logs write them: local time, bias, order of day and month, the bridge to UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from syncsage.knowledge.patterns import compiled

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_QUARTER = timedelta(minutes=15)
#: The clocks of the world lie at most so far from UTC.
_FARTHEST = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date and a time that was read.

    Attributes:
        time: As written.
        swapped: The same with day and month in the other order, where the form leaves that open and both would do.
        bias: Minutes to add to reach UTC, None if it does not say.
        open: The form leaves the order of day and month open.
        day_first: The order shows: True or False where only one of the two is possible.
    """

    time: datetime
    bias: int | None = None
    open: bool = False
    swapped: datetime | None = None
    day_first: bool | None = None


class StampReader:
    """Reads stamps of one form.

    Args:
        patterns: As ``LogFormat.stamps``.
        zones: Name of a time zone -> minutes to UTC.
    """

    def __init__(self, patterns: Sequence[str], zones: Mapping[str, int]) -> None:
        self._patterns = tuple(compiled(pattern) for pattern in patterns)
        self._zones = {name.lower(): bias for name, bias in zones.items()}

    def read(self, text: str, bias: str = "") -> Stamp | None:
        """Return the stamp that ``text`` begins with, or None where there is none or it names no real time."""
        for pattern in self._patterns:
            match = pattern.match(text)
            if match is not None:
                try:
                    return self._stamp(match.groupdict(), bias)
                except (ValueError, OverflowError):
                    continue
        return None

    def _stamp(self, parts: Mapping[str, str | None], bias: str) -> Stamp:
        bias = parts.get("bias") or bias
        minutes = int(bias) if bias else self._zones.get((parts.get("zone") or "").strip().lower())
        one, two = parts.get("one"), parts.get("two")
        if one is None or two is None:
            return Stamp(_time(parts, _month(parts["month"] or ""), int(parts["day"] or "")), minutes)
        first, second = int(one), int(two)
        if first > 12:
            return Stamp(_time(parts, second, first), minutes, True, None, True)
        if second > 12:
            return Stamp(_time(parts, first, second), minutes, True, None, False)
        return Stamp(_time(parts, first, second), minutes, True, _time(parts, second, first))


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS.get(word[:3].lower(), 0)


def _time(parts: Mapping[str, str | None], month: int, day: int) -> datetime:
    year, hour = int(parts["year"] or ""), int(parts["hour"] or "")
    half = (parts.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    micros = int(((parts.get("fraction") or "") + "000000")[:6])
    return datetime(
        year + 2000 if year < 100 else year,
        month,
        day,
        hour,
        int(parts["minute"] or ""),
        int(parts["second"] or ""),
        micros,
    )


def to_utc(local: datetime, bias: int) -> datetime | None:
    """Return ``local`` in UTC by the bias of Windows: UTC is local time plus bias (minutes)."""
    try:
        return (local + timedelta(minutes=bias)).replace(tzinfo=UTC)
    except OverflowError:
        return None


def as_utc(stamp: datetime) -> datetime:
    """Return a naive time that is known to be UTC as such."""
    return stamp.replace(tzinfo=UTC)


def bias_between(local: datetime, utc: datetime) -> int | None:
    """Return the bias by which ``local`` and ``utc`` are the same moment, give or take some minutes; else None.

    A message is written a moment after the status message in it was stamped; biases are whole quarters of an hour.
    """
    difference = utc.replace(tzinfo=None) - local
    quarters = round(difference / _QUARTER)
    near = abs(difference - quarters * _QUARTER) <= timedelta(minutes=3)
    return quarters * 15 if near and abs(difference) <= _FARTHEST else None


def day_comes_first(stamps: Iterable[Stamp], bridges: Iterable[tuple[Stamp, datetime]]) -> bool | None:
    """Tell in which order day and month stand, None where nothing shows it.

    Args:
        stamps: The stamps of one log.
        bridges: Stamps whose time in UTC is known as well.
    """
    for stamp in stamps:
        if stamp.day_first is not None:
            return stamp.day_first
    for stamp, utc in bridges:
        as_month_first = bias_between(stamp.time, utc) is not None
        as_day_first = stamp.swapped is not None and bias_between(stamp.swapped, utc) is not None
        if as_month_first != as_day_first:
            return as_day_first
    return None


_WHITE = re.compile(r"\s+")


def joined(date: str, time: str) -> str:
    """Return date and time as one text, the way patterns of stamps expect it."""
    return _WHITE.sub(" ", f"{date} {time}").strip()
