"""What to do next: a question, a check, a fix, or to stop, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from syncsage.assessment import Assessment
from syncsage.evidence import FAILED, FIX, NO_PROBLEM, PROBLEM, WORKED
from syncsage.knowledge.model import Cause, Finding, KnowledgeBase
from syncsage.reasoning.belief import OTHER, Beliefs
from syncsage.reasoning.planner import KNOWABLE, Planner, QuestionValue, Repair, order
from syncsage.step import UNKNOWN, Next, Option, ToCollect
from syncsage.views import fits, procedure_view, settled

#: Stop as soon as the first cause has this probability, or this many times that of the second.
CERTAIN, CLEAR, _HALF = 0.80, 6.0, 0.5
#: Questions asked at most: without and with a text that identified the problem.
MOST_QUESTIONS, MOST_AFTER_TEXT = 10, 7
#: How far "no access" to a place lowers the chance that other questions of that place can be answered.
_NO_ACCESS = 0.3
#: Minutes that handing over costs where no known cause is the right one.
_HAND_OVER = 60.0
#: So many answers "not known", and more than twice as many as answers, end the questions.
_MOST_UNKNOWN = 5
#: A question confirms if one of its answers is so much more probable with the leading cause than without.
_SPLITS = 0.3
#: So many questions without a single answer leave nothing to conclude from.
_SEVERAL = 2
_PICKED_FROM = 4
_COLLECT = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """The next step, whether to stop, why, and what to fetch later."""

    next: Next | None
    stop_reason: str | None
    to_collect: tuple[ToCollect, ...]


class Chooser:
    """Chooses the next step by one knowledge base."""

    def __init__(self, kb: KnowledgeBase, beliefs: Beliefs) -> None:
        self._kb = kb
        self._beliefs = beliefs
        self._planner = Planner(beliefs.likelihood)
        self._repairs = {c.id: self._repair(c) for c in kb.causes.values()} | {OTHER: Repair(_HAND_OVER, last=True)}

    def choose(self, state: Assessment) -> Decision:
        """Return the decision; the same for the same state."""
        later = tuple(
            self._collect(f)
            for f, reason in sorted(state.unknown.items())
            if reason == "later" and f in self._kb.findings
        )
        if any(e.id.startswith(FIX) and e.value == WORKED for e in state.evidence):
            return Decision(None, "resolved", later)
        required = self._required(state)
        if required is not None:
            return Decision(required, None, later)
        if not state.verdicts.belief:
            return self._without_causes(state, later)
        if self._identified(state):
            best = self._best(state)
            healthy = self._kb.causes[best].healthy
            return Decision(self._fix(best, state), "healthy" if healthy else "identified", later)
        question = None if self._tired(state) else self._question(state) or self._confirming(state)
        if question is not None:
            return Decision(
                self._ask(self._kb.findings[question.finding], self._rationale(question, state)), None, later
            )
        paste = None if state.verdicts.told or self._tired(state) else self._error_text(state)
        return Decision(paste, None, later) if paste else self._exhausted(state, later)

    def planner(self) -> Planner:
        """Return the planner, for explanations."""
        return self._planner

    def missing(self, state: Assessment) -> tuple[ToCollect, ...]:
        """Return the findings that would tell most, answered with "not known" or not asked yet, best first."""
        open_findings = [f for f in self._kb.findings.values() if f.ask and not f.paste and f.id not in state.known]
        values = [
            self._planner.value(f, _with_other(state), self._repairs, 1.0)
            for f in open_findings
            if fits(f.scope, state.known)
        ]
        ranked = sorted((v for v in values if v.value > -v.minutes / 2), key=lambda v: (-round(v.value, 6), v.finding))
        causes = state.verdicts.belief
        telling = [f.id for f in open_findings if any(self._beliefs.tells(cause, f.id) for cause in causes)]
        best = [v.finding for v in ranked] or sorted(telling, key=lambda f: (f not in state.unknown, f))
        return tuple(self._collect(finding) for finding in best[:_COLLECT])

    def _required(self, state: Assessment) -> Next | None:
        """Return what must be asked before anything else: a choice of problems, or what a problem asks first."""
        if state.verdicts.confirmed:
            return None
        if not state.problems:
            return None
        first = state.problems[0]
        for finding_id in self._kb.problems[first.id].ask_first:
            if finding_id not in state.known and finding_id not in state.answered:
                reason = f"“{first.title}” can have many causes; this narrows it most."
                return self._ask(self._kb.findings[finding_id], reason)
        if PROBLEM in state.answered or first.level != "weak" or len(state.problems) < 2:
            return None
        return self._which_problem(state)

    def _which_problem(self, state: Assessment) -> Next:
        choices = [Option(m.id, m.title) for m in state.problems[:_PICKED_FROM]]
        return Next(
            kind="question",
            id=PROBLEM,
            text="Which of these comes closest to what you see?",
            choices=(*choices, Option(NO_PROBLEM, "none of these")),
            help="Your words fit several topics. Pick the nearest one, or paste an error text instead.",
            minutes=0.5,
            risk="none",
            rationale="The text fits several topics about equally well.",
        )

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

    def _error_text(self, state: Assessment) -> Next | None:
        """Return the wish for the text of the error, unless it is known or was asked for."""
        paste = self._kb.findings.get(self._kb.domain.error_text)
        if paste is None or paste.id in state.answered or paste.id in state.known or state.parsed.level == "exact":
            return None
        return self._ask(paste, "The exact words of an error say more than any answer.")

    def _identified(self, state: Assessment) -> bool:
        """Tell whether one cause stands out: proven, or clearly ahead with something that speaks for it."""
        if state.verdicts.confirmed:
            return True
        ranked = sorted((round(p, 12) for p in state.verdicts.belief.values()), reverse=True)
        leader = self._best(state)
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

    def _exhausted(self, state: Assessment, later: tuple[ToCollect, ...]) -> Decision:
        """No question is left: the best fix where evidence speaks for one, else say what is missing."""
        missing = later or self.missing(state)
        verdicts = state.verdicts
        if len(verdicts.belief) > 1 and self._nothing_answered(state):
            return Decision(None, "not-known", missing)
        grounded = {c: p for c, p in verdicts.belief.items() if c in verdicts.told and p > verdicts.other}
        if not grounded and len(verdicts.belief) == 1 and verdicts.other < _HALF / 2:
            grounded = dict(verdicts.belief)
        reason = "question-limit" if self._tired(state) else "exhausted"
        if not grounded:
            unknown = sum(1 for e in state.evidence if e.value == UNKNOWN)
            return Decision(None, "not-known" if unknown >= _MOST_UNKNOWN else reason, missing)
        return Decision(self._fix(order(grounded, self._repairs)[0], state), reason, missing)

    def _nothing_answered(self, state: Assessment) -> bool:
        """Tell whether every question so far was answered with "not known"."""
        asked = [e for e in state.evidence if e.id in self._kb.findings]
        return len(asked) >= _SEVERAL and all(e.value == UNKNOWN for e in asked)

    def _tired(self, state: Assessment) -> bool:
        """Tell whether enough was asked: by number, or because hardly anything is known."""
        answers = [e for e in state.evidence if not e.id.startswith(FIX)]
        unknown = sum(1 for e in answers if e.value == UNKNOWN)
        hopeless = unknown >= _MOST_UNKNOWN and unknown > 2 * (len(answers) - unknown)
        clear = state.parsed.level in ("exact", "strong")
        return hopeless or state.asked >= (MOST_AFTER_TEXT if clear else MOST_QUESTIONS)

    def _question(self, state: Assessment) -> QuestionValue | None:
        return self._planner.best(self._open(state), _with_other(state), self._repairs, self._chance(state))

    def _open(self, state: Assessment) -> list[Finding]:
        """Return the findings that may be asked now and that some cause in question speaks of."""
        return [
            f
            for f in self._kb.findings.values()
            if f.ask
            and not f.paste
            and len(f.values) > 1
            and f.id not in state.known
            and f.id not in state.answered
            and settled(f.requires, state.known)
            and fits(f.scope, state.known)
            and any(self._beliefs.tells(cause, f.id) for cause in state.verdicts.belief)
        ]

    def _confirming(self, state: Assessment) -> QuestionValue | None:
        """Return the question that tells best whether it is the leader at all, where only priors speak for it."""
        leader = self._best(state)
        several, unlikely = len(state.verdicts.belief) > 1, state.verdicts.belief[leader] <= state.verdicts.other
        if leader in state.verdicts.told or (several and unlikely):
            return None
        chance = self._chance(state)
        best: tuple[float, float, str] | None = None
        for finding in self._open(state):
            chances = [
                (self._beliefs.likelihood(leader, finding.id, v), self._beliefs.likelihood(OTHER, finding.id, v))
                for v in finding.values
            ]
            split = max(a - b for a, b in chances)
            worth = (-split * chance(finding), finding.minutes, finding.id)
            if split >= _SPLITS and (best is None or worth < best):
                best = worth
        return QuestionValue(best[2], 0.0, best[1]) if best else None

    def _chance(self, state: Assessment) -> Callable[[Finding], float]:
        closed = {
            self._kb.findings[f].needs
            for f, reason in state.unknown.items()
            if reason == "no_access" and f in self._kb.findings
        }

        def chance(finding: Finding) -> float:
            return KNOWABLE[finding.knowable] * (_NO_ACCESS if finding.needs and finding.needs in closed else 1.0)

        return chance

    def _rationale(self, question: QuestionValue, state: Assessment) -> str:
        if question.value <= 0:
            return f"It confirms or rules out “{self._kb.causes[self._best(state)].title}”."
        split = sum(1 for cause in state.verdicts.belief if self._beliefs.tells(cause, question.finding))
        many = len(state.verdicts.belief)
        saved = max(1, round(question.value))
        minutes = "a minute" if saved == 1 else f"{saved} minutes"
        return f"It tells {split} of {many} possible causes apart and saves about {minutes}."

    def _ask(self, finding: Finding, rationale: str) -> Next:
        check = procedure_view(self._kb, finding.check, {}) if finding.check else None
        return Next(
            kind="check" if check else "question",
            id=finding.id,
            text=finding.ask,
            choices=tuple(Option(c.value, c.label, c.words) for c in finding.choices),
            help=finding.help,
            minutes=finding.minutes,
            risk=check.risk if check else "none",
            rationale=rationale,
            paste=finding.paste,
            procedure=check,
            command=finding.command,
            good=finding.good,
            bad=finding.bad,
        )

    def _fix(self, cause_id: str, state: Assessment) -> Next:
        cause = self._kb.causes[cause_id]
        procedure = procedure_view(self._kb, cause.fix, state.known)
        share = (
            "proven by what you told"
            if cause_id in state.verdicts.confirmed
            else "the best explanation of what is known"
        )
        return Next(
            kind="fix",
            id=f"{FIX}{cause_id}",
            text=procedure.title,
            choices=(Option(WORKED, "yes, it works now"), Option(FAILED, "no, still the same")),
            help=cause.summary,
            minutes=procedure.minutes,
            risk=procedure.risk,
            rationale=f"“{cause.title}” is {share}.",
            procedure=procedure,
            verify=procedure_view(self._kb, cause.verify, state.known) if cause.verify else None,
        )

    def _repair(self, cause: Cause) -> Repair:
        fix = self._kb.procedures[cause.fix]
        verify = self._kb.procedures[cause.verify].minutes if cause.verify else 0.0
        return Repair(max(1.0, fix.minutes + verify), fix.risk == "high")

    def _collect(self, finding_id: str) -> ToCollect:
        finding = self._kb.findings[finding_id]
        return ToCollect(finding.id, finding.ask, finding.help, finding.command)


def _with_other(state: Assessment) -> dict[str, float]:
    return {**state.verdicts.belief, OTHER: state.verdicts.other}
