"""What a log settles for the interview, by the cases of the knowledge."""

from __future__ import annotations

from syncsage.knowledge.runs import RunLog
from syncsage.observing.logs.finish import holds
from syncsage.observing.logs.grammar import RunGrammar
from syncsage.observing.logs.model import Run
from syncsage.observing.logs.verdict import Tally


def settled(run: Run | None, lead: RunLog | None, tally: Tally, grammar: RunGrammar) -> tuple[tuple[str, str], ...]:
    """Return findings and values, sorted; a finding for which two cases give two values is left open.

    Args:
        run: The run that the verdict is about, if the text shows one.
        lead: The log that tells of it.
        tally: The records of the text.
        grammar: Names the cases.
    """
    log = lead.id if lead else next(iter([name for name, _ in tally.logs.most_common(1)]), "")
    facts = {"log": log} | (_facts(run) if run else {})
    values: dict[str, set[str]] = {}
    for case in grammar.runs.known:
        if holds(case, facts):
            for finding, value in case.set.items():
                values.setdefault(finding, set()).add(value)
    return tuple((finding, min(found)) for finding, found in sorted(values.items()) if len(found) == 1)


def _facts(run: Run) -> dict[str, str]:
    moving = run.outcome == "partial" and run.percent is not None and run.percent < 100
    return {
        "outcome": run.outcome,
        "role": run.role,
        "trigger": run.trigger,
        "step": run.failing_step or "",
        "last": run.steps[-1].id if run.steps else "",
        "moving": "yes" if moving else "no",
        "prefix": run.signature.prefix or "",
    }
