"""The next best step: a question, a fix, or to hand over, all in one currency, the minutes that are lost.

The right fix has to be paid for in any case, so only what is lost on the way counts: minutes of questions, wrong fixes
with their setback, and a hand-over where nothing helps. Fixes are tried in the order of probability over minutes
(Kadane and Simon's P/C rule) as long as that costs less than to hand over. A question is worth what it takes off the
expected loss, times the chance that it can be answered, less its own minutes (Breese and Heckerman, arXiv 1302.3563).

The most promising questions and fixes are looked at two steps deep: what follows is the best single question, or none.
So a question that is worth nothing by itself but opens others is asked, and a cheap fix may come before a question.
Sums run in a fixed order, so that equal beliefs give equal bits; nothing is normalised, since every loss grows in
proportion to the probability of its situation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log2
from typing import Literal

#: How many of those asked could answer, by the words of the knowledge.
KNOWABLE: Mapping[str, float] = {"easy": 0.95, "usual": 0.8, "hard": 0.5}
#: Minutes that a wrong fix costs beyond its own (changing back, waiting for the next run).
SETBACK = 15.0
#: Minutes that it costs to hand over to somebody who knows more, until that person knows the cause.
HAND_OVER = 120.0
#: An answer favours a cause if it raises its odds this many times.
_FAVOURED = 1.25
#: Bits that a question must tell on average, unless it opens others.
_LEAST_BITS = 0.05
#: Questions, openers and fixes that are looked at two steps deep, and the questions considered behind each.
_DEEP, _OPENERS, _FIXES, _BEHIND = 4, 3, 2, 8
_ROUND = 6

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """A fix in the eyes of the planner: minutes to do and to verify, and whether it goes last (a risky one)."""

    minutes: float
    last: bool = False

    @property
    def loss(self) -> float:
        """Minutes lost if it was the wrong one."""
        return self.minutes + SETBACK


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the eyes of the planner.

    Attributes:
        id: Finding id.
        minutes: What it costs to find the answer.
        chance: That the person can answer it, 0..1.
        rows: For each answer its probability with each cause; the last number is that with none of them.
        opens: For each answer the questions that may be asked only after it.
    """

    id: str
    minutes: float
    chance: float
    rows: tuple[Row, ...]
    opens: tuple[tuple[Question, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do next.

    Attributes:
        kind: ``rest`` where neither a question nor a fix is worth its minutes: fixes by P/C, or a hand-over.
        id: Of the question, or of the cause whose fix is meant; empty for ``rest``.
        saved: Minutes that it saves against ``rest``.
    """

    kind: Literal["question", "fix", "rest"]
    id: str
    saved: float


def order(belief: Mapping[str, float], repairs: Mapping[str, Repair]) -> list[str]:
    """Return the causes in the order in which their fixes pay: P/minutes, those marked last behind, then id."""
    return sorted(belief, key=lambda c: (repairs[c].last, -belief[c] / repairs[c].loss, c))


class Planner:
    """Plans for one set of causes.

    Args:
        repairs: The fix of each cause, in the order in which beliefs and rows name them.
    """

    def __init__(self, repairs: Mapping[str, Repair]) -> None:
        self._causes = tuple(repairs)
        self._losses = tuple(repair.loss for repair in repairs.values())
        self._ranks = tuple((i, loss, repair.last) for i, (loss, repair) in enumerate(
            zip(self._losses, repairs.values(), strict=True)
        ))  # fmt: skip

    def loss(self, belief: Row) -> float:
        """Return the minutes expected to be lost without another question.

        Args:
            belief: Weight of each cause, and behind them the weight of none; they need not sum to 1.
        """
        triable = [(last, -belief[i] / loss, i) for i, loss, last in self._ranks if belief[i] > 0]
        triable.sort()
        rests: list[tuple[float, int]] = []
        left = fsum(belief)
        for _, _, i in triable:
            rests.append((left, i))
            left -= belief[i]
        cost = HAND_OVER * max(left, 0.0)
        for rest, i in reversed(rests):
            cost = min(HAND_OVER * rest, self._losses[i] * (rest - belief[i]) + cost)
        return cost

    def value(self, question: Question, belief: Row) -> float:
        """Return the minutes that a question saves, its own taken off, if no other follows."""
        return self._value(question, belief, self.loss(belief))

    def plan(self, belief: Row, questions: Sequence[Question], fixes: Sequence[str] = ()) -> Plan:
        """Return the best next step; ties go to the cheaper question, then to the smaller id.

        Args:
            belief: Weight of each cause, and behind them the weight of none.
            questions: What may be asked now.
            fixes: Causes whose fixes may be tried now.
        """
        rest = self.loss(belief)
        single = {q.id: self._value(q, belief, rest) for q in questions}
        ranked = sorted(questions, key=lambda q: (-round(single[q.id], _ROUND), q.minutes, q.id))
        useful = [q for q in ranked if q.opens or bits(q, belief) >= _LEAST_BITS]
        deep = [q for q in useful if single[q.id] > -q.minutes][:_DEEP]
        deep += [q for q in useful if q.opens and q not in deep][:_OPENERS]
        options: list[tuple[float, int, float, str, Literal["question", "fix"]]] = []
        for question in deep:
            cost = self._after_question(question, belief, ranked, single, rest)
            options.append((round(cost, _ROUND), 1, question.minutes, question.id, "question"))
        for cause in sorted(fixes, key=lambda c: (-belief[self._at(c)] / self._losses[self._at(c)], c))[:_FIXES]:
            cost = self._after_fix(self._at(cause), belief, ranked)
            options.append((round(cost, _ROUND), 0, 0.0, cause, "fix"))
        best = min(options, default=None)
        if best is None or best[0] > round(rest, _ROUND) or (best[4] == "question" and best[0] >= round(rest, _ROUND)):
            return Plan("rest", "", 0.0)
        return Plan(best[4], best[3], rest - best[0])

    def _at(self, cause: str) -> int:
        return self._causes.index(cause)

    def _value(self, question: Question, belief: Row, now: float) -> float:
        after = fsum(self.loss(given(belief, row)) for row in question.rows)
        return question.chance * (now - after) - question.minutes * fsum(belief)

    def _followed(self, belief: Row, questions: Sequence[Question]) -> float:
        """Return the loss if at most one more question may be asked."""
        now = self.loss(belief)
        return now - max([0.0, *(self._value(q, belief, now) for q in questions)])

    def _after_question(
        self, question: Question, belief: Row, ranked: Sequence[Question], single: Mapping[str, float], rest: float
    ) -> float:
        """Return the loss if ``question`` is asked now and at most one other after it."""
        others = [q for q in ranked if q.id != question.id]
        behind, opens = others[:_BEHIND], question.opens or ((),) * len(question.rows)
        answered = fsum(
            self._followed(given(belief, row), [*opened, *behind])
            for row, opened in zip(question.rows, opens, strict=True)
        )
        unanswered = rest - max([0.0, *(single[q.id] for q in others[:1])])
        minutes = question.minutes * fsum(belief)
        return minutes + question.chance * answered + (1 - question.chance) * unanswered

    def _after_fix(self, cause: int, belief: Row, ranked: Sequence[Question]) -> float:
        """Return the loss if the fix of ``cause`` is tried now and at most one question is asked after it."""
        without = (*belief[:cause], 0.0, *belief[cause + 1 :])
        return self._losses[cause] * fsum(without) + self._followed(without, ranked[:_BEHIND])


def given(belief: Row, row: Row) -> Row:
    """Return the weights after an answer with these probabilities, not normalised."""
    return tuple([p * q for p, q in zip(belief, row, strict=True)])


def bits(question: Question, belief: Row) -> float:
    """Return the information that an answer brings on average, in bits."""
    parts = [given(belief, row) for row in question.rows]
    total = fsum(belief) or 1.0
    return _entropy(belief) - fsum(fsum(part) / total * _entropy(part) for part in parts)


def favours(question: Question, belief: Row, causes: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return, for each answer, the causes whose odds it clearly raises, most favoured first."""
    result: list[tuple[str, ...]] = []
    for row in question.rows:
        joint = given(belief, row)
        total = fsum(joint) or 1.0
        moved = [(c, p, w / total) for c, p, w in zip(causes, belief, joint, strict=False)]
        lifted = [(round(p - q, 9), c) for c, p, q in moved if q * (1 - p) > _FAVOURED * p * (1 - q)]
        result.append(tuple(cause for _, cause in sorted(lifted)))
    return tuple(result)


def _entropy(weights: Row) -> float:
    total = fsum(weights)
    return -fsum(w / total * log2(w / total) for w in weights if w > 0) if total > 0 else 0.0
