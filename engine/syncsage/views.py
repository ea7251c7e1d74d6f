"""Knowledge turned into what a person is shown: procedures in the right variant, grounds with their origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from syncsage.errors import UnknownIdError
from syncsage.knowledge.model import KnowledgeBase, Procedure, ProcedureStep, Scope, SourceRef
from syncsage.observing.model import Observation
from syncsage.step import Instruction, ProcedureView


def fits(scope: Scope, known: Mapping[str, str]) -> bool:
    """Tell whether nothing known contradicts ``scope``."""
    return all(finding not in known or known[finding] in values for finding, values in scope.items())


def settled(scope: Scope, known: Mapping[str, str]) -> bool:
    """Tell whether everything ``scope`` asks for is known and fits."""
    return all(known.get(finding) in values for finding, values in scope.items())


def sources(kb: KnowledgeBase, refs: Sequence[SourceRef]) -> tuple[str, ...]:
    """Return readable names of source references."""
    return tuple(f"{kb.sources[ref.document].title}, “{ref.section}”" for ref in refs)


def procedure_view(kb: KnowledgeBase, procedure_id: str, known: Mapping[str, str]) -> ProcedureView:
    """Return a procedure ready to show.

    Args:
        kb: The knowledge.
        procedure_id: Id of the procedure.
        known: Finding id -> value; the first variant that all of it fits is chosen, the others are kept aside.

    Raises:
        UnknownIdError: There is no such procedure.
    """
    procedure = kb.procedures.get(procedure_id)
    if procedure is None:
        raise UnknownIdError(f"no procedure {procedure_id!r} in this knowledge base")
    versions = _versions(procedure)
    chosen = next((i for i, (_, scope, _) in enumerate(versions) if scope and settled(scope, known)), 0)
    title, _, steps = versions[chosen]
    others = tuple(
        (name, _instructions(other))
        for i, (name, scope, other) in enumerate(versions)
        if i != chosen and fits(scope, known)
    )
    return ProcedureView(
        id=procedure.id,
        title=procedure.title if chosen == 0 else f"{procedure.title} ({title})",
        kind=procedure.kind,
        minutes=procedure.minutes,
        risk=procedure.risk,
        needs=procedure.needs,
        steps=_instructions(steps),
        notes=procedure.notes,
        undo=procedure.undo,
        sources=sources(kb, procedure.sources),
        others=others,
    )


def _versions(procedure: Procedure) -> list[tuple[str, Scope, tuple[ProcedureStep, ...]]]:
    main: list[tuple[str, Scope, tuple[ProcedureStep, ...]]] = []
    if procedure.steps:
        main.append((procedure.title, {}, procedure.steps))
    return main + [(variant.title, variant.scope, variant.steps) for variant in procedure.variants]


def _instructions(steps: Sequence[ProcedureStep]) -> tuple[Instruction, ...]:
    return tuple(Instruction(step.do, step.expect, step.command) for step in steps)


def statement(kb: KnowledgeBase, finding_id: str, value: str) -> str:
    """Return "question: answer" for a finding and its value."""
    finding = kb.findings.get(finding_id)
    if finding is None:
        return _pseudo(kb, finding_id, value)
    asked = finding.ask.rstrip("?") or finding.id.replace("-", " ")
    return f"{asked}: {finding.label(value)}"


def _pseudo(kb: KnowledgeBase, finding_id: str, value: str) -> str:
    kind, _, target = finding_id.partition(":")
    if kind == "problem" and target in kb.problems:
        return f"{kb.problems[target].title} ({value})"
    if kind in ("fix", "consent") and target in kb.causes:
        return f"{kb.procedures[kb.causes[target].fix].title}: {value}"
    if kind == "conflict" and target in kb.findings:
        return statement(kb, target, value)
    return f"{finding_id}: {value}"


def origin(observation: Observation) -> str:
    """Return where an observation comes from: an answer, a pasted line, or a rule."""
    if observation.how == "answer":
        return "answer"
    if observation.how == "derived":
        return f"rule {observation.detail}"
    if observation.where is None:
        return "pasted text"
    first, last = observation.where.first, observation.where.last
    return f"pasted line {first}" if first == last else f"pasted lines {first}-{last}"
