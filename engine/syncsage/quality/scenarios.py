"""Whole interviews, played by a scripted person who answers from what they know and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from syncsage.engine import Engine
from syncsage.evidence import AGREED, CONFLICT, FAILED, FIX, NO_PROBLEM, PROBLEM
from syncsage.knowledge.scenarios import Scenario, Truth
from syncsage.session import Session
from syncsage.step import UNKNOWN, Next, Step, UnknownReason

_PASTED = "pasted"
_MOST_TURNS = 40
_LISTED = 3


@dataclass(slots=True)
class Play:
    """How an interview went: what was asked and answered, which fixes of other causes failed, where it ended."""

    step: Step
    asked: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    wrong: list[str] = field(default_factory=list[str])
    fixed: bool = False

    def __str__(self) -> str:
        asked = ", ".join(f"{question}={answer}" for question, answer in self.asked) or "nothing"
        seen = ", ".join(f"{c.id} ({c.band} {c.probability:.2g})" for c in self.step.causes[:4]) or "nothing"
        tried = f"; tried {', '.join(self.wrong)}" if self.wrong else ""
        return f"asked {asked}; concluded {seen}; stopped: {self.step.stop_reason}{tried}"


def play(engine: Engine, scenario: Scenario) -> Play:
    """Play a scenario until the fix of its cause is proposed or nothing is left to do.

    The person answers what is in the truth of the scenario; a fix of another cause is tried and fails. Asked once
    more, because something contradicts them, they give the second thought of the scenario, else the same answer.
    """
    session = engine.session()
    run = Play(session.tell(scenario.opening))
    for _ in range(_MOST_TURNS):
        following = run.step.next
        if following is None:
            break
        if following.kind == "fix":
            cause = following.id.removeprefix(FIX)
            if cause == scenario.cause:
                run.fixed = True
                break
            run.wrong.append(cause)
            run.step = session.answer(following.id, FAILED)
        elif following.kind == "consent":
            run.step = session.answer(following.id, AGREED)
        else:
            run.step = _answer(engine, session, scenario, following, run.asked)
    return run


def faults(run: Play, scenario: Scenario) -> Iterator[str]:
    """Yield what did not go as the scenario expects."""
    questions = [question for question, _ in run.asked]
    standing = [cause for cause in run.step.causes if cause.band != "ruled out"][:_LISTED]
    band = {cause.id: cause.band for cause in standing}.get(scenario.cause)
    reached = {
        "confirmed": run.fixed and band == "confirmed",
        "fix": run.fixed,
        "listed": run.fixed or band is not None,
        "nothing": not run.wrong and run.step.next is None,
    }
    if not reached[scenario.reach]:
        yield f"expected {scenario.reach} {scenario.cause}".rstrip()
    if len(questions) > scenario.within:
        yield f"asked {len(questions)} questions, at most {scenario.within} expected"
    if len(run.wrong) > scenario.wrong_fixes:
        yield f"{len(run.wrong)} wrong fixes came first, at most {scenario.wrong_fixes} expected"
    for question in sorted({q for q in questions if questions.count(q) > 1}):
        yield f"{question} was asked twice"
    for question in scenario.says:
        if question in questions:
            yield f"{question} was asked, and the opening says it"
    waiting = {item.finding for item in run.step.to_collect}
    for finding in scenario.collect:
        if finding not in waiting:
            yield f"{finding} should be on the list of what to look up later"


def _answer(engine: Engine, session: Session, scenario: Scenario, question: Next, asked: list[tuple[str, str]]) -> Step:
    if question.id == PROBLEM:
        value = _problem(engine, scenario, [option.value for option in question.choices])
        asked.append((PROBLEM, value))
        return session.answer(PROBLEM, value)
    finding = question.id.removeprefix(CONFLICT)
    truth = scenario.truth.get(finding)
    if finding != question.id and finding in scenario.second_thoughts:
        truth = Truth(scenario.second_thoughts[finding])
    if truth is None:
        reason = _why_not(engine, scenario, finding)
        asked.append((question.id, reason))
        return session.answer(question.id, UNKNOWN, reason)
    asked.append((question.id, truth.value))
    if question.paste and truth.value == _PASTED:
        return _paste(session, question, truth)
    return session.answer(question.id, truth.value)


def _paste(session: Session, question: Next, truth: Truth) -> Step:
    """Tell the text; it is the answer too where the question still stands after it."""
    step = session.tell(truth.words)
    if step.next is not None and step.next.id == question.id:
        step = session.answer(question.id, truth.value)
    return step


def _problem(engine: Engine, scenario: Scenario, offered: list[str]) -> str:
    """Return what the person picks among problems: the one named, else the first that has the cause."""
    if scenario.problem:
        return scenario.problem if scenario.problem in offered else NO_PROBLEM
    problems = engine.kb.problems
    fitting = [p for p in offered if p in problems and scenario.cause in problems[p].causes]
    return fitting[0] if fitting else UNKNOWN


def _why_not(engine: Engine, scenario: Scenario, finding: str) -> UnknownReason:
    needs = engine.kb.findings[finding].needs
    return scenario.unknowable.get(finding) or scenario.unknowable.get(needs) or scenario.otherwise
