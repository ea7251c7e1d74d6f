"""Entries made into typed objects, with the defaults of optional fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from syncsage.knowledge.entries import Entry, EntryKind, content_hash
from syncsage.knowledge.formats import build_format
from syncsage.knowledge.model import (
    Cause,
    Choice,
    CodeEntry,
    CodeKind,
    CodePart,
    CodeRange,
    Condition,
    Derivation,
    Domain,
    Finding,
    KnowledgeBase,
    KnowledgeRule,
    Likelihood,
    Origin,
    Problem,
    Procedure,
    ProcedureStep,
    Scope,
    Signature,
    SourceDocument,
    SourceRef,
    Tracking,
    TrackingStep,
    Variant,
)
from syncsage.knowledge.runs import build_runs

_T = TypeVar("_T")
_Data = Mapping[str, Any]


def build(
    entries: Iterable[Entry], digest: str = "", literals: Mapping[str, Sequence[str]] | None = None
) -> KnowledgeBase:
    """Make the typed knowledge base of valid entries.

    Args:
        entries: Every entry fits its schema; one of them is the domain.
        digest: The content hash where it is already known.
        literals: What is known of its patterns.

    Returns:
        The knowledge, every mapping sorted by id, so that equal hashes mean equal objects in equal order.
    """
    kinds: dict[EntryKind, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.key):
        kinds.setdefault(entry.kind, []).append(entry)
    digest = digest or content_hash(entry for group in kinds.values() for entry in group)

    def every(kind: EntryKind, make: Callable[[_Data, Origin], _T]) -> dict[str, _T]:
        return {e.id: make(e.data, Origin(e.file, e.line)) for e in kinds.get(kind, ())}

    code_kinds = every("code-kind", _code_kind)
    domain = every("domain", lambda data, origin: _domain(data, origin, code_kinds))["domain"]
    return KnowledgeBase(
        domain=domain,
        problems=every("problem", _problem),
        causes=every("cause", _cause),
        procedures=every("procedure", _procedure),
        findings=every("finding", _finding),
        rules=every("rule", _rule),
        tracking=every("tracking", _tracking),
        runs=every("runs", lambda data, _: build_runs(data)).get("runs"),
        formats=every("format", lambda data, _: build_format(data)),
        codes=tuple(every("code", _code).values()),
        sources=every("source", _source),
        hash=digest,
        version=f"{domain.id}-{digest[:12]}",
        literals=literals or {},
    )


def _texts(data: _Data, name: str) -> tuple[str, ...]:
    return tuple(data.get(name, ()))


def _sorted(data: _Data, name: str) -> dict[str, str]:
    return dict(sorted(data.get(name, {}).items()))


def _scope(data: _Data, name: str = "scope") -> Scope:
    return {finding: tuple(values) for finding, values in sorted(data.get(name, {}).items())}


def _sources(data: _Data) -> tuple[SourceRef, ...]:
    return tuple(SourceRef(ref["document"], ref["section"]) for ref in data.get("sources", ()))


def _domain(data: _Data, origin: Origin, code_kinds: Mapping[str, CodeKind]) -> Domain:
    return Domain(
        id=data["id"],
        title=data["title"],
        greeting=data["greeting"],
        examples=_texts(data, "examples"),
        error_text=data.get("error_text", ""),
        synonyms=_sorted(data, "synonyms"),
        vocabulary=_texts(data, "vocabulary"),
        core=_texts(data, "core"),
        foreign=_texts(data, "foreign"),
        noise=_texts(data, "noise"),
        boilerplate=_texts(data, "boilerplate"),
        salient=_texts(data, "salient"),
        continuations=_texts(data, "continuations"),
        public=_texts(data, "public"),
        private=_texts(data, "private"),
        code_kinds=code_kinds,
        bands={name: float(bound) for name, bound in sorted(data.get("bands", {}).items())},
        bands_model=str(data.get("bands_model", "")),
        origin=origin,
        places=_texts(data, "places"),
        reading=_texts(data, "reading"),
    )


def _code_kind(data: _Data, _: Origin) -> CodeKind:
    return CodeKind(
        title=data["title"],
        seen=_texts(data, "seen"),
        parts=tuple(_code_part(item) for item in data.get("parts", ())),
        ranges=tuple(_code_range(item) for item in data.get("ranges", ())),
        says=data.get("says", ""),
    )


def _code_part(data: _Data) -> CodePart:
    high, _, low = data["bits"].partition("-")
    return CodePart(data["title"], int(high), int(low or high), _sorted(data, "names"))


def _code_range(data: _Data) -> CodeRange:
    first, last = (int(data[end], 16 if data[end].startswith("0x") else 10) for end in ("first", "last"))
    return CodeRange(first, last, data.get("title", ""), data.get("holds", ""), data.get("same", False))


def _source(data: _Data, origin: Origin) -> SourceDocument:
    return SourceDocument(
        data["id"],
        data["title"],
        data.get("product", ""),
        data.get("version", ""),
        data.get("date", ""),
        origin,
    )


def _code(data: _Data, origin: Origin) -> CodeEntry:
    return CodeEntry(
        code=data["code"],
        kind=data["kind"],
        title=data["title"],
        meaning=data.get("meaning", ""),
        component=data.get("component", ""),
        problems=_texts(data, "problems"),
        about=_texts(data, "about"),
        seen=_texts(data, "seen"),
        sources=_sources(data),
        origin=origin,
        also=_texts(data, "also"),
        says=data.get("says", ""),
    )


def _signature(data: _Data) -> Signature:
    return Signature(
        all=_texts(data, "all"),
        none=_texts(data, "none"),
        level=data["level"],
        samples=_texts(data, "samples"),
        overlaps=_texts(data, "overlaps"),
        implies=_sorted(data, "implies"),
    )


def _problem(data: _Data, origin: Origin) -> Problem:
    return Problem(
        id=data["id"],
        title=data["title"],
        summary=data["summary"],
        coverage=data.get("coverage", "full"),
        scope=_scope(data),
        implies=_sorted(data, "implies"),
        signatures=tuple(_signature(item) for item in data.get("signatures", ())),
        samples=_texts(data, "samples"),
        phrasings=_texts(data, "phrasings"),
        causes=_texts(data, "causes"),
        ask_first=_texts(data, "ask_first"),
        procedures=_texts(data, "procedures"),
        look=data.get("look", ""),
        sources=_sources(data),
        origin=origin,
    )


def _cause(data: _Data, origin: Origin) -> Cause:
    evidence: Mapping[str, Mapping[str, Likelihood]] = data.get("evidence", {})
    return Cause(
        id=data["id"],
        title=data["title"],
        summary=data["summary"],
        scope=_scope(data),
        prior=data["prior"],
        evidence={finding: dict(sorted(row.items())) for finding, row in sorted(evidence.items())},
        fix=data.get("fix", ""),
        verify=data.get("verify", ""),
        healthy=data.get("healthy", False),
        sources=_sources(data),
        origin=origin,
    )


def _steps(data: _Data) -> tuple[ProcedureStep, ...]:
    return tuple(ProcedureStep(step["do"], step.get("expect", ""), step.get("command", "")) for step in data["steps"])


def _procedure(data: _Data, origin: Origin) -> Procedure:
    return Procedure(
        id=data["id"],
        title=data["title"],
        kind=data["kind"],
        minutes=float(data["minutes"]),
        risk=data["risk"],
        needs=_texts(data, "needs"),
        steps=_steps(data),
        variants=tuple(Variant(v["title"], _scope(v), _steps(v)) for v in data.get("variants", ())),
        undo=data.get("undo", ""),
        notes=_texts(data, "notes"),
        sources=_sources(data),
        origin=origin,
    )


def _derivation(data: _Data) -> Derivation:
    return Derivation(_texts(data, "all"), _texts(data, "none"), data["value"], _texts(data, "samples"))


def _finding(data: _Data, origin: Origin) -> Finding:
    choices: Mapping[str, str] = data["choices"]
    words: Mapping[str, list[str]] = data.get("words", {})
    base: Mapping[str, Likelihood] = data.get("base", {})
    return Finding(
        id=data["id"],
        ask=data.get("ask", ""),
        choices=tuple(Choice(value, label, tuple(words.get(value, ()))) for value, label in choices.items()),
        help=data.get("help", ""),
        check=data.get("check", ""),
        minutes=float(data.get("minutes", 1)),
        knowable=data.get("knowable", "usual"),
        needs=data.get("needs", ""),
        paste=data.get("paste", False),
        requires=_scope(data, "requires"),
        scope=_scope(data),
        base={value: base.get(value, "neutral") for value in [*choices, *sorted(set(base) - set(choices))]},
        derive=tuple(_derivation(item) for item in data.get("derive", ())),
        sources=_sources(data),
        origin=origin,
        command=data.get("command", ""),
        good=data.get("good", ""),
        bad=data.get("bad", ""),
    )


def _condition(finding: str, wanted: Any) -> Condition:
    negated = isinstance(wanted, Mapping)
    values: str | list[str] = wanted["not"] if negated else wanted
    return Condition(finding, (values,) if isinstance(values, str) else tuple(values), negated)


def _rule(data: _Data, origin: Origin) -> KnowledgeRule:
    [(action, target)] = data["then"].items()
    value = ""
    if action == "set":
        [(target, value)] = target.items()
    return KnowledgeRule(
        id=data["id"],
        when=tuple(_condition(finding, wanted) for finding, wanted in sorted(data["when"].items())),
        action=action,
        target=target,
        value=value,
        because=data["because"],
        sources=_sources(data),
        origin=origin,
    )


def _tracking_step(data: _Data) -> TrackingStep:
    return TrackingStep(
        id=data["id"],
        title=data["title"],
        what=data.get("what", ""),
        log=data.get("log", ""),
        status=data.get("status", ""),
        marks=_texts(data, "marks"),
        lines=_texts(data, "lines"),
        next=data.get("next", ""),
        late=data.get("late", False),
    )


def _tracking(data: _Data, origin: Origin) -> Tracking:
    return Tracking(
        id=data["id"],
        title=data["title"],
        summary=data.get("summary", ""),
        finding=data["finding"],
        problem=data.get("problem", ""),
        failures=tuple(data.get("failures", ())),
        scope=_scope(data),
        steps=tuple(_tracking_step(step) for step in data["steps"]),
        sources=_sources(data),
        origin=origin,
    )
