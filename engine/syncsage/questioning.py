"""What may be asked, what it is worth to the planner, and why it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from syncsage.assessment import Assessment
from syncsage.evidence import CONFLICT
from syncsage.knowledge.model import Finding, KnowledgeBase
from syncsage.reasoning.belief import NOISE, OTHER, Beliefs
from syncsage.reasoning.model import Rule, Rules
from syncsage.reasoning.planner import KNOWABLE, Planner, Question, Row, favours
from syncsage.step import UNKNOWN, Reason
from syncsage.views import fits, settled

#: How far "no access" to a place lowers the chance that other questions of that place can be answered.
_NO_ACCESS = 0.3
#: So many answers are granted to everybody when it is estimated how often a person knows; the more "not known", the
#: less is expected of what is not easily known.
_BENEFIT = 1
#: A question confirms if one of its answers is so much more probable with the leading cause than without.
_SPLITS = 0.3
#: How often the text of an error shows the problem where its cause has one that texts show.
_SHOWN = 0.7
_COLLECT = 3
#: Minutes that any question costs beyond its own: to read it, to turn to it. It saves one question in five and no more
#: minutes are lost (bench/interview.py).
_TROUBLE = 2.0
#: What finds a problem only in the text of an error.
_QUOTED = ("signature", "fuzzy", "code")

Chance = Callable[[Finding], float]


class Questions:
    """The questions of one knowledge base.

    Args:
        kb: The knowledge.
        beliefs: Its likelihoods.
        rules: Its compiled rules.
    """

    def __init__(self, kb: KnowledgeBase, beliefs: Beliefs, rules: Rules) -> None:
        self._kb = kb
        self._beliefs = beliefs
        self._rules = rules
        self._shown: dict[str, list[str]] = {}
        for problem in kb.problems.values():
            if problem.signatures:
                for cause in problem.causes:
                    self._shown.setdefault(cause, []).append(problem.id)

    def valued(self, state: Assessment) -> list[Question]:
        """Return what may be asked now, ready for the planner: findings, and the text of the error."""
        chance, causes = self._chance(state), tuple(state.verdicts.belief)
        usable = [f for f in self._untold(state) if fits(f.scope, state.known)]
        open_now = [f for f in usable if settled(f.requires, state.known)]
        behind: dict[tuple[str, str], list[Question]] = {}
        for finding in usable:
            for gate, values in self._only_gate(finding, state):
                for value in values:
                    behind.setdefault((gate, value), []).append(self._question(finding, causes, chance(finding)))
        questions = [self._question(f, causes, chance(f), behind) for f in open_now]
        paste = self.error_text(state)
        if paste is not None:
            questions.append(Question(paste.id, paste.minutes + _TROUBLE, chance(paste), self._texts(causes)))
        return questions

    def error_text(self, state: Assessment) -> Finding | None:
        """Return the finding that asks for the text of the error, unless it is known or was asked for."""
        paste = self._kb.findings.get(self._kb.domain.error_text)
        if paste is None or paste.id in state.answered or paste.id in state.known:
            return None
        clear = [match for match in state.parsed.problems if match.level in ("exact", "strong")]
        return None if any(match.by in _QUOTED for match in clear) else paste

    def confirming(self, leader: str, state: Assessment) -> str | None:
        """Return the question that tells best whether it is ``leader`` at all."""
        chance = self._chance(state)
        best: tuple[float, float, str] | None = None
        for finding in self._untold(state):
            if settled(finding.requires, state.known) and fits(finding.scope, state.known):
                with_it, without = (self._beliefs.chances(cause, finding.id) for cause in (leader, OTHER))
                split = max(a - b for a, b in zip(with_it, without, strict=True))
                worth = (-split * chance(finding), finding.minutes, finding.id)
                if split >= _SPLITS and (best is None or worth < best):
                    best = worth
        return best[2] if best else None

    def missing(self, state: Assessment, planner: Planner, belief: Row) -> tuple[str, ...]:
        """Return the findings that would tell most if they could be known, best first."""
        causes = tuple(state.verdicts.belief)
        unsettled = [
            f
            for f in self._beliefs.findings(causes)
            if f.ask and not f.paste and f.id not in state.known and fits(f.scope, state.known)
        ]
        values = {f.id: planner.value(self._question(f, causes, 1.0), belief) for f in unsettled}
        worthy = [f for f in unsettled if values[f.id] > -f.minutes / 2]
        ranked = [f.id for f in sorted(worthy, key=lambda f: (-round(values[f.id], 6), f.id))]
        others = sorted((f.id for f in unsettled), key=lambda i: (i not in state.unknown, i))
        return tuple(dict.fromkeys((*ranked, *others)))[:_COLLECT]

    def favours(self, finding_id: str, state: Assessment) -> Mapping[str, tuple[str, ...]]:
        """Return, for each answer, the causes whose odds it clearly raises, most favoured first."""
        finding = self._kb.findings[finding_id.removeprefix(CONFLICT)]
        causes = tuple(state.verdicts.belief)
        belief = (*state.verdicts.belief.values(), state.verdicts.other)
        lifted = favours(self._question(finding, causes, 1.0), belief, causes)
        return dict(zip(finding.values, lifted, strict=True))

    def reason(self, finding_id: str, state: Assessment) -> Reason:
        """Return why a question is asked: what its answer decides."""
        belief, kinds = state.verdicts.belief, set[str]()
        for rule in self._rules.about(finding_id):
            if rule.conclusion.kind in ("confirm", "exclude") and rule.conclusion.target in belief:
                kinds.add(rule.conclusion.kind)
                others = [test for test in rule.tests if test.finding != finding_id]
                if others and all(t.finding in state.known for t in others) and self._would_hold(rule, state):
                    return "required-by-rule"
        if any(finding_id in self._kb.causes[cause].scope for cause in belief):
            return "scope"
        if len(belief) > 1:
            return "discriminate"
        return "confirm" if "confirm" in kinds else "exclude"

    def rationale(self, finding_id: str, saved: float, state: Assessment) -> str:
        """Return in words what a question is worth."""
        if self._kb.findings[finding_id].paste:
            return "The exact words of an error say more than any answer."
        split = sum(1 for cause in state.verdicts.belief if self._beliefs.tells(cause, finding_id))
        minutes = round(saved)
        words = (
            ""
            if minutes < 1
            else " and saves about a minute"
            if minutes == 1
            else f" and saves about {minutes} minutes"
        )
        return f"It tells {split} of {len(state.verdicts.belief)} possible causes apart{words}."

    def _untold(self, state: Assessment) -> list[Finding]:
        """Return the findings that are neither known nor asked and that some cause in question speaks of."""
        return [
            f
            for f in self._beliefs.findings(state.verdicts.belief)
            if f.ask and not f.paste and len(f.values) > 1 and f.id not in state.known and f.id not in state.answered
        ]

    def _only_gate(self, finding: Finding, state: Assessment) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the one requirement that keeps ``finding`` from being asked, with the values that would open it."""
        unmet = [(gate, values) for gate, values in finding.requires.items() if state.known.get(gate) not in values]
        if len(unmet) == 1 and unmet[0][0] not in state.known:
            yield unmet[0]

    def _question(
        self,
        finding: Finding,
        causes: tuple[str, ...],
        chance: float,
        behind: Mapping[tuple[str, str], list[Question]] | None = None,
    ) -> Question:
        columns = [self._beliefs.chances(cause, finding.id) for cause in (*causes, OTHER)]
        opens = tuple(tuple((behind or {}).get((finding.id, value), ())) for value in finding.values)
        return Question(
            finding.id,
            finding.minutes + _TROUBLE,
            chance,
            tuple(zip(*columns, strict=True)),
            opens if any(opens) else (),
        )

    def _texts(self, causes: tuple[str, ...]) -> tuple[Row, ...]:
        """Return, for each problem that a text may show, and for none, its chance with each cause."""
        shown = {cause: self._shown.get(cause, []) for cause in causes}
        problems = sorted({problem for of_cause in shown.values() for problem in of_cause})
        blur = NOISE / (len(problems) + 1)
        rows = [
            [_SHOWN / len(shown[cause]) if problem in shown[cause] else 0.0 for cause in causes] for problem in problems
        ]
        nothing = [1.0 - _SHOWN if shown[cause] else 1.0 for cause in causes]
        full = [*((*row, 0.0) for row in rows), (*nothing, 1.0)]
        return tuple(tuple((1 - NOISE) * p + blur for p in row) for row in full)

    def _chance(self, state: Assessment) -> Chance:
        """Return how probable an answer is: by the finding, closed places, and how many answers came so far."""
        closed = {
            self._kb.findings[f].needs
            for f, reason in state.unknown.items()
            if reason == "no_access" and f in self._kb.findings
        }
        asked = [e for e in state.evidence if e.asked and e.id in self._kb.findings]
        unknown = sum(1 for e in asked if e.value == UNKNOWN)
        tried = (len(asked) + _BENEFIT) / (len(asked) - unknown + _BENEFIT)

        def chance(finding: Finding) -> float:
            place = _NO_ACCESS if finding.needs and finding.needs in closed else 1.0
            return float(KNOWABLE[finding.knowable] ** tried * place)

        return chance

    def _would_hold(self, rule: Rule, state: Assessment) -> bool:
        """Tell whether all tests of ``rule`` on what is known hold, so that only the rest is missing."""
        return all(
            (state.known[test.finding] == test.value) != test.negated
            for test in rule.tests
            if test.finding in state.known
        )
