"""Do all names exist? Ids that point at other entries, findings with declared values, documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from syncsage.errors import Fault
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.entries import EntryKind, Key
from syncsage.knowledge.model import Finding, KnowledgeRule, Problem, SourceRef, Tracking
from syncsage.knowledge.naming import listed, nearest
from syncsage.knowledge.runs import RunKnowledge
from syncsage.knowledge.yamltree import Path


def reference_faults(draft: Draft) -> Iterator[Fault]:
    """Yield a fault for every id that names nothing and every value that its finding does not declare."""
    names = Names(draft)
    yield from names.known(("domain", "domain"), ("error_text",), "finding", [draft.kb.domain.error_text])
    for problem in draft.kb.problems.values():
        yield from _problem_faults(names, problem)
    yield from _cause_faults(names)
    yield from _procedure_faults(names)
    for finding in draft.kb.findings.values():
        yield from _finding_faults(names, finding)
    for rule in draft.kb.rules.values():
        yield from _rule_faults(names, rule)
    for tracking in draft.kb.tracking.values():
        yield from _tracking_faults(names, tracking)
    yield from _code_faults(names)
    if draft.kb.runs is not None:
        yield from _run_faults(names, draft.kb.runs)


class Names:
    """The names of a draft, and complaints about those that are none.

    Args:
        draft: The knowledge base being checked.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def known(self, key: Key, path: Path, kind: EntryKind, names: Iterable[str]) -> Iterator[Fault]:
        """Complain about ``names`` that are no ids of ``kind``. An empty name names nothing on purpose."""
        for name in names:
            if message := self.draft.missing(kind, name):
                yield self.draft.fault(key, path, message, "dangling-reference")

    def each(self, key: Key, path: Path, kind: EntryKind, names: Iterable[str]) -> Iterator[Fault]:
        """Do the same for a list, naming the item in the path."""
        for index, name in enumerate(names):
            yield from self.known(key, (*path, index), kind, [name])

    def values(self, key: Key, path: Path, finding: str, values: Iterable[str]) -> Iterator[Fault]:
        """Complain about a finding that does not exist, and about values that it does not declare."""
        yield from self.known(key, path, "finding", [finding])
        declared = self.draft.kb.findings.get(finding)
        if declared is None:
            return
        for value in values:
            if value not in declared.values:
                hint = nearest(value, declared.values) or f" (its values: {listed(declared.values)})"
                message = f"{finding} has no value {value}{hint}"
                yield self.draft.fault(key, path, message, "unknown-value")

    def scope(self, key: Key, path: Path, scope: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
        """Check a mapping of findings to accepted values."""
        for finding, values in scope.items():
            yield from self.values(key, (*path, finding), finding, values)

    def settled(self, key: Key, path: Path, settled: Mapping[str, str]) -> Iterator[Fault]:
        """Check a mapping of findings to one value each."""
        for finding, value in settled.items():
            yield from self.values(key, (*path, finding), finding, [value])

    def sources(self, key: Key, sources: Iterable[SourceRef]) -> Iterator[Fault]:
        """Check the documents that an entry was made from."""
        for index, ref in enumerate(sources):
            yield from self.known(key, ("sources", index, "document"), "source", [ref.document])


def _problem_faults(names: Names, problem: Problem) -> Iterator[Fault]:
    key: Key = ("problem", problem.id)
    yield from names.each(key, ("causes",), "cause", problem.causes)
    yield from names.each(key, ("ask_first",), "finding", problem.ask_first)
    yield from names.each(key, ("procedures",), "procedure", problem.procedures)
    yield from names.scope(key, ("scope",), problem.scope)
    yield from names.settled(key, ("implies",), problem.implies)
    yield from names.sources(key, problem.sources)
    for index, signature in enumerate(problem.signatures):
        path = ("signatures", index)
        yield from names.each(key, (*path, "overlaps"), "problem", signature.overlaps)
        yield from names.settled(key, (*path, "implies"), signature.implies)


def _cause_faults(names: Names) -> Iterator[Fault]:
    for cause in names.draft.kb.causes.values():
        key: Key = ("cause", cause.id)
        yield from names.known(key, ("fix",), "procedure", [cause.fix])
        yield from names.known(key, ("verify",), "procedure", [cause.verify])
        yield from names.scope(key, ("scope",), cause.scope)
        yield from names.sources(key, cause.sources)
        for finding, row in cause.evidence.items():
            yield from names.known(key, ("evidence", finding), "finding", [finding])
            if finding in names.draft.kb.findings:
                for value in row:
                    yield from names.values(key, ("evidence", finding, value), finding, [value])


def _procedure_faults(names: Names) -> Iterator[Fault]:
    for procedure in names.draft.kb.procedures.values():
        key: Key = ("procedure", procedure.id)
        yield from names.sources(key, procedure.sources)
        for index, variant in enumerate(procedure.variants):
            yield from names.scope(key, ("variants", index, "scope"), variant.scope)


def _finding_faults(names: Names, finding: Finding) -> Iterator[Fault]:
    key: Key = ("finding", finding.id)
    yield from names.known(key, ("check",), "procedure", [finding.check])
    yield from names.scope(key, ("requires",), finding.requires)
    yield from names.scope(key, ("scope",), finding.scope)
    yield from names.sources(key, finding.sources)
    for value in finding.base:
        yield from names.values(key, ("base", value), finding.id, [value])
    for index, derivation in enumerate(finding.derive):
        yield from names.values(key, ("derive", index, "value"), finding.id, [derivation.value])


def _rule_faults(names: Names, rule: KnowledgeRule) -> Iterator[Fault]:
    key: Key = ("rule", rule.id)
    for condition in rule.when:
        yield from names.values(key, ("when", condition.finding), condition.finding, condition.values)
    if rule.action == "set":
        yield from names.values(key, ("then", "set", rule.target), rule.target, [rule.value])
    else:
        yield from names.known(key, ("then", rule.action), "cause", [rule.target])
    yield from names.sources(key, rule.sources)


def _tracking_faults(names: Names, tracking: Tracking) -> Iterator[Fault]:
    key: Key = ("tracking", tracking.id)
    yield from names.known(key, ("finding",), "finding", [tracking.finding])
    yield from names.known(key, ("problem",), "problem", [tracking.problem] if tracking.problem else [])
    yield from names.scope(key, ("scope",), tracking.scope)
    yield from names.sources(key, tracking.sources)
    if tracking.finding in names.draft.kb.findings:
        for index, step in enumerate(tracking.steps):
            yield from names.values(key, ("steps", index, "id"), tracking.finding, [step.id])


def _run_faults(names: Names, runs: RunKnowledge) -> Iterator[Fault]:
    key: Key = ("runs", "runs")
    roles = [role.id for role in runs.roles]
    trackings = names.draft.kb.tracking
    findings = [names.draft.kb.findings.get(tracking.finding) for tracking in trackings.values()]
    steps = {step.id for tracking in trackings.values() for step in tracking.steps}
    steps |= {value for finding in findings if finding for value in finding.values}
    for index, role in enumerate(runs.roles):
        yield from names.known(key, ("roles", index, "tracking"), "tracking", [role.tracking])
    yield from _one_of(names, ("default_role",), runs.default_role, roles)
    used: list[tuple[Path, str]] = [(("failing", i, "step"), hint.step) for i, hint in enumerate(runs.failing)]
    used += [(("logs", i, "step"), log.step) for i, log in enumerate(runs.logs)]
    used += [(("signature", "prefixes", i, "step"), s) for i, s in enumerate(runs.signature.prefixes.values())]
    for path, step in used:
        yield from _one_of(names, path, step, steps)
    for index, case in enumerate(runs.known):
        yield from names.settled(key, ("known", index, "set"), case.set)


def _one_of(names: Names, path: Path, name: str, known: Iterable[str]) -> Iterator[Fault]:
    known = sorted(known)
    if name and name not in known and not names.draft.incomplete:
        hint = nearest(name, known) or f" (known: {listed(known)})"
        yield names.draft.fault(("runs", "runs"), path, f"there is no {path[-1]} {name}{hint}", "dangling-reference")


def _code_faults(names: Names) -> Iterator[Fault]:
    for name, kind in names.draft.kb.domain.code_kinds.items():
        for index, numbers in enumerate(kind.ranges):
            yield from names.known(("code-kind", name), ("ranges", index, "holds"), "code-kind", [numbers.holds])
    for code in names.draft.kb.codes:
        key: Key = ("code", f"{code.kind}/{code.code}")
        yield from names.known(key, ("kind",), "code-kind", [code.kind])
        yield from names.each(key, ("problems",), "problem", code.problems)
        yield from names.each(key, ("about",), "problem", code.about)
        yield from names.sources(key, code.sources)
