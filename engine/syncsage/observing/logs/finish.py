"""What was seen of a run made into the run that is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from syncsage.knowledge.runs import RunCase
from syncsage.observing.logs.draft import RunDraft, Shown
from syncsage.observing.logs.grammar import RunGrammar
from syncsage.observing.logs.model import FailureSignature, Outcome, Quote, Run
from syncsage.observing.logs.signature import SignatureReader
from syncsage.observing.logs.steps import StepReader
from syncsage.observing.text import mask

UNKNOWN = "unknown"
_QUOTE = 400
_MOST_QUOTES = 6


class Finisher:
    """Makes runs of drafts.

    Args:
        grammar: What marks mean.
        signatures: Reads signatures.
    """

    def __init__(self, grammar: RunGrammar, signatures: SignatureReader) -> None:
        self._grammar = grammar
        self._signatures = signatures
        self.steps = StepReader(grammar, signatures)

    def role(self, run: RunDraft) -> str:
        """Return the role that the marks of a run show."""
        roles = [role for role in self._grammar.runs.roles if not run.marks.isdisjoint(role.marks)]
        certain = [role for role in roles if not role.only]
        if certain:
            return certain[0].id
        if run.begun or run.ends:
            return UNKNOWN
        return next((role.id for role in roles if not run.opening.isdisjoint(role.marks)), UNKNOWN)

    def finish(self, run: RunDraft, role: str) -> Run:
        """Return the run that a draft tells of.

        Args:
            run: The draft.
            role: Its role, which another run of the same site may have shown.
        """
        outcome = outcome_of(run)
        texts = texts_of(run)
        signature = self._signature(run, texts)
        failing = self.steps.failing(run, role, signature, texts) if texts else None
        steps = self.steps.steps(run, role)
        partial = outcome == "partial"
        return Run(
            outcome=outcome,
            role=role,
            site=next(iter(run.sites), ""),
            trigger=run.trigger or UNKNOWN,
            started=run.first.time,
            ended=run.end.time if run.end else None,
            failing_step=failing,
            percent=run.percent if partial else None,
            eta=run.eta if partial else None,
            waiting=partial and run.waiting,
            steps=steps,
            update_failures=run.items,
            signature=signature,
            problems=(),
            quotes=_quotes(run, outcome),
            notes=self._notes(run, outcome),
            next_log=self._next_log(run, outcome, role, failing, steps[-1].id if steps else ""),
            started_local=run.first.local,
        )

    def _signature(self, run: RunDraft, texts: Sequence[str]) -> FailureSignature:
        """Read the signature; where the own log says only that it failed, from what others say of it."""
        if not texts:
            return FailureSignature()
        own = self._signatures.read(*texts)
        if not (own.prefix or own.exceptions or own.source) and run.beside:
            own = self._signatures.read(*texts, *(shown.text for shown in run.beside))
        return with_writer(own, sorted((*run.failing, *run.beside), key=lambda shown: shown.at.line))

    def _next_log(self, run: RunDraft, outcome: str, role: str, failing: str | None, last: str) -> str:
        facts = {"outcome": outcome, "role": role, "step": failing or "", "last": last, "log": run.log.id}
        return next((case.log for case in self._grammar.runs.next_logs if holds(case, facts)), "")

    def _notes(self, run: RunDraft, outcome: str) -> tuple[str, ...]:
        notes: list[str] = []
        if not run.begun & set(run.log.begin):
            notes.append("the beginning of this run is not shown")
        if outcome == "partial" and run.closed:
            notes.append("its end is shown, but not how it ended")
        for what, seen in (("sites", run.sites), ("computers", run.origins)):
            if len(seen) > 1:
                named = ", ".join(f"{name.upper()} (line {at.line})" for name, at in seen.items())
                notes.append(f"lines of several {what} stand in this run, spliced from different logs: {named}")
        if back := next((b for (a, _), (b, _) in pairwise(run.stamps) if b < a), None):
            line = next(at.line for stamp, at in run.stamps if stamp == back)
            notes.append(f"times go back at line {line}: the lines are not in the order in which they were written")
        return tuple(notes)


def with_writer(signature: FailureSignature, failing: Sequence[Shown]) -> FailureSignature:
    """Name the method that wrote the first failing record where no message names a source."""
    if signature.source or not failing or not failing[0].source:
        return signature
    return replace(signature, source=failing[0].source)


def outcome_of(run: RunDraft) -> Outcome:
    """Return how a run went; one whose own log is silent fails with a failure of its task in another log."""
    if run.state == "good":
        return "success"
    return "failure" if run.state == "bad" else "partial"


def holds(case: RunCase, facts: Mapping[str, str]) -> bool:
    """Tell whether a case of the knowledge holds for the facts of a run."""
    return all(facts.get(name, "") in values for name, values in case.when.items())


def with_role(runs: Sequence[RunDraft], finisher: Finisher) -> list[Run]:
    """Finish runs; one that shows no role has that of the other runs of its site."""
    roles = [finisher.role(run) for run in runs]
    by_site: dict[str, str] = {}
    for run, role in zip(runs, roles, strict=True):
        if role != UNKNOWN:
            by_site.setdefault(next(iter(run.sites), ""), role)
    told: list[Run] = []
    for run, role in zip(runs, roles, strict=True):
        if role == UNKNOWN and (site := next(iter(run.sites), "")):
            told.append(finisher.finish(run, by_site.get(site, UNKNOWN)))
        else:
            told.append(finisher.finish(run, role))
    return told


def quote(shown: Shown) -> Quote:
    """Return a record as it may be shown: masked, and cut where it is long."""
    text, _ = mask(" ".join(shown.text.replace("~", " ").split())[:_QUOTE])
    return Quote(shown.at.line, text, shown.at.file)


def texts_of(run: RunDraft) -> list[str]:
    """Return the messages that show why a run failed, or what failed in it while its end is not shown."""
    outcome = outcome_of(run)
    if outcome == "failure":
        return [shown.text for shown in run.failing]
    return [shown.text for shown in (*run.item_texts, *run.beside)] if outcome == "partial" else []


def _quotes(run: RunDraft, outcome: str) -> tuple[Quote, ...]:
    failing = (*run.failing, *run.item_texts, *run.beside)
    if outcome == "success":
        failing = tuple(run.item_texts)
    kept = failing or ((run.latest,) if run.latest else ())
    return tuple(dict.fromkeys(quote(shown) for shown in sorted(kept, key=lambda s: s.at.line)))[:_MOST_QUOTES]
