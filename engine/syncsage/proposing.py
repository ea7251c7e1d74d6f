"""The next step put into words: a question, a fix, a word of consent, a contradiction to settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from syncsage.assessment import Assessment
from syncsage.evidence import AGREED, CONFLICT, CONSENT, DECLINED, FAILED, FIX, NO_PROBLEM, PROBLEM, WORKED
from syncsage.knowledge.model import Cause, Finding, KnowledgeBase
from syncsage.observing.model import Match
from syncsage.step import Conflict, Next, Option, Reason, ToCollect
from syncsage.views import procedure_view

_PICKED_FROM = 4
_HALF_A_MINUTE = 0.5


class Proposals:
    """Words the next step by one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def ask(self, finding: Finding, rationale: str, reason: Reason) -> Next:
        """Return a question, or a check where a procedure finds the answer out."""
        check = procedure_view(self._kb, finding.check, {}) if finding.check else None
        return Next(
            kind="check" if check else "question",
            id=finding.id,
            text=finding.ask,
            choices=_choices(finding),
            help=finding.help,
            minutes=finding.minutes,
            risk=check.risk if check else "none",
            rationale=rationale,
            paste=finding.paste,
            procedure=check,
            reason=reason,
        )

    def problem(self, problems: Sequence[Match]) -> Next:
        """Return the question which of several problems it is."""
        choices = [Option(m.id, m.title) for m in problems[:_PICKED_FROM]]
        return Next(
            kind="question",
            id=PROBLEM,
            text="Which of these comes closest to what you see?",
            choices=(*choices, Option(NO_PROBLEM, "none of these")),
            help="Your words fit several topics. Pick the nearest one, or paste an error text instead.",
            minutes=_HALF_A_MINUTE,
            risk="none",
            rationale="The text fits several topics about equally well.",
            reason="scope",
        )

    def settle(self, conflict: Conflict) -> Next:
        """Return the question which of two statements that do not fit is right."""
        finding = self._kb.findings[conflict.finding]
        return Next(
            kind="question",
            id=CONFLICT + finding.id,
            text=f"Once more, please: {finding.ask}",
            choices=_choices(finding),
            help=f"{conflict.text.removeprefix(finding.ask).strip()} {finding.help}".strip(),
            minutes=finding.minutes,
            risk="none",
            rationale=conflict.text,
            reason="contradiction",
        )

    def consent(self, cause_id: str, state: Assessment) -> Next:
        """Return the question whether a risky fix is wanted, before it is shown."""
        cause = self._kb.causes[cause_id]
        procedure = procedure_view(self._kb, cause.fix, state.known)
        undo = f"To undo: {procedure.undo}" if procedure.undo else ""
        return Next(
            kind="consent",
            id=CONSENT + cause_id,
            text=f"The fix is risky: {procedure.title}. Go ahead?",
            choices=(Option(AGREED, "yes, show me the steps"), Option(DECLINED, "no, something else")),
            help=undo,
            minutes=_HALF_A_MINUTE,
            risk=procedure.risk,
            rationale=_standing(cause, state),
            reason="safety",
        )

    def fix(self, cause_id: str, state: Assessment) -> Next:
        """Return the fix of a cause, with how to see whether it worked."""
        cause = self._kb.causes[cause_id]
        procedure = procedure_view(self._kb, cause.fix, state.known)
        return Next(
            kind="fix",
            id=FIX + cause_id,
            text=procedure.title,
            choices=(Option(WORKED, "yes, it works now"), Option(FAILED, "no, still the same")),
            help=cause.summary,
            minutes=procedure.minutes,
            risk=procedure.risk,
            rationale=_standing(cause, state),
            procedure=procedure,
            verify=procedure_view(self._kb, cause.verify, state.known) if cause.verify else None,
            reason="fix",
        )

    def collect(self, finding_id: str) -> ToCollect:
        """Return a finding as something to fetch later."""
        finding = self._kb.findings[finding_id]
        return ToCollect(finding.id, finding.ask, finding.help)

    def later(self, unknown: Mapping[str, str]) -> tuple[ToCollect, ...]:
        """Return what the person wants to look up later."""
        wanted = sorted({i.removeprefix(CONFLICT) for i, reason in unknown.items() if reason == "later"})
        return tuple(self.collect(i) for i in wanted if i in self._kb.findings)


def _choices(finding: Finding) -> tuple[Option, ...]:
    return tuple(Option(c.value, c.label) for c in finding.choices)


def _standing(cause: Cause, state: Assessment) -> str:
    proven = cause.id in state.verdicts.confirmed
    share = "proven by what you told" if proven else "the best explanation of what is known"
    return f"“{cause.title}” is {share}."
