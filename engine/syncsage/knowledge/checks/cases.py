"""Rules about test files: names exist, and every problem and cause has a positive and a negative case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from syncsage.errors import Fault
from syncsage.knowledge.documents import Document
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.entries import EntryKind, Key
from syncsage.knowledge.model import Problem
from syncsage.knowledge.naming import listed, nearest
from syncsage.knowledge.testcases import TestCase
from syncsage.knowledge.yamltree import Path

_UNKNOWN = "unknown"


def case_faults(draft: Draft, cases: tuple[TestCase, ...], documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Every case names known ids and values, and every problem and cause is tested both ways."""
    for case in cases:
        for path, message in _name_faults(draft, case):
            document = documents[case.origin.file]
            index = [c for c in cases if c.origin.file == case.origin.file].index(case)
            yield document.fault((index, *path), message, "test-names")
    yield from _owner_faults(draft, documents)
    yield from _missing_cases(draft, cases, documents)


def _owner_faults(draft: Draft, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """A test file of a problem or a cause lies beside an entry of its name."""
    folders: dict[str, EntryKind] = {"problems": "problem", "causes": "cause"}
    for name, document in documents.items():
        folder, _, file = name.rpartition("/")
        owner = file.removesuffix(".test.yaml")
        kind = folders.get(folder)
        if kind and (message := draft.missing(kind, owner)):
            yield document.fault((), message, "test-names")


def _name_faults(draft: Draft, case: TestCase) -> Iterator[tuple[Path, str]]:
    for field in ("problems", "must_not"):
        for index, name in enumerate(getattr(case, field) or ()):
            yield from _known(draft, "problem", (field, index), name)
    yield from _known(draft, "problem", ("first",), case.first)
    for field in ("top", "not_top"):
        yield from _known(draft, "cause", (field,), getattr(case, field))
    for index, name in enumerate(case.ruled_out):
        yield from _known(draft, "cause", ("ruled_out", index), name)
    for finding, value in case.given.items():
        if finding == "problem":
            yield from _known(draft, "problem", ("given", finding), value)
        else:
            yield from _value(draft, ("given", finding), finding, value)
    for finding, value in case.answers.items():
        yield from _value(draft, ("answers", finding), finding, value)


def _known(draft: Draft, kind: EntryKind, path: Path, name: str) -> Iterator[tuple[Path, str]]:
    if message := draft.missing(kind, name):
        yield path, message


def _value(draft: Draft, path: Path, finding: str, value: str) -> Iterator[tuple[Path, str]]:
    yield from _known(draft, "finding", path, finding)
    declared = draft.kb.findings.get(finding)
    if declared and value not in (*declared.values, _UNKNOWN):
        hint = nearest(value, declared.values) or f" (its values: {listed(declared.values)})"
        yield path, f"{finding} has no value {value}{hint}"


def _missing_cases(draft: Draft, cases: tuple[TestCase, ...], documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Complain about each side of an entry that no case of its file shows; a broken file is fault enough."""
    broken = set(documents) - {case.origin.file for case in cases}
    by_owner: dict[tuple[str, str], list[TestCase]] = {}
    for case in cases:
        by_owner.setdefault((case.folder, case.owner), []).append(case)
    for problem in draft.kb.problems.values():
        own = by_owner.get(("problems", problem.id), [])
        if f"problems/{problem.id}.test.yaml" not in broken:
            yield from _sides(
                draft,
                ("problem", problem.id),
                any(_shows_problem(case, problem) for case in own),
                any(_keeps_out(case, problem.id) for case in own),
            )
    for cause in draft.kb.causes.values():
        own = by_owner.get(("causes", cause.id), [])
        if f"causes/{cause.id}.test.yaml" not in broken:
            yield from _sides(
                draft,
                ("cause", cause.id),
                any(case.top == cause.id for case in own),
                any(case.not_top == cause.id or cause.id in case.ruled_out for case in own),
            )


def _sides(draft: Draft, key: Key, positive: bool, negative: bool) -> Iterator[Fault]:
    for there, side in ((positive, "positive"), (negative, "negative")):
        if not there:
            yield draft.fault(key, (), f"has no {side} test in its {key[1]}.test.yaml", "no-test")


def _shows_problem(case: TestCase, problem: Problem) -> bool:
    """A topic outside the field is shown by a text that is understood as none of the field."""
    named = problem.id == case.first or problem.id in (case.problems or ())
    return named or (problem.coverage == "outside" and case.level == "none")


def _keeps_out(case: TestCase, problem: str) -> bool:
    return problem in case.must_not or (case.problems is not None and problem not in case.problems)
