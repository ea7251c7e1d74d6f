"""Rules about patterns: valid, safe, and true to their own samples."""

from __future__ import annotations

from collections.abc import Iterator

from syncsage.errors import Fault
from syncsage.knowledge.backtracking import backtracking_fault, compile_fault
from syncsage.knowledge.checks.places import every_pattern
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.entries import Key
from syncsage.knowledge.literals import SHORTEST, fixed_texts
from syncsage.knowledge.model import Derivation, Problem, Signature, TrackingStep
from syncsage.knowledge.patterns import PatternSet, collapse, holds, search
from syncsage.knowledge.prefilter import Prefilter
from syncsage.knowledge.yamltree import Path


def pattern_faults(draft: Draft) -> Iterator[Fault]:
    """Every pattern compiles and is safe from catastrophic backtracking."""
    for key, path, pattern in every_pattern(draft.kb):
        if message := compile_fault(pattern):
            yield draft.fault(key, path, message, "invalid-pattern")
        elif message := backtracking_fault(pattern):
            yield draft.fault(key, path, message, "unsafe-pattern")


def search_faults(draft: Draft) -> Iterator[Fault]:
    """Every mark of a step holds fixed text: large logs are searched for that, and only what is found is read."""
    for tracking in draft.kb.tracking.values():
        for index, step in enumerate(tracking.steps):
            for number, mark in enumerate(step.marks):
                if not compile_fault(mark) and not fixed_texts(mark):
                    message = f"has no fixed text of {SHORTEST} characters by which large logs could be searched for it"
                    place = ("steps", index, "marks", number)
                    yield draft.fault(("tracking", tracking.id), place, message, "unsearchable-mark")


def sample_faults(draft: Draft) -> Iterator[Fault]:
    """Every signature, derivation and mark matches its own samples or lines."""
    for problem in draft.kb.problems.values():
        for index, signature in enumerate(problem.signatures):
            yield from _samples(draft, ("problem", problem.id), ("signatures", index), signature)
    for finding in draft.kb.findings.values():
        for index, derivation in enumerate(finding.derive):
            yield from _samples(draft, ("finding", finding.id), ("derive", index), derivation)
            yield from _contradictions(draft, finding.id, index, finding.derive)
    for tracking in draft.kb.tracking.values():
        for index, step in enumerate(tracking.steps):
            yield from _lines(draft, ("tracking", tracking.id), ("steps", index), step)


def overlap_faults(draft: Draft) -> Iterator[Fault]:
    """No signature matches a sample of another problem, unless one of the two declares the overlap."""
    problems = draft.kb.problems.values()
    declared = {(p.id, other) for p in problems for s in p.signatures for other in s.overlaps}
    signatures = [(p, i, s) for p in problems for i, s in enumerate(p.signatures) if _sound(s)]
    prefilter = Prefilter([signature for _, _, signature in signatures])
    hits: dict[tuple[str, int, str], str] = {}
    for other in problems:
        for text in map(collapse, _all_samples(other)):
            for problem, index, signature in (signatures[number] for number in prefilter.candidates(text)):
                own = problem is other or (problem.id, other.id) in declared or (other.id, problem.id) in declared
                if not own and (problem.id, index, other.id) not in hits and holds(signature, text):
                    hits[problem.id, index, other.id] = text
    for (name, index, sample_of), hit in hits.items():
        message = f"also matches a sample of {sample_of}: {_cut(hit)} (declare overlaps, or narrow it)"
        yield draft.fault(("problem", name), ("signatures", index), message, "undeclared-overlap")


def _sound(patterns: PatternSet) -> bool:
    return not any(compile_fault(pattern) for pattern in (*patterns.all, *patterns.none))


def _samples(draft: Draft, key: Key, path: Path, signature: Signature | Derivation) -> Iterator[Fault]:
    if not _sound(signature):
        return
    for index, sample in enumerate(signature.samples):
        text = collapse(sample)
        missed = [pattern for pattern in signature.all if not search(pattern, text)]
        refused = [pattern for pattern in signature.none if search(pattern, text)]
        if missed or refused:
            reason = f"{missed[0]} is not in it" if missed else f"{refused[0]} refuses it"
            place = (*path, "samples", index)
            yield draft.fault(key, place, f"does not match its own signature: {reason}", "unmatched-sample")


def _contradictions(draft: Draft, finding: str, index: int, derive: tuple[Derivation, ...]) -> Iterator[Fault]:
    for number, other in enumerate(derive):
        if other.value == derive[index].value or not _sound(other):
            continue
        for count, sample in enumerate(derive[index].samples):
            if holds(other, collapse(sample)):
                message = f"is also read as {other.value} by derive.{number}: the two cancel each other out"
                path = ("derive", index, "samples", count)
                yield draft.fault(("finding", finding), path, message, "contradicting-derivation")


def _lines(draft: Draft, key: Key, path: Path, step: TrackingStep) -> Iterator[Fault]:
    if any(compile_fault(mark) for mark in step.marks):
        return
    for index, line in enumerate(step.lines):
        if not any(search(mark, collapse(line)) for mark in step.marks):
            yield draft.fault(key, (*path, "lines", index), "matches no mark of its step", "unmatched-sample")


def _all_samples(problem: Problem) -> Iterator[str]:
    for signature in problem.signatures:
        yield from signature.samples
    yield from problem.samples


def _cut(text: str, most: int = 90) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
