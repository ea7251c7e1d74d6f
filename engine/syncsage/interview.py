"""The interview: one pure function from knowledge, text and answers to the next step."""

from __future__ import annotations

from collections.abc import Sequence

from syncsage.assessment import Assessment, Assessor
from syncsage.choosing import Chooser
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import NOTHING, Parsed
from syncsage.reasoning.model import RuleMatcher, Rules
from syncsage.step import Evidence, Step
from syncsage.views import fits, procedure_view, settled

__all__ = ["NOTHING", "Interview"]


class Interview:
    """Takes the step that evidence leads to. It keeps no state: undo and change are a replay.

    Args:
        kb: The knowledge.
        rules: Its compiled rules.
        matcher: The rule engine over them.
    """

    def __init__(self, kb: KnowledgeBase, rules: Rules, matcher: RuleMatcher) -> None:
        self.kb = kb
        self.assessor = Assessor(kb, rules, matcher)
        self.chooser = Chooser(kb, self.assessor.beliefs, rules)

    def assess(self, evidence: Sequence[Evidence], parsed: Parsed = NOTHING) -> Assessment:
        """Return everything that follows from the evidence.

        Raises:
            EvidenceError: An id or value that the knowledge does not declare, or two values for one id.
        """
        return self.assessor.assess(evidence, parsed)

    def step(self, evidence: Sequence[Evidence], parsed: Parsed = NOTHING) -> Step:
        """Return the step; equal evidence in any order gives an equal step.

        Raises:
            EvidenceError: An id or value that the knowledge does not declare, or two values for one id.
        """
        state = self.assess(evidence, parsed)
        decision = self.chooser.choose(state)
        return Step(
            match=parsed.level,
            problems=state.problems,
            nearest=parsed.nearest if not state.problems else (),
            causes=state.causes,
            next=decision.next,
            should_stop=decision.stop_reason is not None,
            stop_reason=decision.stop_reason,
            to_collect=decision.to_collect,
            observations=state.observations,
            advice=self._advice(state),
            procedures=tuple(
                procedure_view(self.kb, procedure, state.known)
                for match in state.problems[:1]
                for procedure in self.kb.problems[match.id].procedures
            ),
            kb_version=self.kb.version,
            asked=state.asked,
            trace=state.trace,
            evidence=state.evidence,
            parsed=parsed,
            conflicts=state.conflicts,
        )

    def _advice(self, state: Assessment) -> tuple[str, ...]:
        """Return what the knowledge says of the first problem, or of a topic outside that is near enough to name."""
        least = self.kb.domain.bands["weak"]
        near = (m for m in state.parsed.nearest[:1] if m.coverage == "outside" and m.score >= least)
        shown = state.problems[:1] or tuple(near)
        texts = [text for m in shown for text in (self.kb.problems[m.id].summary, self.kb.problems[m.id].look)]
        return tuple(text for text in (*texts, *self._progress(state)) if text)

    def _progress(self, state: Assessment) -> tuple[str, ...]:
        """Return where the process stands, if the text showed a step of it: what happens there and what to look at."""
        read = {o.finding for o in state.parsed.observations}
        fitting = [t for t in self.kb.tracking.values() if t.finding in read and fits(t.scope, state.known)]
        for tracking in sorted(fitting, key=lambda t: (not settled(t.scope, state.known), t.id))[:1]:
            for number, step in enumerate(tracking.steps, start=1):
                if step.id == state.known[tracking.finding]:
                    place = (
                        f"{tracking.title}: step {number} of {len(tracking.steps)} is the last one seen: {step.title}."
                    )
                    return (place, step.what, step.next)
        return ()
