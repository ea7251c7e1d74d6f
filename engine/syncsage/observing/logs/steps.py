"""The steps of a run, by the tracking of its role: reached when, how long, and in which one it failed."""

from __future__ import annotations

from collections.abc import Sequence

from syncsage.knowledge.model import Tracking, TrackingStep
from syncsage.knowledge.patterns import search
from syncsage.observing.logs.draft import Moment, Position, RunDraft
from syncsage.observing.logs.grammar import RunGrammar
from syncsage.observing.logs.model import FailureSignature, RunStep
from syncsage.observing.logs.signature import SignatureReader


class StepReader:
    """Reads steps out of runs.

    Args:
        grammar: What marks mean.
        signatures: Tells the step that an error class belongs to.
    """

    def __init__(self, grammar: RunGrammar, signatures: SignatureReader) -> None:
        self._grammar = grammar
        self._signatures = signatures

    def tracking(self, role: str) -> Tracking | None:
        """Return the tracking of a role, that of the default role where it is not known."""
        return self._grammar.tracking.get(role) or self._grammar.default()

    def path(self, run: RunDraft, role: str) -> list[tuple[TrackingStep, Position]]:
        """Return the step of each stretch of a run, without those that only repeat an earlier step."""
        tracking = self.tracking(role)
        steps = tracking.steps if tracking else ()
        path: list[tuple[TrackingStep, Position]] = []
        current = -1
        for position in run.positions:
            index = _next(steps, current, position)
            if index is not None:
                path.append((steps[index], position))
                current = index
        return path

    def steps(self, run: RunDraft, role: str) -> tuple[RunStep, ...]:
        """Return the steps that a run reached, in the order in which it first reached them."""
        stretches = _joined(self.path(run, role))
        found: dict[str, RunStep] = {}
        for number, (step, place) in enumerate(stretches):
            following = stretches[number + 1][1].timed if number + 1 < len(stretches) else run.end
            seconds = _seconds(place.timed, following)
            started = place.timed.time if place.timed else None
            lines = (place.first.line, place.last.line)
            if before := found.get(step.id):
                seconds = None if before.seconds is None and seconds is None else (before.seconds or 0) + (seconds or 0)
                started = before.started or started
                lines = (before.lines[0], max(before.lines[1], lines[1]))
            found[step.id] = RunStep(step.id, step.title, started, seconds, lines)
        return tuple(found.values())

    def failing(self, run: RunDraft, role: str, signature: FailureSignature, texts: Sequence[str]) -> str | None:
        """Return the step in which a run failed: by its position, then by the source, then by words.

        A source may name a later step than the last one that the text shows, never an earlier one.
        """
        tracking = self.tracking(role)
        order = [step.id for step in tracking.steps] if tracking else []
        path = self.path(run, role)
        place = path[-1][0].id if path else None
        sure = self._hint(texts, weak=False) or self._signatures.step(signature.prefix) or run.log.step
        if place is None or order.index(place) == 0:
            known = sure or self._hint(texts, weak=True)
            return known if known and (known in order or not order) else place
        if sure in order and order.index(sure) > order.index(place):
            return sure
        return place

    def _hint(self, texts: Sequence[str], *, weak: bool) -> str:
        for hint in self._grammar.runs.failing:
            if hint.weak == weak and any(search(mark, text) for mark in hint.marks for text in texts):
                return hint.step
        return ""


def _next(steps: Sequence[TrackingStep], current: int, position: Position) -> int | None:
    """Return the step of a stretch: the same one, else the next further on, else one that may come late."""
    fitting = [i for i, step in enumerate(steps) if not position.marks.isdisjoint(step.marks)]
    if current in fitting:
        return current
    further = [i for i in fitting if i > current]
    if further:
        return further[0]
    return next((i for i in fitting if steps[i].late), None)


def _joined(path: Sequence[tuple[TrackingStep, Position]]) -> list[tuple[TrackingStep, Position]]:
    """Make one of neighbouring stretches of a step."""
    joined: list[tuple[TrackingStep, Position]] = []
    for step, place in path:
        if joined and joined[-1][0] is step:
            before = joined[-1][1]
            whole = Position(before.marks, before.first, place.last, before.timed or place.timed)
            joined[-1] = (step, whole)
        else:
            joined.append((step, place))
    return joined


def _seconds(start: Moment | None, end: Moment | None) -> float | None:
    if start is None or end is None:
        return None
    pair = (start.utc, end.utc) if start.utc and end.utc else (start.local, end.local)
    if pair[0] is None or pair[1] is None:
        return None
    return max(0.0, round((pair[1] - pair[0]).total_seconds(), 3))
