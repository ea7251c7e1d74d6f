"""Where each thing comes from, by the numbers that a report gives to texts and answers."""

from __future__ import annotations

from collections.abc import Sequence

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import Observation, Span
from syncsage.report.parts import Reason
from syncsage.report.turns import Turn
from syncsage.step import Step
from syncsage.views import origin, statement


class Origins:
    """Names the answer or the line that a finding was taken from.

    Args:
        kb: The knowledge, for the words of what is known.
        turns: Everything said, oldest first.
    """

    def __init__(self, kb: KnowledgeBase, turns: Sequence[Turn]) -> None:
        self._kb = kb
        self._texts = sum(turn.kind == "told" for turn in turns)
        self._answers: dict[str, str] = {}
        self._read: dict[Observation, str] = {}
        counts = {"told": 0, "answered": 0, "tried": 0}
        for turn in turns:
            counts[turn.kind] += 1
            if turn.kind == "answered":
                self._answers[turn.id] = f"answer {counts['answered']}"
            elif turn.kind == "tried":
                self._answers[turn.id] = f"fix {counts['tried']}"
            for seen in turn.parsed.observations if turn.parsed else ():
                self._read[seen] = self._place(counts["told"], seen.where)
        self._found = {seen.finding: place for seen, place in self._read.items()}

    def of(self, finding: str) -> str:
        """Return the answer or the line that ``finding`` was taken from; empty where it is neither."""
        return self._answers.get(finding) or self._found.get(finding, "")

    def facts(self, step: Step) -> tuple[Reason, ...]:
        """Return what is known beside the answers: read in a text, or concluded by a rule."""
        return tuple(
            Reason(statement(self._kb, seen.finding, seen.value), self._read.get(seen) or origin(seen))
            for seen in step.observations
            if seen.how != "answer"
        )

    def _place(self, text: int, where: Span | None) -> str:
        name = f"text {text}" if self._texts > 1 else ""
        if where is None:
            return name or "text"
        line = f"line {where.first}" if where.first == where.last else f"lines {where.first}-{where.last}"
        return f"{name}, {line}" if name else line
