"""How runs of a process look in logs: ``runs.yaml`` as frozen objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

_Data = Mapping[str, Any]
Patterns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunLog:
    """One kind of log.

    Attributes:
        id: Its name.
        kind: What a track calls it; several logs may be of one kind.
        file: The name under which a person opens it.
        components: Writers of its records, as the format names them.
        files: Patterns of its file names.
        formats: Formats that only this kind has.
        marks: Patterns of its records.
        sources: Patterns with a group ``source`` for the method that wrote a record of one of ``formats``.
        step: Step in which a run fails that is seen in this log alone.
        wake: Records that come before a run begins.
        begin: Records that begin a run.
        done: Records that end it well.
        failed: Records that end it badly.
        close: Records after which nothing of the run follows but ``after``.
        after: Records that belong to the run that ended.
        good: Without a run: what it was about went well.
        fine: Without a run: a part went well; weaker than any of the others.
        bad: Without a run: it failed.
        begun: Without a run: it began.
        sticky: A failure stays one even if something went well after it.
    """

    id: str
    kind: str
    title: str
    file: str
    components: Patterns
    files: Patterns
    formats: Patterns
    marks: Patterns
    sources: Patterns
    step: str
    wake: Patterns
    begin: Patterns
    done: Patterns
    failed: Patterns
    close: Patterns
    after: Patterns
    good: Patterns
    fine: Patterns
    bad: Patterns
    begun: Patterns
    sticky: bool


@dataclass(frozen=True, slots=True)
class RunRole:
    """A role that shows in ``marks`` and follows the steps of ``tracking``; ``only`` where nothing else shows one."""

    id: str
    tracking: str
    marks: Patterns
    only: bool


@dataclass(frozen=True, slots=True)
class RunTrigger:
    """What may set a run off, and the marks of it."""

    value: str
    marks: Patterns


@dataclass(frozen=True, slots=True)
class FailingStep:
    """Words of a failure that tell its step; ``weak`` ones only where the run shows no position."""

    step: str
    marks: Patterns
    weak: bool


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Work beside the runs: how it looks, and how it shows that it went well or badly."""

    marks: Patterns
    good: Patterns
    bad: Patterns


@dataclass(frozen=True, slots=True)
class RunCase:
    """What holds for a run (``when``: property -> accepted values), and what follows from it."""

    when: Mapping[str, Patterns]
    log: str
    set: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SignatureForms:
    """How the parts of a failure that no language changes are written.

    Attributes:
        prefixes: Error class -> step it belongs to.
        prefix_forms: Patterns with a group ``prefix`` for classes that are not listed.
        exceptions: Names of exceptions, for their capitals.
        exception_forms: Patterns with a group ``exception``.
        frames: Patterns of stack frames; names in them are no exceptions.
        codes: Patterns with groups ``code...``; ``bare`` for hexadecimal digits without their mark.
        sources: Patterns with a group ``source``.
        names: Sources, for their capitals.
    """

    prefixes: Mapping[str, str]
    prefix_forms: Patterns
    exceptions: Patterns
    exception_forms: Patterns
    frames: Patterns
    codes: Patterns
    sources: Patterns
    names: Patterns


@dataclass(frozen=True, slots=True)
class RunKnowledge:
    """All of ``runs.yaml``.

    ``default_role`` is the one whose steps are followed while no role is known, ``kind`` what a text is called that is
    of no log named here.
    """

    default_role: str
    kind: str
    logs: tuple[RunLog, ...]
    failures: Patterns
    maintenance: Maintenance
    idle: Patterns
    waiting: Patterns
    items: Patterns
    item_details: Patterns
    roles: tuple[RunRole, ...]
    triggers: tuple[RunTrigger, ...]
    sites: Patterns
    origins: Patterns
    stamps: Patterns
    stamp_form: str
    progress: Patterns
    series: Patterns
    failing: tuple[FailingStep, ...]
    next_logs: tuple[RunCase, ...]
    known: tuple[RunCase, ...]
    signature: SignatureForms


def build_runs(data: _Data) -> RunKnowledge:
    """Make the typed form of a ``runs.yaml`` that fits its schema."""
    return RunKnowledge(
        default_role=data.get("default_role", ""),
        kind=data.get("kind", "other"),
        logs=tuple(_log(item) for item in data["logs"]),
        maintenance=_maintenance(data.get("maintenance", {})),
        roles=tuple(_role(item) for item in data.get("roles", ())),
        triggers=tuple(RunTrigger(item["value"], tuple(item["marks"])) for item in data.get("triggers", ())),
        stamp_form=data.get("stamp_form", ""),
        failing=tuple(_failing(item) for item in data.get("failing", ())),
        next_logs=tuple(_case(item) for item in data.get("next_logs", ())),
        known=tuple(_case(item) for item in data.get("known", ())),
        signature=_signature(data.get("signature", {})),
        **{name: tuple(data.get(name, ())) for name in _PATTERNS},
    )


#: Fields of ``runs.yaml`` that are plain lists of patterns.
_PATTERNS = ("failures", "idle", "waiting", "items", "item_details", "sites", "origins", "stamps", "progress", "series")


def _log(data: _Data) -> RunLog:
    lists = {f.name: tuple(data.get(f.name, ())) for f in fields(RunLog) if f.type == "Patterns"}
    return RunLog(
        id=data["id"],
        kind=data.get("kind", data["id"]),
        title=data.get("title", data["id"]),
        file=data.get("file", data["id"]),
        step=data.get("step", ""),
        sticky=data.get("sticky", False),
        **lists,
    )


def _role(data: _Data) -> RunRole:
    return RunRole(data["id"], data["tracking"], tuple(data.get("marks", ())), data.get("only", False))


def _failing(data: _Data) -> FailingStep:
    return FailingStep(data["step"], tuple(data["marks"]), data.get("weak", False))


def _maintenance(data: _Data) -> Maintenance:
    return Maintenance(*(tuple(data.get(name, ())) for name in ("marks", "good", "bad")))


def _case(data: _Data) -> RunCase:
    when = {name: tuple(values) for name, values in sorted(data.get("when", {}).items())}
    return RunCase(when, data.get("log", ""), dict(sorted(data.get("set", {}).items())))


def _signature(data: _Data) -> SignatureForms:
    lists = {f.name: tuple(data.get(f.name, ())) for f in fields(SignatureForms) if f.type == "Patterns"}
    return SignatureForms(prefixes={item["name"]: item.get("step", "") for item in data.get("prefixes", ())}, **lists)
