"""Ways to lead an administrator to the cause: SyncSage, and its peers over the same knowledge and the same belief.

Every peer may use what the engine concludes from the answers; what differs is the choice of the next step. All pay the
same: minutes of questions, of fixes with their verification, a setback for each wrong one, and for a hand-over.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from simulated.sites import Site
from syncsage import Engine, Evidence, Step
from syncsage.assessment import Assessment
from syncsage.evidence import AGREED, CONFLICT, CONSENT, FAILED, FIX, WORKED
from syncsage.reasoning.planner import HAND_OVER, SETBACK, Question, bits
from syncsage.step import UNKNOWN

#: Questions that the peers ask at most, and the probability at which they stop.
MOST, SURE = 8, 0.8
_ENDLESS = 60

Pick = Callable[[Sequence[Question], Assessment], Question]


@dataclass(slots=True)
class Outcome:
    """What one administrator went through.

    Attributes:
        asked: Ids of the questions, in order.
        ranked: The causes in order when the first fix was proposed, or the questions ended.
        minutes: Until the fault was mended.
        lost: Of these, all but those of the right fix.
        times: Seconds of processor time that the engine took for each step.
        solved: Whether a fix worked; else it was handed over.
    """

    asked: list[str] = field(default_factory=list[str])
    ranked: tuple[str, ...] = ()
    minutes: float = 0.0
    lost: float = 0.0
    times: list[float] = field(default_factory=list[float])
    solved: bool = False


Strategy = Callable[[Engine, Site], Outcome]


def fix_minutes(engine: Engine, cause_id: str, *, right: bool) -> float:
    """Return what a fix costs; where nothing is broken the right one is to wait, which costs only the look after it."""
    cause = engine.kb.causes[cause_id]
    verify = engine.kb.procedures[cause.verify].minutes if cause.verify else 0.0
    own = 0.0 if right and cause.healthy else engine.kb.procedures[cause.fix].minutes
    return max(1.0, own + verify) + (0.0 if right else SETBACK)


def syncsage(engine: Engine, site: Site) -> Outcome:
    """Do what the engine says."""
    result, evidence = Outcome(), list(site.start)
    for _ in range(_ENDLESS):
        began = time.process_time()
        step = engine.diagnose(evidence, parsed=site.parsed)
        result.times.append(time.process_time() - began)
        if step.next is None or step.next.id.startswith((FIX, CONSENT)):
            result.ranked = result.ranked or _ranked(step)
        if step.next is None:
            return _ended(engine, site, result, solved=False)
        answer = _reaction(engine, site, step, result)
        if answer.value == WORKED:
            return _ended(engine, site, result, solved=True)
        evidence.append(answer)
    raise AssertionError(f"no end: {site}")


def _reaction(engine: Engine, site: Site, step: Step, result: Outcome) -> Evidence:
    ask = step.next
    assert ask is not None  # noqa: S101
    if ask.id.startswith(CONSENT):
        return Evidence(ask.id, AGREED)
    if ask.id.startswith(FIX):
        cause = ask.id.removeprefix(FIX)
        if cause == site.cause:
            return Evidence(ask.id, WORKED)
        result.lost += fix_minutes(engine, cause, right=False)
        return Evidence(ask.id, FAILED)
    result.asked.append(ask.id)
    result.lost += ask.minutes
    if ask.id.startswith(CONFLICT):
        said = site.answer(ask.id.removeprefix(CONFLICT), again=True)
        return Evidence(ask.id, said.value, said.reason)
    if ask.id == "problem":
        values = [choice.value for choice in ask.choices]
        return Evidence(ask.id, site.problem if site.problem in values else "none")
    return site.answer(ask.id)


def asking(pick: Pick) -> Strategy:
    """Return a strategy that asks what ``pick`` picks, up to eight questions or 80 %, and then tries fixes."""

    def run(engine: Engine, site: Site) -> Outcome:
        result, evidence = Outcome(), [*site.start, Evidence(engine.kb.domain.error_text, "nothing", asked=False)]
        state = engine.interview.assess(evidence, site.parsed)
        while len(result.asked) < MOST and max(state.verdicts.belief.values(), default=1.0) < SURE:
            open_now = engine.interview.chooser.questions.valued(state)
            if not open_now:
                break
            question = pick(open_now, state)
            result.asked.append(question.id)
            result.lost += engine.kb.findings[question.id].minutes
            evidence.append(site.answer(question.id))
            state = engine.interview.assess(evidence, site.parsed)
        result.ranked = tuple(c.id for c in state.causes if c.band != "ruled out")
        return _fixing(engine, site, result, state, evidence)

    return run


def _fixing(engine: Engine, site: Site, result: Outcome, state: Assessment, evidence: list[Evidence]) -> Outcome:
    """Try fixes by probability over minutes as long as that is expected to cost less than a hand-over."""
    while state.verdicts.belief:
        belief, other = state.verdicts.belief, state.verdicts.other
        losses = {c: fix_minutes(engine, c, right=False) for c in belief}
        cause = min(belief, key=lambda c: (-belief[c] / losses[c], c))
        if belief[cause] * HAND_OVER < (1.0 - belief[cause]) * losses[cause] and other > 0:
            break
        if cause == site.cause:
            return _ended(engine, site, result, solved=True)
        result.lost += losses[cause]
        evidence.append(Evidence(FIX + cause, FAILED))
        state = engine.interview.assess(evidence, site.parsed)
    return _ended(engine, site, result, solved=False)


def documents(engine: Engine, site: Site) -> Outcome:
    """Go through the causes of the problem as the documents list them: check, and fix what is not seen to be right."""
    result = Outcome()
    tried: list[str] = []
    known = {o.finding for o in engine.diagnose(site.start, parsed=site.parsed).observations}
    for cause_id in engine.kb.problems[site.problem].causes:
        if _looks_like_it(engine, site, cause_id, known, result):
            tried.append(cause_id)
            if cause_id == site.cause:
                result.ranked = tuple(tried)
                return _ended(engine, site, result, solved=True)
            result.lost += fix_minutes(engine, cause_id, right=False)
    result.ranked = tuple(tried)
    return _ended(engine, site, result, solved=False)


def _looks_like_it(engine: Engine, site: Site, cause_id: str, known: set[str], result: Outcome) -> bool:
    """Do the check of a cause; what cannot be answered is not ruled out by it."""
    cause = engine.kb.causes[cause_id]
    check = next((f for f in cause.evidence if engine.kb.findings[f].ask and f not in known), None)
    if check is None:
        return True
    if check not in result.asked:
        result.asked.append(check)
        result.lost += engine.kb.findings[check].minutes
    said = site.answer(check)
    return said.value == UNKNOWN or cause.evidence[check].get(said.value, "neutral") in ("always", "likely")


def in_turn(questions: Sequence[Question], _: Assessment) -> Question:
    """Pick in a fixed order, the same for everybody."""
    return min(questions, key=lambda q: q.id)


def at_random(seed: int) -> Pick:
    """Return a picker without any plan."""
    chance = random.Random(f"pick {seed}")  # noqa: S311  # a simulation
    return lambda questions, _: chance.choice(questions)


def by_information(questions: Sequence[Question], state: Assessment) -> Question:
    """Pick the question that tells most, whatever it costs."""
    belief = (*state.verdicts.belief.values(), state.verdicts.other)
    return max(questions, key=lambda q: (round(q.chance * bits(q, belief), 9), q.id))


def _ranked(step: Step) -> tuple[str, ...]:
    return tuple(c.id for c in step.causes if c.band != "ruled out")


def _ended(engine: Engine, site: Site, result: Outcome, *, solved: bool) -> Outcome:
    result.lost += 0.0 if solved else HAND_OVER
    result.minutes = result.lost + fix_minutes(engine, site.cause, right=True)
    result.solved = solved
    return result
