"""Steps and parsed texts as plain data for JSON: stable order, no trace, nothing that changes between runs."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from syncsage.observing.logs.model import FailureSignature, Quote, Run, RunStep, Track
from syncsage.observing.model import CodeHit, Match, Observation, Parsed, Span
from syncsage.step import Next, ProcedureView, RankedCause, Step


def step_to_dict(step: Step) -> dict[str, Any]:
    """Return the JSON form of a step; its schema is ``syncsage/step.schema.json``."""
    return {
        "match": step.match,
        "problems": [match_to_dict(m) for m in step.problems],
        "nearest": [match_to_dict(m) for m in step.nearest],
        "causes": [_cause(c) for c in step.causes],
        "next": _next(step.next) if step.next else None,
        "should_stop": step.should_stop,
        "stop_reason": step.stop_reason,
        "conflicts": [asdict(conflict) for conflict in step.conflicts],
        "to_collect": [asdict(item) for item in step.to_collect],
        "observations": [_observation(o) for o in step.observations],
        "advice": list(step.advice),
        "procedures": [procedure_to_dict(p) for p in step.procedures],
        "asked": step.asked,
        "kb_version": step.kb_version,
    }


def parsed_to_dict(parsed: Parsed) -> dict[str, Any]:
    """Return the JSON form of a parsed text."""
    return {
        "level": parsed.level,
        "problems": [match_to_dict(m) for m in parsed.problems],
        "nearest": [match_to_dict(m) for m in parsed.nearest],
        "observations": [_observation(o) for o in parsed.observations],
        "codes": [_code(code) for code in parsed.codes],
        "salient": list(parsed.salient),
        "masked": parsed.masked,
        "notes": list(parsed.notes),
    }


def track_to_dict(track: Track) -> dict[str, Any]:
    """Return the JSON form of what logs say; times as ISO 8601, in UTC with an offset, local ones without."""
    return {
        "verdict": track.verdict,
        "kind": track.kind,
        "format": track.format,
        "problems": list(track.problems),
        "runs": [_run(run) for run in track.runs],
        "signature": _signature(track.signature),
        "quotes": [_quote(quote) for quote in track.quotes],
        "known": dict(track.known),
        "records": track.records,
        "files": list(track.files),
        "notes": list(track.notes),
    }


def match_to_dict(match: Match) -> dict[str, Any]:
    """Return the JSON form of a match."""
    return asdict(match) | {"where": _span(match.where)}


def procedure_to_dict(procedure: ProcedureView) -> dict[str, Any]:
    """Return the JSON form of a procedure."""
    return asdict(procedure) | {
        "needs": list(procedure.needs),
        "steps": [asdict(step) for step in procedure.steps],
        "notes": list(procedure.notes),
        "sources": list(procedure.sources),
        "others": [{"title": title, "steps": [asdict(s) for s in steps]} for title, steps in procedure.others],
    }


def _cause(cause: RankedCause) -> dict[str, Any]:
    return asdict(cause) | {
        "supporting": [asdict(g) for g in cause.supporting],
        "against": [asdict(g) for g in cause.against],
        "unknown": list(cause.unknown),
    }


def _next(following: Next) -> dict[str, Any]:
    return asdict(following) | {
        "choices": [asdict(option) for option in following.choices],
        "procedure": procedure_to_dict(following.procedure) if following.procedure else None,
        "verify": procedure_to_dict(following.verify) if following.verify else None,
    }


def _observation(observation: Observation) -> dict[str, Any]:
    return asdict(observation) | {"where": _span(observation.where)}


def _run(run: Run) -> dict[str, Any]:
    return _shallow(run) | {
        "started": _time(run.started),
        "started_local": _time(run.started_local),
        "ended": _time(run.ended),
        "steps": [_shallow(s) | {"started": _time(s.started), "lines": list(s.lines)} for s in run.steps],
        "signature": _signature(run.signature),
        "problems": list(run.problems),
        "quotes": [_quote(quote) for quote in run.quotes],
        "notes": list(run.notes),
    }


def _code(code: CodeHit) -> dict[str, Any]:
    columns = list(code.columns) if code.columns else None
    return asdict(code) | {"where": _span(code.where), "columns": columns}


def _signature(signature: FailureSignature) -> dict[str, Any]:
    return _shallow(signature) | {"exceptions": list(signature.exceptions), "codes": list(signature.codes)}


def _quote(quote: Quote) -> dict[str, Any]:
    return _shallow(quote)


def _shallow(item: Run | RunStep | FailureSignature | Quote) -> dict[str, Any]:
    """Return the fields of ``item`` as they are; ``asdict`` copies all below them, which takes long for many runs."""
    return {f.name: getattr(item, f.name) for f in fields(item)}


def _time(time: datetime | None) -> str | None:
    return time.isoformat(timespec="milliseconds") if time else None


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.first, span.last]
