"""Answers that do not fit: a text shows something else, a rule concludes something else, or no cause is left.

Nothing tells a slip of the person from a log of another day, so the engine takes no side for good: it asks again and
shows both sides. Until that is settled, what a text shows stands before an answer, for nobody misremembered it, and an
answer before what a rule concludes from others. What a person cannot settle counts as not answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from syncsage.evidence import CONFLICT
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import Observation
from syncsage.reasoning.model import Firing, Rule, Trace
from syncsage.step import UNKNOWN, Conflict, Evidence
from syncsage.views import origin, statement

#: Answers that were asked for again, at most, only because they leave no cause.
_MOST_DOUBTS = 2


def answers(kb: KnowledgeBase, given: Mapping[str, Evidence]) -> dict[str, Observation]:
    """Return the answers in force, by finding: what a person said last where an answer was contradicted."""
    values = {i: e.value for i, e in given.items() if i in kb.findings}
    values |= {i.removeprefix(CONFLICT): e.value for i, e in given.items() if i.startswith(CONFLICT)}
    return {i: Observation(i, value, "answer") for i, value in values.items() if value != UNKNOWN}


def against_text(
    kb: KnowledgeBase, said: Mapping[str, Observation], read: Mapping[str, Observation], given: Mapping[str, Evidence]
) -> tuple[Conflict, ...]:
    """Return the answers that a text contradicts."""
    return tuple(
        Conflict(
            i,
            "text",
            said[i].value,
            read[i].value,
            f"{_answered(kb, said[i])}, but {origin(read[i])} shows “{_label(kb, read[i])}”.",
        )
        for i in sorted(said.keys() & read.keys())
        if said[i].value != read[i].value and not _settled(i, given)
    )


def against_rules(
    kb: KnowledgeBase,
    rules: Mapping[str, Rule],
    trace: Trace,
    observed: Mapping[str, Observation],
    given: Mapping[str, Evidence],
) -> tuple[Conflict, ...]:
    """Return the answers for which a rule concludes another value from the rest, one conflict for each."""
    said = {i: seen for i, seen in observed.items() if seen.how == "answer"}
    found: dict[str, Conflict] = {}
    for firing in trace.conflicts:
        made = rules[firing.rule].conclusion
        if made.target in said and made.target not in found and not _settled(made.target, given):
            shown = kb.findings[made.target].label(made.value)
            grounds = "; ".join(statement(kb, p.finding, p.value) for p in firing.premises)
            text = f"{_answered(kb, said[made.target])}, but “{shown}” follows from “{grounds}”."
            found[made.target] = Conflict(made.target, "rule", said[made.target].value, made.value, text)
    return tuple(found[i] for i in sorted(found))


def against_all(
    kb: KnowledgeBase, excluding: Iterable[Firing], said: Mapping[str, Observation], given: Mapping[str, Evidence]
) -> tuple[Conflict, ...]:
    """Return the answer worth a second look where every cause is ruled out.

    Args:
        kb: The knowledge.
        excluding: What rules the causes out, that of the otherwise most probable cause first.
        said: The answers in force.
        given: All evidence.
    """
    if sum(1 for i in given if i.startswith(CONFLICT)) >= _MOST_DOUBTS:
        return ()
    for firing in excluding:
        for premise in firing.premises:
            i = premise.finding
            if i in said and not _settled(i, given):
                text = f"{_answered(kb, said[i])}, and that leaves no cause I know of."
                return (Conflict(i, "ruled-out", premise.value, "", text),)
    return ()


def _settled(finding: str, given: Mapping[str, Evidence]) -> bool:
    return CONFLICT + finding in given


def _answered(kb: KnowledgeBase, answer: Observation) -> str:
    return f"{kb.findings[answer.finding].ask or answer.finding} “{_label(kb, answer)}” was answered"


def _label(kb: KnowledgeBase, seen: Observation) -> str:
    return kb.findings[seen.finding].label(seen.value)
