"""Works on the outbox in a thread of its own: fetches, says, notes; whatever fails is tried again later."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Mapping

from sqlalchemy.exc import SQLAlchemyError

from syncsage.errors import EvidenceError
from syncsage_service.adapters.model import Arrival, Helpdesk, RefusedError, TransientError
from syncsage_service.adapters.outbox import Entry, Outbox
from syncsage_service.adapters.packing import packed_plan, unpacked_plan
from syncsage_service.adapters.talk import Plan, Talk
from syncsage_service.problems import ProblemError

#: What became of a delivery: a note was written, there was nothing to say, it is tried again, or it was given up.
Counted = Callable[[str, str], None]

_LOG = logging.getLogger(__name__)
#: Seconds between two looks into the outbox: other processes put entries there too.
_LOOK = 2.0
#: Attempts, and the longest pause between two of them, in seconds: together more than three hours.
_ATTEMPTS, _LONGEST_PAUSE = 20, 900.0
#: Seconds that a stop waits for the entry that is worked on; what is left undone is done by whoever comes next.
_STOP = 15.0


class Worker:
    """Works on entries, one after the other.

    Args:
        outbox: Where they are.
        helpdesks: The adapters by name.
        talk: Carries messages into sessions.
        counted: Is told of source and outcome of each attempt.
    """

    def __init__(self, outbox: Outbox, helpdesks: Mapping[str, Helpdesk], talk: Talk, counted: Counted) -> None:
        self._outbox = outbox
        self._helpdesks = helpdesks
        self._talk = talk
        self._counted = counted
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="syncsage-outbox", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the entry at hand, and end."""
        self._stopped.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(_STOP)

    def wake(self) -> None:
        """Say that there is something new."""
        self._woken.set()

    def work_once(self) -> bool:
        """Work on one entry; tell whether there was one."""
        entry = self._outbox.claim()
        if entry is None:
            return False
        outcome = self._tried(entry)
        _LOG.info("delivery %s %s: %s", entry.arrival.source, entry.number, outcome)
        self._counted(entry.arrival.source, outcome)
        return True

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            try:
                while not self._stopped.is_set() and self.work_once():
                    pass
            except SQLAlchemyError:
                _LOG.exception("the database does not answer: the outbox waits")
            self._woken.wait(_LOOK)

    def _tried(self, entry: Entry) -> str:
        helpdesk = self._helpdesks.get(entry.arrival.source)
        if entry.attempts > _ATTEMPTS or helpdesk is None:
            return self._given_up(entry, "too many attempts, or the adapter is switched off")
        try:
            return self._done(entry, helpdesk)
        except TransientError as error:
            return self._again(entry, str(error), error.after)
        except (RefusedError, EvidenceError, ProblemError) as error:
            return self._given_up(entry, str(error))
        except SQLAlchemyError:
            raise
        except Exception:
            _LOG.exception("delivery %s %s failed", entry.arrival.source, entry.number)
            return self._again(entry, "a fault of the service", 0.0)

    def _done(self, entry: Entry, helpdesk: Helpdesk) -> str:
        arrival, plan = entry.arrival, self._planned(entry, helpdesk)
        if plan is None:
            self._outbox.finish(entry)
            return "nothing"
        kept = self._talk.carry_out(arrival, plan)
        mark = mark_of(arrival)
        if entry.attempts == 1 or not helpdesk.noted(arrival, mark):
            note = self._talk.note(mark, kept, plan.heard)
            if not self._outbox.renew(entry):
                return "overtaken"
            helpdesk.write(arrival, note)
        self._outbox.finish(entry)
        return "noted"

    def _planned(self, entry: Entry, helpdesk: Helpdesk) -> Plan | None:
        """Return what is to be said: decided in an earlier attempt, or now, and kept before anything is said."""
        if entry.plan:
            return unpacked_plan(entry.plan)
        said = helpdesk.fetch(entry.arrival)
        plan = self._talk.plan(entry.arrival, said) if said is not None else None
        if plan is not None and not self._outbox.planned(entry, packed_plan(plan)):
            raise TransientError("somebody else works on it")
        return plan

    def _again(self, entry: Entry, why: str, after: float) -> str:
        if entry.attempts >= _ATTEMPTS:
            return self._given_up(entry, why)
        pause = max(after, min(2.0 ** (entry.attempts - 1), _LONGEST_PAUSE))
        _LOG.warning("delivery %s %s waits %.0f seconds: %s", entry.arrival.source, entry.number, pause, why)
        self._outbox.put_off(entry, pause)
        return "again"

    def _given_up(self, entry: Entry, why: str) -> str:
        _LOG.error("delivery %s %s is given up: %s", entry.arrival.source, entry.number, why)
        self._outbox.finish(entry)
        return "given up"


def mark_of(arrival: Arrival) -> str:
    """Return what tells the note on a delivery from every other one."""
    return hashlib.sha256(f"{arrival.source}:{arrival.delivery}".encode()).hexdigest()[:12]
