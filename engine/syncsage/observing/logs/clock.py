"""Clocks of records: which order day and month stand in, and how far local time is from UTC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from syncsage.observing.logs.model import LogRecord
from syncsage.observing.logs.stamps import Stamp, as_utc, bias_between, day_comes_first, to_utc


@dataclass(frozen=True, slots=True)
class Dated:
    """A record whose times are still to be set where its stamp does not say them by itself.

    Attributes:
        record: The record.
        stamp: Its stamp as written.
        utc: The stamp is UTC.
        known: A time in UTC that its message names.
    """

    record: LogRecord
    stamp: Stamp | None
    utc: bool
    known: datetime | None


def set_clocks(dated: Sequence[Dated]) -> tuple[tuple[LogRecord, ...], tuple[str, ...]]:
    """Return the records of one log with their times, and remarks.

    Local time without a bias is taken to UTC by the bias that messages of the same log show that name a time in UTC.
    """
    bridges = [(d.stamp, d.known) for d in dated if d.stamp and d.known]
    unsure = [d.stamp for d in dated if d.stamp and d.stamp.open]
    day_first = day_comes_first(unsure, bridges) if unsure else None
    notes: list[str] = []
    if unsure and day_first is None and any(stamp.swapped and stamp.swapped != stamp.time for stamp in unsure):
        notes.append("dates can be read in two ways: taken as month/day/year")
    bias = _bias(dated, day_first is True)
    return tuple(_clocked(d, day_first is True, bias) for d in dated), tuple(notes)


def _bias(dated: Sequence[Dated], day_first: bool) -> int | None:
    """Return the bias of stamps that name none, by the messages that name a time in UTC."""
    found: Counter[int] = Counter()
    for d in dated:
        if d.stamp and d.known and d.stamp.bias is None and not d.utc:
            bias = bias_between(_local(d.stamp, day_first), d.known)
            if bias is not None:
                found[bias] += 1
    return found.most_common(1)[0][0] if found else None


def _local(stamp: Stamp, day_first: bool) -> datetime:
    return stamp.swapped if day_first and stamp.swapped is not None else stamp.time


def times(stamp: Stamp, utc: bool) -> tuple[datetime | None, datetime | None] | None:
    """Return local time and UTC of a stamp that says both by itself, None where other records of the log must help."""
    if stamp.open:
        return None
    if utc:
        return None, as_utc(stamp.time)
    return None if stamp.bias is None else (stamp.time, to_utc(stamp.time, stamp.bias))


def _clocked(dated: Dated, day_first: bool, bias: int | None) -> LogRecord:
    record, stamp = dated.record, dated.stamp
    if record.utc is not None:
        return record
    if stamp is None:
        return replace(record, utc=dated.known) if dated.known else record
    time = _local(stamp, day_first)
    if dated.utc:
        return replace(record, utc=as_utc(time))
    bias = stamp.bias if stamp.bias is not None else bias
    return replace(record, local=time, utc=None if bias is None else to_utc(time, bias))
