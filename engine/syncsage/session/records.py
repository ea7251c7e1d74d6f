"""Lines of a session file: one JSON object each, as ``session.schema.json`` describes them.

A line of kind ``opened`` says who writes, with which engine and knowledge; every other line is an event, its number,
and where it led (``then``). Ticks have no number and lead nowhere.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from syncsage.explanation import Stand
from syncsage.observing.model import Level
from syncsage.session.events import Event, EventKind
from syncsage.session.outcome import Holder, Outcome
from syncsage.step import Band, UnknownReason

#: Format of the files that are written; files of format 1 are read too.
FORMAT = 2
_TEXTS = ("id", "value", "reason", "text")
_NUMBERS = ("undoes", "step")


@dataclass(frozen=True, slots=True)
class Opened:
    """A line that says who writes from here on; where a session is taken up again, also where it then stands."""

    engine: str
    knowledge: str
    holder: Holder | None
    format: int = FORMAT
    then: Outcome | None = None


def opened_here(engine: str, knowledge: str, then: Outcome | None = None) -> Opened:
    """Return the line for this process."""
    return Opened(engine, knowledge, Holder(os.getpid(), platform.node() or "this machine"), then=then)


def opened_line(opened: Opened) -> bytes:
    """Return ``opened`` as a line."""
    holder = opened.holder
    by = {"by": {"pid": holder.pid, "host": holder.host}} if holder else {}
    versions = {"format": opened.format, "engine": opened.engine, "knowledge": opened.knowledge}
    return _line({"kind": "opened", **versions, **by, **_led(opened.then)})


def event_line(event: Event, then: Outcome | None) -> bytes:
    """Return ``event`` as a line."""
    said: dict[str, Any] = {name: value for name in _TEXTS if (value := getattr(event, name))}
    if event.kind not in ("answered", "tried") or event.value != "unknown":
        said.pop("reason", None)
    said |= {name: value for name in _NUMBERS if (value := getattr(event, name))}
    number = {"n": event.number} if event.number else {}
    return _line({**number, "kind": event.kind, **said, **_led(then)})


def read_opened(data: Mapping[str, Any]) -> Opened:
    """Return the line that ``data`` is.

    Raises:
        ValueError: It is none.
    """
    try:
        by = data.get("by")
        holder = Holder(int(by["pid"]), str(by["host"])) if by is not None else None
        then = _read_outcome(data["then"]) if "then" in data else None
        return Opened(str(data["engine"]), str(data["knowledge"]), holder, int(data["format"]), then)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("it does not say what it was written with") from error


def read_event(data: Mapping[str, Any]) -> tuple[Event, Outcome | None]:
    """Return the event that ``data`` is, and where it led, where that was kept.

    Raises:
        ValueError: It is none.
    """
    given = dict(data)
    number, then = given.pop("n", 0), given.pop("then", None)
    try:
        event = Event(**given, number=number)
        outcome = _read_outcome(then) if then is not None else None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError("it is no event") from error
    kinds = event.kind in get_args(EventKind) and event.reason in get_args(UnknownReason)
    texts = all(isinstance(getattr(event, name), str) for name in _TEXTS)
    if not kinds or not texts or not all(type(n) is int and n >= 0 for n in (event.undoes, event.step, event.number)):
        raise ValueError("it is no event")
    return event, outcome


def _line(data: Mapping[str, Any]) -> bytes:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return body.encode("utf-8", "backslashreplace") + b"\n"  # a lone surrogate stays one in JSON


def _led(then: Outcome | None) -> dict[str, Any]:
    if then is None:
        return {}
    outcome = {
        "match": then.match,
        "problems": list(then.problems),
        "causes": [[stand.id, stand.band, stand.probability] for stand in then.causes],
        "next": then.next,
        "stop_reason": then.stop_reason,
    }
    return {"then": outcome}


def _read_outcome(data: Mapping[str, Any]) -> Outcome:
    causes = tuple(Stand(str(id_), band, float(probability)) for id_, band, probability in data["causes"])
    sound = data["match"] in get_args(Level) and all(stand.band in get_args(Band) for stand in causes)
    if not sound:
        raise ValueError("no outcome")
    return Outcome(data["match"], tuple(map(str, data["problems"])), causes, data["next"], data["stop_reason"])
