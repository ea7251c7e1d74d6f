"""What to do next: a question, a check, a fix, or to stop, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from syncsage.assessment import Assessment
from syncsage.evidence import AGREED, CONSENT, DECLINED, FAILED, FIX, PROBLEM, WORKED
from syncsage.knowledge.model import KnowledgeBase
from syncsage.proposing import Proposals
from syncsage.questioning import Questions
from syncsage.reasoning.belief import Beliefs
from syncsage.reasoning.model import Rules
from syncsage.reasoning.planner import Planner, Repair, order
from syncsage.step import UNKNOWN, Next, Reason, StopReason, ToCollect

#: Stop as soon as the first cause has this probability, or this many times that of the second.
CERTAIN, CLEAR, _HALF = 0.80, 6.0, 0.5
#: A fix goes before a question that might tell more if its cause has this probability, or this one and is *likely*.
_FIX_FIRST, _LIKELY_FIRST = CERTAIN, 2 / 3
#: Questions asked at most: without and with a text that identified a problem which is not vague.
MOST_QUESTIONS, MOST_AFTER_TEXT = 10, 7
#: Questions more for each fix that failed.
_AFTER_FIX = 3
#: So many answers "not known", and more than twice as many as answers, end the questions.
_MOST_UNKNOWN = 5
#: So many questions without a single answer leave nothing to conclude from.
_SEVERAL = 2
_SURE = ("likely", "confirmed")


@dataclass(frozen=True, slots=True)
class Decision:
    """The next step, whether to stop, why, and what to fetch later."""

    next: Next | None
    stop_reason: StopReason | None
    to_collect: tuple[ToCollect, ...]


class Chooser:
    """Chooses the next step by one knowledge base.

    Args:
        kb: The knowledge.
        beliefs: Its likelihoods.
        rules: Its compiled rules.
    """

    def __init__(self, kb: KnowledgeBase, beliefs: Beliefs, rules: Rules) -> None:
        self._kb = kb
        self._say = Proposals(kb)
        self._repairs = {cause.id: _repair(kb, cause.id) for cause in kb.causes.values()}
        self.questions = Questions(kb, beliefs, rules)

    def choose(self, state: Assessment) -> Decision:
        """Return the decision; the same for the same state."""
        later = self._say.later(state.unknown)
        if any(e.id.startswith(FIX) and e.value == WORKED for e in state.evidence):
            return Decision(None, "resolved", later)
        required = self._required(state)
        if required is not None:
            return Decision(required, None, later)
        if not state.verdicts.belief:
            return self._without_causes(state, later)
        if self._identified(state):
            return self._offer([self._best(state)], "identified", state, later)
        return self._planned(state, later)

    def missing(self, state: Assessment) -> tuple[ToCollect, ...]:
        """Return the findings that would tell most, answered with "not known" or not asked yet, best first."""
        planner, belief = self._planner(state)
        return tuple(self._say.collect(i) for i in self.questions.missing(state, planner, belief))

    def _required(self, state: Assessment) -> Next | None:
        """Return what must be asked first: a contradiction, a choice of problems, or what a problem asks for."""
        if state.conflicts:
            return self._say.settle(state.conflicts[0])
        if state.verdicts.confirmed or not state.problems:
            return None
        first = state.problems[0]
        for finding_id in self._kb.problems[first.id].ask_first:
            if finding_id not in state.known and finding_id not in state.answered:
                rationale = f"“{first.title}” can have many causes; this narrows it most."
                return self._say.ask(self._kb.findings[finding_id], rationale, "required-by-rule")
        if PROBLEM in state.answered or first.level != "weak" or len(state.problems) < 2:
            return None
        return self._say.problem(state.problems)

    def _without_causes(self, state: Assessment, later: tuple[ToCollect, ...]) -> Decision:
        """Decide where no cause is in question: ask for the error's text once, then say so."""
        first = state.problems[0] if state.problems else None
        entry = self._kb.problems[first.id] if first else None
        if entry is not None and entry.coverage == "pointer":
            return Decision(None, "pointer", later)
        paste = self._error_text(state)
        if paste is not None:
            outside = not state.problems and any(m.coverage == "outside" for m in state.parsed.nearest[:1])
            return Decision(paste, "not-covered" if outside else None, later)
        if entry is not None and not entry.causes:
            return Decision(None, "pointer", later)
        if state.causes:
            return Decision(None, "exhausted", later)
        return Decision(None, "not-covered" if state.parsed.salient else "nothing-told", later)

    def _planned(self, state: Assessment, later: tuple[ToCollect, ...]) -> Decision:
        """Weigh questions against fixes; where neither pays, make sure of the leader, or say what is missing."""
        if self._tired(state):
            return self._exhausted(state, later)
        planner, belief = self._planner(state)
        grounded = self._grounded(state)
        fixes = [c for c, p in grounded.items() if p >= self._fix_first(c, state)]
        questions = {question.id: question for question in self.questions.valued(state)}
        plan = planner.plan(belief, list(questions.values()), fixes)
        if plan.kind == "fix":
            return self._offer([plan.id], "fix-pays", state, later)
        if plan.kind == "question":
            reason = self.questions.reason(plan.id, state)
            rationale = self.questions.rationale(plan.id, planner.saved(questions[plan.id], belief), state)
            return Decision(self._say.ask(self._kb.findings[plan.id], rationale, reason), None, later)
        doubt = self._confirming(state)
        return Decision(doubt, None, later) if doubt is not None else self._exhausted(state, later)

    def _confirming(self, state: Assessment) -> Next | None:
        """Return the question whether it is the leader at all, or the wish for the error's text."""
        leader = self._best(state)
        found = self.questions.confirming(leader, state) if self._doubtful(leader, state) else None
        if found is not None:
            title = self._kb.causes[leader].title
            reason: Reason = "safety" if self._repairs[leader].last else self.questions.reason(found, state)
            return self._say.ask(self._kb.findings[found], f"It confirms or rules out “{title}”.", reason)
        return None if state.verdicts.told else self._error_text(state)

    def _fix_first(self, cause: str, state: Assessment) -> float:
        """Return how probable ``cause`` must be for its fix to go before a question."""
        if self._repairs[cause].last:
            return 1.0
        if _ceiling(cause, state) in _SURE:
            return _LIKELY_FIRST
        return 1.0 if self._kb.causes[cause].healthy else _FIX_FIRST

    def _doubtful(self, leader: str, state: Assessment) -> bool:
        """Tell whether hardly more than its prior speaks for the leader."""
        several, unlikely = len(state.verdicts.belief) > 1, state.verdicts.belief[leader] <= state.verdicts.other
        if several and unlikely:
            return False
        return leader not in state.verdicts.told or _ceiling(leader, state) not in _SURE

    def _error_text(self, state: Assessment) -> Next | None:
        """Return the wish for the text of the error, unless it is known or was asked for."""
        paste = self.questions.error_text(state)
        if paste is None:
            return None
        return self._say.ask(paste, "The exact words of an error say more than any answer.", "required-by-rule")

    def _identified(self, state: Assessment) -> bool:
        """Tell whether one cause stands out: proven, or clearly ahead with something decisive that speaks for it."""
        if state.verdicts.confirmed:
            return True
        ranked = sorted((round(p, 12) for p in state.verdicts.belief.values()), reverse=True)
        leader = self._best(state)
        if _ceiling(leader, state) not in _SURE or self._repairs[leader].last:
            return False
        only = len(ranked) == 1 and state.parsed.level == "exact"
        if not only and leader not in state.verdicts.told:
            return False
        second = max([*ranked[1:], state.verdicts.other])
        return ranked[0] >= CERTAIN or (ranked[0] >= _HALF and ranked[0] >= CLEAR * second)

    def _best(self, state: Assessment) -> str:
        """Return the cause whose fix comes first once it is clear: the most probable one."""
        return min(
            state.verdicts.belief,
            key=lambda c: (c not in state.verdicts.confirmed, -round(state.verdicts.belief[c], 12), c),
        )

    def _grounded(self, state: Assessment) -> dict[str, float]:
        """Return the causes that something speaks for and that are more probable than none of them."""
        verdicts = state.verdicts
        grounded = {c: p for c, p in verdicts.belief.items() if c in verdicts.told and p > verdicts.other}
        if not grounded and len(verdicts.belief) == 1 and verdicts.other < _HALF / 2:
            return dict(verdicts.belief)
        return grounded

    def _offer(
        self, causes: Iterable[str], reason: StopReason, state: Assessment, later: tuple[ToCollect, ...]
    ) -> Decision:
        """Offer the first fix that was not declined; a risky one only after a yes."""
        for cause in causes:
            if self._declined(cause, state):
                continue
            why: StopReason = "healthy" if reason == "identified" and self._kb.causes[cause].healthy else reason
            agreed = any(e.id == CONSENT + cause and e.value == AGREED for e in state.evidence)
            if self._repairs[cause].last and not agreed:
                return Decision(self._say.consent(cause, state), why, later)
            return Decision(self._say.fix(cause, state), why, later)
        return Decision(None, "declined", later)

    def _exhausted(self, state: Assessment, later: tuple[ToCollect, ...]) -> Decision:
        """No question is left: the best fix where evidence speaks for one, else say what is missing."""
        missing = later or self.missing(state)
        if len(state.verdicts.belief) > 1 and self._nothing_answered(state):
            return Decision(None, "not-known", missing)
        grounded = self._grounded(state)
        reason: StopReason = "question-limit" if self._tired(state) else "exhausted"
        if not grounded:
            return Decision(None, "not-known" if _count(state, known=False) >= _MOST_UNKNOWN else reason, missing)
        planner, belief = self._planner(state)
        paying = [c for c in order(grounded, self._repairs) if planner.pays(belief, c)]
        return self._offer(paying, reason, state, missing) if paying else Decision(None, reason, missing)

    def _declined(self, cause: str, state: Assessment) -> bool:
        return any(e.id == CONSENT + cause and e.value in (DECLINED, UNKNOWN) for e in state.evidence)

    def _nothing_answered(self, state: Assessment) -> bool:
        """Tell whether every question so far was answered with "not known"."""
        findings = self._kb.findings
        asked = [e for e in state.evidence if e.id in findings and not findings[e.id].paste]
        return len(asked) >= _SEVERAL and all(e.value == UNKNOWN for e in asked)

    def _tired(self, state: Assessment) -> bool:
        """Tell whether enough was asked: by number, or because hardly anything is known."""
        answered, unknown = _count(state, known=True), _count(state, known=False)
        hopeless = unknown >= _MOST_UNKNOWN and unknown > 2 * answered
        vague = any(self._kb.problems[problem.id].ask_first for problem in state.problems[:1])
        clear = state.parsed.level in ("exact", "strong") and not vague
        failed = sum(1 for e in state.evidence if e.id.startswith(FIX) and e.value == FAILED)
        return hopeless or state.asked >= (MOST_AFTER_TEXT if clear else MOST_QUESTIONS) + failed * _AFTER_FIX

    def _planner(self, state: Assessment) -> tuple[Planner, tuple[float, ...]]:
        causes = state.verdicts.belief
        return Planner({c: self._repairs[c] for c in causes}), (*causes.values(), state.verdicts.other)


def _count(state: Assessment, *, known: bool) -> int:
    """Return how many answers to questions were given with a value, or with "not known"."""
    answers = [e for e in state.evidence if not e.id.startswith((FIX, CONSENT))]
    return sum(1 for e in answers if (e.value != UNKNOWN) == known)


def _ceiling(cause: str, state: Assessment) -> str:
    return next(c.ceiling for c in state.causes if c.id == cause)


def _repair(kb: KnowledgeBase, cause_id: str) -> Repair:
    cause = kb.causes[cause_id]
    fix = kb.procedures[cause.fix]
    verify = kb.procedures[cause.verify].minutes if cause.verify else 0.0
    return Repair(max(1.0, fix.minutes + verify), fix.risk == "high")
