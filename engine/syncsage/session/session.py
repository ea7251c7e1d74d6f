"""A session: an interview that is kept in a file, taken up again, reported and given away."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from syncsage._version import __version__
from syncsage.engine import Engine
from syncsage.errors import InputError
from syncsage.masking import Names
from syncsage.report import Report, Versions, make_report, masked, texts_of
from syncsage.session.course import Course
from syncsage.session.files import lines_of, read_session, write_session
from syncsage.session.journal import Journal
from syncsage.session.outcome import Outcome, outcome_of
from syncsage.session.records import Opened, event_line, opened_here, opened_line


class Session(Course):
    """Texts and answers one after the other.

    Secrets are masked before a text is kept. A later answer to the same question replaces the earlier one. An answer
    that the knowledge does not have (any more) stays in the list but counts as not given: see ``gone``.

    Args:
        engine: The engine that answers.
        events: What was said before, for a replay.
        outcomes: Where each of them led, as far as that is known.
    """

    _journal: Journal | None = None
    _unkept = ""

    def branch(self) -> Session:
        """Return a session that goes on from here by itself, in no file; nothing is understood anew.

        What either of them adds, the other does not see; two threads may go on with one each.
        """
        twin = copy(self)  # events and outcomes are replaced, never changed; what texts mean is the same for both
        twin._journal, twin._unkept = None, ""
        return twin

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

    def _added(self) -> None:
        """Write the last event down. Where that fails the session goes on: who holds it asks for ``unkept``."""
        if self._journal is None:
            return
        try:
            self._journal.append(event_line(self._log[-1], self._outcomes[-1]))
        except OSError as error:
            self._unkept = f"cannot write {self._journal.path}: {error.strerror}"
            self.close()
