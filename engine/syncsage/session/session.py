"""A session: a list of what was told, answered, tried and taken back. Everything else is replayed from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from syncsage._version import __version__
from syncsage.engine import Engine
from syncsage.errors import EvidenceError, InputError
from syncsage.evidence import CONFLICT
from syncsage.explanation import Said
from syncsage.masking import Names
from syncsage.observing.text import mask
from syncsage.reasoning import problem_finding
from syncsage.report import Report, Versions, make_report, masked, texts_of
from syncsage.session.events import Event, EventKind, answers, in_force, numbered
from syncsage.session.files import lines_of, read_session, write_session
from syncsage.session.fitting import Gone, gone_from
from syncsage.session.journal import Journal
from syncsage.session.outcome import Outcome, outcome_of
from syncsage.session.records import Opened, event_line, opened_here, opened_line
from syncsage.session.ticking import Tick, tick, ticks
from syncsage.session.turning import Stepper
from syncsage.step import UNKNOWN, Evidence, Step, Ticked, UnknownReason


class Session:
    """Texts and answers one after the other.

    Secrets are masked before a text is kept. A later answer to the same question replaces the earlier one. An answer
    that the knowledge does not have (any more) stays in the list but counts as not given: see ``gone``.

    Args:
        engine: The engine that answers.
        events: What was said before, for a replay.
        outcomes: Where each of them led, as far as that is known.
    """

    def __init__(
        self, engine: Engine, events: Iterable[Event] = (), outcomes: Sequence[Outcome | None] | None = None
    ) -> None:
        self.engine = engine
        self._log = numbered(events)
        self._outcomes: list[Outcome | None] = [None] * len(self._log) if outcomes is None else list(outcomes)
        self._stepper = Stepper(engine)
        self._journal: Journal | None = None
        self._unkept = ""
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

    def branch(self) -> Session:
        """Return a session that goes on from here by itself, in no file; nothing is understood anew.

        What either of them adds, the other does not see; two threads may go on with one each.
        """
        twin = copy(self)  # events and outcomes are replaced, never changed; what texts mean is the same for both
        twin._journal, twin._unkept = None, ""
        return twin

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
        self._write_last()

    # ------------------------------------------------------------------------------------------------------ given away
    def report(self, names: Names | None = None, *, unmasked: bool = False, made: datetime | None = None) -> Report:
        """Return everything the interview came to, ready for a ticket.

        Args:
            names: Pseudonyms to use; those of this session where left out (see ``names``).
            unmasked: Leave the names of machines, people and networks as they are.
            made: When the report is made, to be shown in it.
        """
        kb = self.engine.kb
        versions = Versions(__version__, kb.version, kb.hash, self.engine.matcher_name)
        report = make_report(
            kb, tuple(self._stepper.turns(self.events)), versions, self.engine.diagnose(), self.ticks, made
        )
        return report if unmasked else masked(report, names or self._names_in(report))

    def names(self) -> Names:
        """Return pseudonyms for the names in everything told, for what is given away, and the way back."""
        return self._names_in(self.report(unmasked=True))

    def masked(self, names: Names | None = None) -> Session:
        """Return the session with the names in its texts masked, ready to be given away."""
        pseudonyms = names or self.names()
        events = [replace(e, text=pseudonyms.mask(e.text)) if e.kind == "told" else e for e in self._log]
        return Session(self.engine, events, self._so_far())

    def _names_in(self, report: Report) -> Names:
        told = (event.text for event in self._log if event.kind == "told")
        return Names(self.engine.kb, (*told, *texts_of(report)))

    # ----------------------------------------------------------------------------------------------------------- files
    @property
    def kept(self) -> Path | None:
        """The file that every event is written to as it comes; None where there is none."""
        return self._journal.path if self._journal is not None else None

    @property
    def unkept(self) -> str:
        """Why events are no longer written to the file; empty where nothing went wrong."""
        return self._unkept

    def keep(self, path: Path | str) -> None:
        """Write everything to a new file, and every event from now on as it comes; let go of the file before.

        Raises:
            InputError: The file exists, or cannot be written.
            SessionBusyError: Another process is just beginning it.
        """
        place = Path(path).resolve()
        body = b"".join(lines_of(self._opened(), self._log, self._so_far()))
        try:
            journal = Journal.create(place, body)
        except FileExistsError as error:
            raise InputError(f"{place} exists already") from error
        self.close()
        self._journal, self._unkept = journal, ""

    def save(self, path: Path | str, *, signed: bool = True) -> None:
        """Write the session as it stands to a file of its own, readable by its owner only.

        Args:
            path: The file.
            signed: Note the machine and the process that write it, as in files that are gone on with.

        Raises:
            InputError: The file cannot be written.
        """
        opened = self._opened() if signed else replace(self._opened(), holder=None)
        write_session(Path(path), opened, self._log, self._so_far())

    def close(self) -> None:
        """Let go of the file. The session itself goes on; its further events are not kept."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @classmethod
    def load(cls, engine: Engine, path: Path | str, *, salvage: bool = False) -> Session:
        """Read a session and replay it on the knowledge of ``engine``. The file is not written to.

        Args:
            engine: The engine that answers.
            path: The file.
            salvage: Do with what can be read of a damaged file.

        Raises:
            InputError: The file cannot be read, is no session, or is damaged.
        """
        stored = read_session(path)
        if stored.damage and not salvage:
            raise InputError(stored.fault)
        return cls(engine, stored.events, stored.outcomes)

    @classmethod
    def open(cls, engine: Engine, path: Path | str) -> Session:
        """Take up a session where it was left: replay it, and keep every further event in the same file.

        Raises:
            SessionBusyError: Another process has it open.
            InputError: The file cannot be read or written, is no session, or is damaged.
        """
        journal, stored = Journal.open(Path(path).resolve())
        try:
            session = cls(engine, stored.events, stored.outcomes)
            journal.append(opened_line(session._opened(outcome_of(session.step))))
        except OSError as error:
            journal.close()
            raise InputError(f"cannot write {journal.path}: {error.strerror}") from error
        except BaseException:
            journal.close()
            raise
        session._journal = journal
        return session

    def _opened(self, then: Outcome | None = None) -> Opened:
        return opened_here(__version__, self.engine.kb.version, then)

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
        self._write_last()
        return step

    def _standing(self, log: Sequence[Event]) -> tuple[Event, ...]:
        left_out = {gone.number for gone in self._gone}
        return tuple(event for event in in_force(log) if event.number not in left_out)

    def _write_last(self) -> None:
        """Write the last event down. Where that fails the session goes on: who holds it asks for ``unkept``."""
        if self._journal is None:
            return
        try:
            self._journal.append(event_line(self._log[-1], self._outcomes[-1]))
        except OSError as error:
            self._unkept = f"cannot write {self._journal.path}: {error.strerror}"
            self.close()
