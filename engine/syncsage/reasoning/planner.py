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
#: Minutes that a bit of doubt costs which is left after the steps looked at: without it, no single question seems worth
#: its minutes while many causes are alike. Chosen by bench/interview.py, where 10 to 25 do about equally well.
DOUBT = 15.0
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
        self._ranks = tuple((i, repair.loss, repair.last) for i, repair in enumerate(repairs.values()))

    def loss(self, belief: Row) -> float:
        """Return the minutes expected to be lost without another question, and what doubt costs.

        Args:
            belief: Weight of each cause, and behind them the weight of none; they need not sum to 1.
        """
        return self._mending(belief) + DOUBT * doubt(belief)

    def pays(self, belief: Row, cause: str) -> bool:
        """Tell whether trying the fix of ``cause`` now, and then the others, costs less than to hand over."""
        without = self._without(belief, cause)
        spent = self._losses[self._causes.index(cause)] * fsum(without)
        return spent + self._mending(without) < HAND_OVER * fsum(belief)

    def value(self, question: Question, belief: Row) -> float:
        """Return the minutes that a question saves, its own taken off, if no other follows."""
        return self._value(question, belief, self.loss(belief))

    def saved(self, question: Question, belief: Row) -> float:
        """Return the minutes of mending alone that an answer saves on average."""
        return self._mending(belief) - fsum(self._mending(given(belief, row)) for row in question.rows)

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
        deep = useful[:_DEEP]
        deep += [q for q in useful if q.opens and q not in deep][:_OPENERS]
        plans = [self._ask_first(q, belief, ranked, single, rest) for q in deep]
        likely = sorted(fixes, key=lambda c: (-belief[self._causes.index(c)], c))[:_FIXES]
        plans += [Plan("fix", c, rest - self._mend_first(c, belief, ranked)) for c in likely]
        cheap = {q.id: q.minutes for q in questions}
        best = min(plans, key=lambda p: (-round(p.saved, _ROUND), cheap.get(p.id, 0.0), p.id), default=None)
        return best if best is not None and round(best.saved, _ROUND) > 0 else Plan("rest", "", 0.0)

    def _ask_first(
        self, question: Question, belief: Row, ranked: Sequence[Question], single: Mapping[str, float], rest: float
    ) -> Plan:
        """Weigh asking ``question`` now and at most one other after it."""
        others = [q for q in ranked if q.id != question.id]
        opens = question.opens or ((),) * len(question.rows)
        answered = fsum(
            self._followed(given(belief, row), [*opened, *others[:_BEHIND]])
            for row, opened in zip(question.rows, opens, strict=True)
        )
        unanswered = rest - max([0.0, *(single[q.id] for q in others[:1])])
        minutes = question.minutes * fsum(belief)
        cost = minutes + question.chance * answered + (1 - question.chance) * unanswered
        return Plan("question", question.id, rest - cost)

    def _mend_first(self, cause: str, belief: Row, ranked: Sequence[Question]) -> float:
        """Return the loss if the fix of ``cause`` is tried now and at most one question is asked after it."""
        without = self._without(belief, cause)
        return self._losses[self._causes.index(cause)] * fsum(without) + self._followed(without, ranked[:_BEHIND])

    def _followed(self, belief: Row, questions: Sequence[Question]) -> float:
        """Return the loss if at most one more question may be asked."""
        now = self.loss(belief)
        return now - max([0.0, *(self._value(q, belief, now) for q in questions)])

    def _value(self, question: Question, belief: Row, now: float) -> float:
        after = fsum(self.loss(given(belief, row)) for row in question.rows)
        return question.chance * (now - after) - question.minutes * fsum(belief)

    def _mending(self, belief: Row) -> float:
        """Return the minutes lost on fixes, by P/C as long as they are cheaper than to hand over, and on that."""
        rests: list[tuple[float, int]] = []
        left = fsum(belief)
        for _, _, i in sorted((last, -belief[i] / loss, i) for i, loss, last in self._ranks if belief[i] > 0):
            rests.append((left, i))
            left -= belief[i]
        cost = HAND_OVER * max(left, 0.0)
        for rest, i in reversed(rests):
            cost = min(HAND_OVER * rest, self._losses[i] * (rest - belief[i]) + cost)
        return cost

    def _without(self, belief: Row, cause: str) -> Row:
        i = self._causes.index(cause)
        return (*belief[:i], 0.0, *belief[i + 1 :])


def given(belief: Row, row: Row) -> Row:
    """Return the weights after an answer with these probabilities, not normalised."""
    return tuple([p * q for p, q in zip(belief, row, strict=True)])


def bits(question: Question, belief: Row) -> float:
    """Return the information that an answer brings on average, in bits."""
    return (doubt(belief) - fsum(doubt(given(belief, row)) for row in question.rows)) / (fsum(belief) or 1.0)


def doubt(belief: Row) -> float:
    """Return the entropy of a belief in bits, times its weight."""
    total = fsum(belief)
    return total * log2(total) - fsum([w * log2(w) for w in belief if w > 0]) if total > 0 else 0.0


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
