"""Rules about what an entry owes its reader: causes, fixes, ways back, sources, a use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from syncsage.errors import Fault
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.entries import EntryKind, Key
from syncsage.knowledge.model import Cause, CodeEntry, KnowledgeRule, Problem, Procedure

#: More than this cannot be taken in at a glance.
MAX_CHOICES = 6

_Sourced = Problem | Cause | Procedure | KnowledgeRule | CodeEntry


def problem_faults(draft: Draft) -> Iterator[Fault]:
    """A covered problem has causes or procedures; any other says where to look."""
    for problem in draft.kb.problems.values():
        key: Key = ("problem", problem.id)
        if problem.coverage == "full" and not (problem.causes or problem.procedures):
            yield draft.fault(key, (), "coverage is full, but there are no causes and no procedures", "no-causes")
        if problem.coverage != "full" and not problem.look:
            yield draft.fault(key, (), f"coverage is {problem.coverage}: say in look where to look", "no-look")


def cause_faults(draft: Draft) -> Iterator[Fault]:
    """A cause can be reached, fixed and verified."""
    kb = draft.kb
    reached = {cause for problem in kb.problems.values() for cause in problem.causes}
    reached |= {rule.target for rule in kb.rules.values() if rule.action in {"raise", "confirm"}}
    for cause in kb.causes.values():
        key: Key = ("cause", cause.id)
        if cause.id not in reached and not draft.incomplete:
            message = "no problem names this cause, and no rule raises or confirms it"
            yield draft.fault(key, ("id",), message, "unreachable-cause")
        if not cause.evidence:
            yield draft.fault(key, (), "has no evidence: nothing could tell it from another", "no-evidence")
        yield from _procedure_of(draft, cause, "fix", cause.fix)
        yield from _procedure_of(draft, cause, "verify", cause.verify)


def procedure_faults(draft: Draft) -> Iterator[Fault]:
    """A fix tells the way back, or why none is needed."""
    for procedure in draft.kb.procedures.values():
        if procedure.kind == "fix" and not procedure.undo and not _harmless(procedure):
            message = "needs undo, or a risk of none or low and a note"
            yield draft.fault(("procedure", procedure.id), (), message, "no-undo")


def source_faults(draft: Draft) -> Iterator[Fault]:
    """Problems, causes, procedures, rules and codes name their sources."""
    kb = draft.kb
    tables: tuple[tuple[EntryKind, Mapping[str, _Sourced]], ...] = (
        ("problem", kb.problems),
        ("cause", kb.causes),
        ("procedure", kb.procedures),
        ("rule", kb.rules),
        ("code", {f"{code.kind}/{code.code}": code for code in kb.codes}),
    )
    for kind, table in tables:
        for name, entry in table.items():
            if not entry.sources:
                yield draft.fault((kind, name), (), "names no sources", "no-sources")


def question_faults(draft: Draft) -> Iterator[Fault]:
    """Questions can be taken in, can be reached, and the one for the error text takes a text."""
    findings = draft.kb.findings
    for finding in findings.values():
        key: Key = ("finding", finding.id)
        if finding.ask and len(finding.choices) > MAX_CHOICES:
            message = f"offers {len(finding.choices)} choices; a question has at most {MAX_CHOICES}"
            yield draft.fault(key, ("choices",), message, "too-many-choices")
        if not finding.ask and not finding.derive and not _settled_elsewhere(draft, finding.id):
            message = "is neither asked nor derived, and no rule or problem settles it"
            yield draft.fault(key, (), message, "unknowable-finding")
        if _requires_itself(draft, finding.id):
            message = "is asked only once it is known: its requires lead back to it"
            yield draft.fault(key, ("requires",), message, "circular-requires")
    error_text = findings.get(draft.kb.domain.error_text)
    if error_text is not None and not error_text.paste:
        message = f"{error_text.id} does not take a text: set paste there"
        yield draft.fault(("domain", "domain"), ("error_text",), message, "no-paste")


def use_faults(draft: Draft) -> Iterator[Fault]:
    """Every finding and every procedure is used somewhere; what a broken entry uses is not known."""
    if draft.incomplete:
        return
    kb = draft.kb
    for finding in sorted(kb.findings.keys() - _used_findings(draft)):
        message = "is used nowhere: in no evidence, rule, scope or ask_first"
        yield draft.fault(("finding", finding), ("id",), message, "unused")
    used = {name for cause in kb.causes.values() for name in (cause.fix, cause.verify)}
    used |= {name for problem in kb.problems.values() for name in problem.procedures}
    used |= {finding.check for finding in kb.findings.values()}
    for procedure in sorted(kb.procedures.keys() - used):
        message = "is used nowhere: no cause, problem or finding names it"
        yield draft.fault(("procedure", procedure), ("id",), message, "unused")


def _used_findings(draft: Draft) -> set[str]:
    kb = draft.kb
    used = {kb.domain.error_text}
    for problem in kb.problems.values():
        used |= {*problem.scope, *problem.ask_first}
    for cause in kb.causes.values():
        used |= {*cause.scope, *cause.evidence}
    for procedure in kb.procedures.values():
        used |= {finding for variant in procedure.variants for finding in variant.scope}
    for rule in kb.rules.values():
        used |= {condition.finding for condition in rule.when}
    for finding in kb.findings.values():
        used |= {*finding.scope, *finding.requires}
    for tracking in kb.tracking.values():
        used |= {*tracking.scope, tracking.finding}
    return used


def _settled_elsewhere(draft: Draft, finding: str) -> bool:
    kb = draft.kb
    return (
        any(rule.action == "set" and rule.target == finding for rule in kb.rules.values())
        or any(finding in problem.implies for problem in kb.problems.values())
        or any(finding in s.implies for problem in kb.problems.values() for s in problem.signatures)
        or any(tracking.finding == finding for tracking in kb.tracking.values())
    )


def _requires_itself(draft: Draft, finding: str) -> bool:
    seen: set[str] = set()
    ahead = [finding]
    while ahead:
        known = draft.kb.findings.get(ahead.pop())
        for name in known.requires if known else ():
            if name == finding:
                return True
            if name not in seen:
                seen.add(name)
                ahead.append(name)
    return False


def _procedure_of(draft: Draft, cause: Cause, field: str, name: str) -> Iterator[Fault]:
    key: Key = ("cause", cause.id)
    if not name:
        yield draft.fault(key, (), f"has no {field}: name a procedure", f"no-{field}")
        return
    procedure = draft.kb.procedures.get(name)
    if procedure is not None and procedure.kind != field:
        message = f"{name} is a procedure of kind {procedure.kind}, not {field}"
        yield draft.fault(key, (field,), message, "wrong-kind")


def _harmless(procedure: Procedure) -> bool:
    return procedure.risk in {"none", "low"} and bool(procedure.notes)
