"""The tests that lie beside the knowledge, run against the whole engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from syncsage.engine import Engine
from syncsage.errors import EvidenceError
from syncsage.evidence import PROBLEM
from syncsage.knowledge.testcases import TestCase, load_tests
from syncsage.step import UNKNOWN, Evidence, Step

_CLEAR = ("exact", "strong")
_MOST_TURNS = 40


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case and what it missed; no failures mean it passed."""

    case: TestCase
    failures: tuple[str, ...]

    def __str__(self) -> str:
        place = f"{self.case.origin.file}:{self.case.origin.line} {self.case.name}"
        return "\n".join([place, *(f"    {failure}" for failure in self.failures)])


@dataclass(frozen=True, slots=True)
class Report:
    """The results of all cases, in the order of the files."""

    results: tuple[CaseResult, ...]

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that failed."""
        return tuple(result for result in self.results if result.failures)

    def to_text(self) -> str:
        """Return the failures and a count."""
        lines = [str(result) for result in self.failed]
        return "\n".join([*lines, f"{len(self.results)} cases, {len(self.failed)} failed"])

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "cases": len(self.results),
            "failed": [
                {
                    "file": r.case.origin.file,
                    "line": r.case.origin.line,
                    "name": r.case.name,
                    "failures": list(r.failures),
                }
                for r in self.failed
            ],
        }


def run_tests(
    engine: Engine,
    cases: Sequence[TestCase] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Run test cases.

    Args:
        engine: The engine to test.
        cases: The cases; those of the knowledge that the engine was loaded from where left out.
        progress: Called with the number done and the number of all.

    Raises:
        KnowledgeError: A test file does not fit its schema.
    """
    if cases is None:
        cases = load_tests(engine.path, engine.overlays)
    results: list[CaseResult] = []
    for number, case in enumerate(cases, start=1):
        try:
            failures = tuple(_check(engine, case))
        except EvidenceError as error:
            failures = (str(error),)
        results.append(CaseResult(case, failures))
        if progress:
            progress(number, len(cases))
    return Report(tuple(results))


def _check(engine: Engine, case: TestCase) -> Iterator[str]:
    if case.paste:
        yield from _paste(engine, case)
    if case.given:
        evidence = [Evidence(i, v) for i, v in case.given.items()]
        yield from _causes(engine.diagnose(evidence), case)
    if case.opening:
        yield from _interview(engine, case)


def _paste(engine: Engine, case: TestCase) -> Iterator[str]:
    parsed = engine.parse(case.paste)
    clear = [m.id for m in parsed.problems if m.level in _CLEAR]
    seen = ", ".join(f"{m.id} ({m.level}, {m.by} {m.score:g})" for m in parsed.problems) or "nothing"
    if case.problems is not None and sorted(clear) != sorted(case.problems):
        yield f"expected exactly {', '.join(case.problems) or 'no problem'}; got {seen}"
    if case.first and (not parsed.problems or parsed.problems[0].id != case.first):
        yield f"expected {case.first} first; got {seen}"
    wrong = [problem for problem in case.must_not if problem in clear]
    if wrong:
        yield f"must not show {', '.join(wrong)}; got {seen}"
    if case.level and parsed.level != case.level:
        yield f"expected level {case.level}; got {parsed.level}: {seen}"


def _causes(step: Step, case: TestCase) -> Iterator[str]:
    left = [c for c in step.causes if c.band != "ruled out"]
    first = left[0] if left else None
    seen = ", ".join(f"{c.id} ({c.band} {c.probability:g})" for c in step.causes[:4]) or "nothing"
    if case.top and (first is None or first.id != case.top):
        yield f"expected cause {case.top} first; got {seen}"
    elif case.band and first is not None and first.band != case.band:
        yield f"expected band {case.band}; got {seen}"
    if case.not_top and first is not None and first.id == case.not_top:
        yield f"{case.not_top} must not be first; got {seen}"
    standing = {c.id: c.band for c in step.causes}
    wrong = [cause for cause in case.ruled_out if standing.get(cause) != "ruled out"]
    if wrong:
        yield f"expected {', '.join(wrong)} to be ruled out; got {seen}"


def _interview(engine: Engine, case: TestCase) -> Iterator[str]:
    """Answer what is asked until the interview stops; what the case does not answer is not known."""
    session = engine.session()
    step = session.tell(case.opening)
    asked: list[str] = []
    while step.next is not None and step.next.kind not in ("consent", "fix") and len(asked) < _MOST_TURNS:
        asked.append(step.next.id)
        values = [option.value for option in step.next.choices]
        answer = case.answers.get(step.next.id, UNKNOWN)
        if step.next.id == PROBLEM and PROBLEM not in case.answers:
            answer = case.owner if case.owner in values else UNKNOWN
        step = session.answer(step.next.id, answer)
    yield from (f"{failure}; asked {', '.join(asked) or 'nothing'}" for failure in _causes(step, case))
    if case.within is not None and len(asked) > case.within:
        yield f"asked {len(asked)} questions, at most {case.within} expected: {', '.join(asked)}"
