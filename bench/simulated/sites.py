"""Sites with a fault, made up from the words of the knowledge, and what their administrators would answer.

The truth of a site follows the knowledge only roughly: priors and likelihoods are bent at random, anew for every world,
since those of real sites are never those that were written down. What the rules of the knowledge call impossible does
not occur. All answers are drawn beforehand, so that every strategy meets the same person.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from syncsage import Engine, Evidence
from syncsage.evidence import PROBLEM
from syncsage.interview import NOTHING
from syncsage.knowledge.model import Finding, KnowledgeBase
from syncsage.observing.model import Parsed
from syncsage.reasoning.belief import NOISE, PRIOR
from syncsage.reasoning.planner import KNOWABLE
from syncsage.step import UNKNOWN

#: Share of answers that are wrong, and of places that an administrator has no access to.
WRONG, CLOSED = 0.04, 0.10
#: Standard deviation of the logarithms by which priors and likelihoods differ from those of the knowledge.
BENT = 0.5
_SITES_A_WORLD = 20
_TRIES = 40


@dataclass(frozen=True, slots=True)
class Site:
    """A site: what is wrong, what its administrator tells first, and would answer to any question.

    Attributes:
        second: The answers given when asked again since something contradicts the first.
    """

    cause: str
    problem: str
    parsed: Parsed
    start: tuple[Evidence, ...]
    first: Mapping[str, Evidence]
    second: Mapping[str, Evidence]

    def answer(self, finding: str, *, again: bool = False) -> Evidence:
        """Return the answer to a question."""
        answers = self.second if again else self.first
        return answers.get(finding, Evidence(finding, UNKNOWN))


class World:
    """Sites that share one bent version of the knowledge.

    Args:
        engine: The engine over the knowledge.
        seed: Decides everything.
    """

    def __init__(self, engine: Engine, seed: int) -> None:
        self._engine = engine
        self._kb: KnowledgeBase = engine.kb
        self._random = random.Random(f"world {seed}")  # noqa: S311  # a simulation
        self._bends: dict[tuple[str, str, str], float] = {}
        self._priors = {c.id: PRIOR[c.prior] * self._bend() for c in self._kb.causes.values()}
        self._texts = texts(engine)

    def site(self, cause: str | None = None, *, paste: bool) -> Site:
        """Make one up; with ``paste`` its administrator has the text of the error; a cause left out is drawn."""
        cause = cause or self._random.choices(list(self._priors), list(self._priors.values()))[0]
        problem, text = self._opening(cause, paste)
        parsed = self._engine.parse(text) if text else NOTHING
        start = () if text else (Evidence(PROBLEM, problem, asked=False),)
        truth = self._truth(cause, parsed, start)
        closed = {f.needs for f in self._kb.findings.values() if f.needs and self._random.random() < CLOSED}
        first, second = ({f: self._said(f, truth, closed) for f in self._kb.findings} for _ in range(2))
        again = {f: first[f] if first[f].value == UNKNOWN else second[f] for f in first}
        nothing = Evidence(self._kb.domain.error_text, "nothing")
        return Site(cause, problem, parsed, start, first | {nothing.id: nothing}, again)

    def _opening(self, cause: str, paste: bool) -> tuple[str, str]:
        """Return the problem that shows: with a text one of those whose texts are known, else the vaguest one."""
        owners = [p for p in self._kb.problems.values() if cause in p.causes]
        if paste:
            problem = self._random.choice([p for p in owners if self._texts[p.id]])
            return problem.id, self._random.choice(self._texts[problem.id])
        return max(owners, key=lambda p: (len(p.causes), p.id)).id, ""

    def _truth(self, cause: str, parsed: Parsed, start: tuple[Evidence, ...]) -> dict[str, str]:
        """Return values for the findings that fit the cause, the text and the rules."""
        told = dict(self._engine.interview.assess(start, parsed).known)
        truth, faults = self._values(cause, told), {""}
        for _ in range(_TRIES):
            faults = self._faults(cause, parsed, start, truth, told)
            if not faults:
                break
            kept = {i: value for i, value in truth.items() if i in told or i not in faults}
            truth = self._values(cause, kept)
        return {i: value for i, value in truth.items() if i in told or i not in faults}

    def _faults(
        self,
        cause: str,
        parsed: Parsed,
        start: tuple[Evidence, ...],
        truth: Mapping[str, str],
        told: Mapping[str, str],
    ) -> set[str]:
        """Return the findings whose values, by the rules, contradict others, rule the cause out or prove another."""
        answers = [Evidence(i, value) for i, value in truth.items() if i not in told]
        seen = self._engine.interview.assess([*start, *answers], parsed)
        wrong = {c.finding for c in seen.conflicts}
        against = [firing for other, firing in seen.verdicts.confirmed.items() if other != cause]
        against += [seen.verdicts.excluded[cause]] if cause in seen.verdicts.excluded else []
        return (wrong | {premise.finding for firing in against for premise in firing.premises}) - told.keys()

    def _values(self, cause: str, told: Mapping[str, str]) -> dict[str, str]:
        """Return ``told`` with a value drawn for every other finding that applies, what others require first."""
        truth = dict(told)
        waiting = [f for f in self._kb.findings.values() if f.values and f.id not in told]
        while waiting:
            ready = [f for f in waiting if not any(w.id in {**f.requires, **f.scope} for w in waiting if w is not f)]
            for finding in ready or waiting[:1]:
                waiting.remove(finding)
                if all(truth.get(i) in values for i, values in (*finding.requires.items(), *finding.scope.items())):
                    truth[finding.id] = self._value(cause, finding)
        return truth

    def _value(self, cause: str, finding: Finding) -> str:
        chances = self._engine.interview.assessor.beliefs.chances(cause, finding.id)
        plain = [max(0.0, (p - NOISE / len(chances)) / (1 - NOISE)) for p in chances]
        accepted = self._kb.causes[cause].scope.get(finding.id, finding.values)
        weights = [
            p * self._bent(cause, finding.id, value) if value in accepted else 0.0
            for p, value in zip(plain, finding.values, strict=True)
        ]
        return self._random.choices(finding.values, weights)[0]

    def _said(self, finding_id: str, truth: Mapping[str, str], closed: set[str]) -> Evidence:
        finding = self._kb.findings[finding_id]
        if finding.needs in closed:
            return Evidence(finding_id, UNKNOWN, "no_access")
        if finding_id not in truth or self._random.random() > KNOWABLE[finding.knowable]:
            return Evidence(finding_id, UNKNOWN)
        wrong = [value for value in finding.values if value != truth[finding_id]]
        if wrong and self._random.random() < WRONG:
            return Evidence(finding_id, self._random.choice(wrong))
        return Evidence(finding_id, truth[finding_id])

    def _bend(self) -> float:
        return exp(self._random.gauss(0.0, BENT))

    def _bent(self, *key: str) -> float:
        cause, finding, value = key
        return self._bends.setdefault((cause, finding, value), self._bend())


def texts(engine: Engine) -> dict[str, list[str]]:
    """Return, for each problem, what its administrators may paste: samples of its signatures, else a complaint."""
    found: dict[str, list[str]] = {}
    for problem in engine.kb.problems.values():
        samples = [sample for signature in problem.signatures for sample in signature.samples]
        found[problem.id] = samples or [*problem.samples, *problem.phrasings][:1]
    return found


def sites(engine: Engine, count: int, seed: int, *, paste: bool) -> list[Site]:
    """Make up ``count`` sites, twenty to a world: one for every cause, the causes of the others by their priors."""
    worlds = [World(engine, seed + number) for number in range(0, count, _SITES_A_WORLD)]
    drawn: list[str | None] = [*engine.kb.causes, *[None] * count]
    return [worlds[number // _SITES_A_WORLD].site(drawn[number], paste=paste) for number in range(count)]
