"""The course of an interview: what was told, answered, tried and taken back. Everything else is replayed from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from syncsage.engine import Engine
from syncsage.errors import EvidenceError
from syncsage.evidence import CONFLICT
from syncsage.explanation import Said
from syncsage.observing.text import mask
from syncsage.reasoning import problem_finding
from syncsage.session.events import Event, EventKind, answers, in_force, numbered
from syncsage.session.fitting import Gone, gone_from
from syncsage.session.outcome import Outcome, outcome_of
from syncsage.session.ticking import Tick, tick, ticks
from syncsage.session.turning import Stepper
from syncsage.step import UNKNOWN, Evidence, Step, Ticked, UnknownReason


class Course:
    """What was said and where each of it led: the part of a ``Session`` that knows of no file and no report."""

    def __init__(
        self, engine: Engine, events: Iterable[Event] = (), outcomes: Sequence[Outcome | None] | None = None
    ) -> None:
        self.engine = engine
        self._log = numbered(events)
        self._outcomes: list[Outcome | None] = [None] * len(self._log) if outcomes is None else list(outcomes)
        self._stepper = Stepper(engine)
        self._gone = gone_from(engine.kb, in_force(self._log))
        self._step = self._stepper.after(self.events)

    @property
    def step(self) -> Step:
        """The step that everything said so far leads to."""
        return self._step

    @property
    def log(self) -> tuple[Event, ...]:
        """Every event, ticks and those taken back included, oldest first; it only ever grows."""
        return tuple(self._log)

    @property
    def events(self) -> tuple[Event, ...]:
        """What was said and not taken back, oldest first."""
        return self._standing(self._log)

    @property
    def outcomes(self) -> tuple[Outcome | None, ...]:
        """Where each event of ``log`` led; None where that was not kept."""
        return tuple(self._outcomes)

    @property
    def ticks(self) -> tuple[Ticked, ...]:
        """What became of the steps of procedures, by what they belong to and by number."""
        return ticks(self._log)

    @property
    def gone(self) -> tuple[Gone, ...]:
        """Answers that were taken up from elsewhere and that this knowledge does not have."""
        return self._gone

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The answers in force, by id."""
        return answers(self.events)

    @property
    def said(self) -> Said:
        """Which event each fact comes from, for explanations."""
        step, shown = self._step, dict[str, int]()
        texts = {event.number: event.text for event in self.events if event.kind == "told"}
        for number, text in texts.items():
            parsed = self._stepper.parsed(text)
            shown |= {o.finding: number for o in parsed.observations if o in step.parsed.observations}
            shown |= {problem_finding(m.id): number for m in parsed.problems if m in step.parsed.problems}
        given = {e.id.removeprefix(CONFLICT): e.number for e in self.events if e.kind != "told"}
        stands = {o.finding for o in step.observations if o.how == "answer"}  # the rest is as a text shows it
        return Said(shown | {i: n for i, n in given.items() if i in stands or i not in shown}, texts)

    def tell(self, text: str) -> Step:
        """Add a text: an error, log lines, a complaint."""
        masked, _ = mask(text)
        return self._add(Event("told", text=masked))

    def answer(self, finding: str, value: str, reason: UnknownReason = "dont_know") -> Step:
        """Answer a question, a check, or ``fix:<cause>``.

        Raises:
            EvidenceError: The id or the value is not known; nothing is kept.
        """
        if value != UNKNOWN:
            reason = "dont_know"
        kind: EventKind = "tried" if finding.startswith("fix:") else "answered"
        return self._add(Event(kind, finding, value, reason))

    def change(self, number: int, value: str, reason: UnknownReason = "dont_know") -> Step:
        """Answer the question of event ``number`` anew.

        Raises:
            EvidenceError: That event is no answer, or the value does not fit; nothing is kept.
        """
        event = self._said_as(number)
        if event.kind == "told":
            raise EvidenceError(f"number {number} is a text: it can be taken back, not changed")
        return self.answer(event.id, value, reason)

    def undo(self, number: int | None = None) -> Step:
        """Take an event back, the last one where ``number`` is None. Nothing happens where there is none.

        Ticks are no such events: :meth:`tick` takes them back.

        Raises:
            EvidenceError: Nothing that stands has that number.
        """
        if number is None and not self.events:
            return self._step
        last = self.events[-1] if number is None else self._said_as(number)
        return self._add(Event("undone", undoes=last.number))

    def tick(self, step: int, mark: Tick = "done") -> None:
        """Note what became of a step of the procedures that the next question or fix comes with.

        Ticks bear on no diagnosis: nothing is concluded from them, and neither ``undo`` nor ``events`` knows them. They
        are kept in the file, and reports show them.

        Args:
            step: Its number, from 1, counted over all ``parts`` of ``self.step.next``.
            mark: What became of it; ``undone`` takes an earlier tick back.

        Raises:
            EvidenceError: Nothing that is asked has such a step, or the mark is none; nothing is kept.
        """
        self._log = [*self._log, tick(self._step.next, step, mark)]
        self._outcomes = [*self._outcomes, None]
        self._added()

    def _so_far(self) -> list[Outcome | None]:
        """Return where each event led, the last statement by the knowledge of today."""
        last = max((place for place, event in enumerate(self._log) if event.kind != "ticked"), default=None)
        return [outcome_of(self._step) if place == last else then for place, then in enumerate(self._outcomes)]

    def _said_as(self, number: int) -> Event:
        event = next((event for event in self.events if event.number == number), None)
        if event is None:
            raise EvidenceError(f"nothing that stands has the number {number}")
        return event

    def _add(self, event: Event) -> Step:
        log = numbered([*self._log, event])
        step = self._stepper.after(self._standing(log))  # an interrupted reading of a text leaves the session as it was
        self._log, self._step, self._outcomes = log, step, [*self._outcomes, outcome_of(step)]
        self._added()
        return step

    def _standing(self, log: Sequence[Event]) -> tuple[Event, ...]:
        left_out = {gone.number for gone in self._gone}
        return tuple(event for event in in_force(log) if event.number not in left_out)

    def _added(self) -> None:
        """Note that the last event is there; whoever keeps events writes it down."""
