"""From events to steps: where everything said led, and where each turn did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from syncsage.engine import Engine
from syncsage.interview import NOTHING
from syncsage.observing.model import Parsed
from syncsage.report import Turn
from syncsage.session.events import Event, answers
from syncsage.session.joining import join
from syncsage.step import Step


class Stepper:
    """Replays events on one engine; a text is understood once.

    Args:
        engine: The engine that answers.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._parsed: dict[str, Parsed] = {}

    def parsed(self, text: str) -> Parsed:
        """Return what is understood of a text."""
        if text not in self._parsed:
            self._parsed[text] = self.engine.parse(text)
        return self._parsed[text]

    def after(self, events: Sequence[Event]) -> Step:
        """Return the step that ``events``, all of which stand, lead to."""
        parsed = NOTHING
        for event in events:
            if event.kind == "told":
                parsed = join(parsed, self.parsed(event.text))
        return self.engine.diagnose(answers(events), parsed=parsed)

    def turns(self, events: Sequence[Event]) -> Iterator[Turn]:
        """Yield each of ``events``, all of which stand, with the step that it led to."""
        for count, event in enumerate(events, start=1):
            if event.kind == "undone" or event.kind == "ticked":  # noqa: PLR1714 - narrows the type
                continue
            told = event.kind == "told"
            yield Turn(
                kind=event.kind,
                id=event.id,
                value=event.value,
                reason=event.reason,
                text=event.text,
                step=self.after(events[:count]),
                parsed=self.parsed(event.text) if told else None,
                track=self.engine.track(event.text) if told and event.text.strip() else None,
            )
