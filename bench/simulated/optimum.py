"""The best that anybody could do, found by trying everything, on parts of the knowledge small enough for that.

A part has a few causes and a few findings of the knowledge. In it the words of the knowledge are the truth: answers
come with its likelihoods, or not at all. The optimum is the least expected loss over all ways to ask, to mend and to
hand over, by recursion over what is known (dynamic programming over belief states); that of SyncSage is exact too:
every interview that can happen is held with the engine, and weighed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from simulated.strategies import fix_minutes
from syncsage import Engine, Evidence
from syncsage.evidence import AGREED, CONFLICT, CONSENT, FAILED, FIX, PROBLEM
from syncsage.knowledge.model import Cause, KnowledgeBase
from syncsage.reasoning.belief import PRIOR
from syncsage.reasoning.planner import HAND_OVER, KNOWABLE, Question, Row, bits, given
from syncsage.step import UNKNOWN

#: Causes and findings of a part, at most.
CAUSES, FINDINGS = 4, 5
#: Prior weight of causes that nobody knows: that of the engine for a problem that was picked.
_OTHER = 3.0
_UNASKED, _UNANSWERED = -2, -1

State = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the knowledge.

    Attributes:
        engine: An engine that knows no more than it.
        problem: The problem its interviews begin with.
        start: Weight of each cause before anything is asked, the last one that of none of them.
        questions: Its findings; rows in the order of the causes.
        losses: Minutes lost with the fix of each cause if it is not the one.
    """

    engine: Engine
    problem: str
    start: Row
    questions: tuple[Question, ...]
    losses: tuple[float, ...]

    @property
    def causes(self) -> tuple[str, ...]:
        """Ids of its causes."""
        return tuple(self.engine.kb.causes)


def parts(engine: Engine, seed: int, more: int) -> list[Part]:
    """Return a part for each problem of two to four causes, and ``more`` of four causes drawn from larger ones."""
    chance = random.Random(f"parts {seed}")  # noqa: S311  # a simulation
    full = [p for p in engine.kb.problems.values() if len(p.causes) > 1]
    found = [part(engine, p.id, p.causes) for p in full if len(p.causes) <= CAUSES]
    large = [p for p in full if len(p.causes) > CAUSES]
    for _ in range(more):
        problem = chance.choice(large)
        found.append(part(engine, problem.id, chance.sample(problem.causes, CAUSES)))
    return found


def part(engine: Engine, problem_id: str, causes: Sequence[str]) -> Part:
    """Return the part of some causes, with the findings that tell most of them."""
    kb, beliefs = engine.kb, engine.interview.assessor.beliefs
    ids = tuple(sorted(causes))
    start = (*(PRIOR[kb.causes[c].prior] for c in ids), _OTHER)
    told = [f for f in kb.findings.values() if f.ask and not f.paste and any(beliefs.tells(c, f.id) for c in ids)]
    asked = [_question(engine, f.id, ids) for f in told]
    best = sorted(asked, key=lambda q: (-round(q.chance * bits(q, start), 9), q.id))[:FINDINGS]
    own = Engine(_cut(kb, problem_id, ids, {q.id for q in best}))
    return Part(own, problem_id, start, tuple(best), tuple(fix_minutes(engine, c, right=False) for c in ids))


def optimum(part: Part) -> float:
    """Return the least expected minutes lost, whatever the strategy."""
    total = fsum(part.start)
    first: State = (tuple(_UNASKED for _ in part.questions), ())
    return _best(part, first, part.start, {}) / total


def of_syncsage(part: Part) -> float:
    """Return the expected minutes lost with SyncSage."""
    start = Evidence(PROBLEM, part.problem, asked=False)
    return _held(part, (start,), part.start) / fsum(part.start)


def _best(part: Part, state: State, weights: Row, seen: dict[State, float]) -> float:
    if state in seen:
        return seen[state]
    total, (answers, failed) = fsum(weights), state
    best = HAND_OVER * total
    for i, loss in enumerate(part.losses):
        wrong = total - weights[i]
        if i not in failed and loss * wrong < best:
            without = (*weights[:i], 0.0, *weights[i + 1 :])
            later = _best(part, (answers, tuple(sorted((*failed, i)))), without, seen)
            best = min(best, loss * wrong + later)
    for k, question in enumerate(part.questions):
        if answers[k] == _UNASKED and question.minutes * total < best:
            best = min(best, question.minutes * total + _answered(part, state, weights, seen, k))
    seen[state] = best
    return best


def _answered(part: Part, state: State, weights: Row, seen: dict[State, float], k: int) -> float:
    question, (answers, failed) = part.questions[k], state

    def after(answer: int, left: Row) -> float:
        return _best(part, ((*answers[:k], answer, *answers[k + 1 :]), failed), left, seen)

    known = fsum(
        after(value, tuple(question.chance * w for w in given(weights, row))) for value, row in enumerate(question.rows)
    )
    return known + after(_UNANSWERED, tuple((1 - question.chance) * w for w in weights))


def _held(part: Part, evidence: tuple[Evidence, ...], weights: Row) -> float:
    """Return the loss of all interviews that go on from here, in proportion to their probability."""
    ask, total = part.engine.diagnose(evidence).next, fsum(weights)
    if ask is None:
        return HAND_OVER * total
    if ask.id.startswith(CONSENT):
        return _held(part, (*evidence, Evidence(ask.id, AGREED)), weights)
    if ask.id.startswith(FIX):
        i = part.causes.index(ask.id.removeprefix(FIX))
        without = (*weights[:i], 0.0, *weights[i + 1 :])
        return part.losses[i] * fsum(without) + _held(part, (*evidence, Evidence(ask.id, FAILED)), without)
    if ask.id.startswith(CONFLICT):
        said = next(e.value for e in evidence if e.id == ask.id.removeprefix(CONFLICT))
        return ask.minutes * total + _held(part, (*evidence, Evidence(ask.id, said)), weights)
    question = next(q for q in part.questions if q.id == ask.id)
    values = part.engine.kb.findings[ask.id].values
    known = fsum(
        _held(part, (*evidence, Evidence(ask.id, value)), tuple(question.chance * w for w in given(weights, row)))
        for value, row in zip(values, question.rows, strict=True)
    )
    unknown = tuple((1 - question.chance) * w for w in weights)
    return question.minutes * total + known + _held(part, (*evidence, Evidence(ask.id, UNKNOWN)), unknown)


def _question(engine: Engine, finding_id: str, causes: Sequence[str]) -> Question:
    finding, beliefs = engine.kb.findings[finding_id], engine.interview.assessor.beliefs
    columns = [beliefs.chances(c, finding_id) for c in (*causes, "*")]
    return Question(finding_id, finding.minutes, KNOWABLE[finding.knowable], tuple(zip(*columns, strict=True)))


def _cut(kb: KnowledgeBase, problem_id: str, causes: Sequence[str], findings: set[str]) -> KnowledgeBase:
    """Return the knowledge without anything that speaks of other causes or findings, or limits what may be asked."""

    def lean(cause: Cause) -> Cause:
        return replace(cause, scope={}, evidence={f: row for f, row in cause.evidence.items() if f in findings})

    rules = {
        i: rule
        for i, rule in kb.rules.items()
        if {c.finding for c in rule.when} <= findings and rule.target in {*causes, *findings}
    }
    problem = replace(kb.problems[problem_id], scope={}, implies={}, signatures=(), ask_first=(), causes=tuple(causes))
    return replace(
        kb,
        findings={f: replace(kb.findings[f], scope={}, requires={}) for f in sorted(findings)},
        causes={c: lean(kb.causes[c]) for c in causes},
        problems={problem_id: problem},
        rules=rules,
        tracking={},
    )
