"""The outbox and its worker, on both databases: nothing acknowledged is lost, nothing is done twice."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import Engine as Database
from tests.service.adapters.support import CHAIN
from tests.service.clock import Clock

from syncsage.engine import Engine
from syncsage_service import Settings
from syncsage_service.adapters.model import Arrival, RefusedError, Said, TransientError
from syncsage_service.adapters.note import Note
from syncsage_service.adapters.outbox import Outbox
from syncsage_service.adapters.talk import Talk
from syncsage_service.adapters.worker import Worker
from syncsage_service.desk import Desk
from syncsage_service.engines import Engines
from syncsage_service.store.sessions import SessionStore


class FakeAdapter:
    """Notes what it is asked; ``faults`` are raised one after the other, None lets a call through."""

    source = "fake"

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.notes: list[tuple[str, str]] = []
        self.faults: list[Exception | None] = []
        self.lost = False

    def verify(self, headers: Mapping[str, str], body: bytes, now: float) -> None:
        raise AssertionError("the worker verifies nothing")

    def read(self, headers: Mapping[str, str], body: bytes) -> Arrival | None:
        raise AssertionError("the worker reads no body")

    def fetch(self, arrival: Arrival) -> Said | None:
        return Said(self.texts[arrival.event])

    def noted(self, arrival: Arrival, mark: str) -> bool:
        return any(mark in text for _, text in self.notes)

    def write(self, arrival: Arrival, note: Note) -> None:
        fault = self.faults.pop(0) if self.faults else None
        if fault is None or self.lost:
            self.notes.append((arrival.ticket, note.to_text()))
        if fault is not None:
            raise fault


class Bench:
    """Outbox, desk and worker over one database; several stand for several processes."""

    def __init__(self, database: Database, engine: Engine, adapter: FakeAdapter, clock: Clock) -> None:
        engines = Engines(Settings(), engine)
        self.desk = Desk(engines, SessionStore(database), clock)
        self.outbox = Outbox(database, clock)
        self.counts: list[str] = []
        talk = Talk(self.desk, engines, outside=False, public_url="")
        self.worker = Worker(self.outbox, {"fake": adapter}, talk, lambda _, outcome: self.counts.append(outcome))


@pytest.fixture
def adapter() -> FakeAdapter:
    return FakeAdapter()


@pytest.fixture
def bench(database: Database, engine: Engine, adapter: FakeAdapter, clock: Clock) -> Bench:
    return Bench(database, engine, adapter, clock)


def take(bench: Bench, adapter: FakeAdapter, event: str, text: str, ticket: str = "7") -> bool:
    adapter.texts[event] = text
    return bench.outbox.take(Arrival("fake", event, ticket, event))


def test_a_delivery_is_kept_once(bench: Bench, adapter: FakeAdapter) -> None:
    assert [take(bench, adapter, "a", CHAIN) for _ in range(3)] == [True, False, False]
    assert [bench.worker.work_once() for _ in range(2)] == [True, False]
    assert not take(bench, adapter, "a", CHAIN), "also when it is done"
    assert bench.counts == ["noted"]


def test_messages_of_a_ticket_wait_for_each_other(bench: Bench, adapter: FakeAdapter, clock: Clock) -> None:
    take(bench, adapter, "a", CHAIN)
    take(bench, adapter, "b", "1")
    take(bench, adapter, "c", CHAIN, ticket="8")
    adapter.faults = [TransientError("busy")]
    while bench.worker.work_once():
        pass
    assert [ticket for ticket, _ in adapter.notes] == ["8"], "the reply must not overtake what it answers"
    clock.move(seconds=2)
    while bench.worker.work_once():
        pass
    assert [ticket for ticket, _ in adapter.notes] == ["8", "7", "7"]
    (row,) = bench.desk.find("hook:fake", "7")
    assert [event.kind for event in bench.desk.read(None, row.id).session.log] == ["told", "answered"]


def test_two_processes_never_claim_the_same(
    bench: Bench, database: Database, engine: Engine, adapter: FakeAdapter, clock: Clock
) -> None:
    other = Bench(database, engine, adapter, clock)
    take(bench, adapter, "a", CHAIN)
    take(bench, adapter, "b", CHAIN, ticket="8")
    claimed = [box.claim() for box in (bench.outbox, other.outbox, bench.outbox)]
    assert [entry.number if entry else 0 for entry in claimed] == [1, 2, 0]


def test_what_a_dead_process_held_is_taken_over(bench: Bench, adapter: FakeAdapter, clock: Clock) -> None:
    take(bench, adapter, "a", CHAIN)
    held = bench.outbox.claim()
    assert held is not None
    assert not bench.worker.work_once()
    clock.move(seconds=301)
    assert bench.worker.work_once()
    assert len(adapter.notes) == 1
    assert not bench.outbox.renew(held), "who comes back late does not go on"


def test_a_reply_is_said_once_though_its_note_fails(bench: Bench, adapter: FakeAdapter, clock: Clock) -> None:
    take(bench, adapter, "a", CHAIN)
    bench.worker.work_once()
    take(bench, adapter, "b", "1")
    adapter.faults = [TransientError("down"), TransientError("down")]
    for _ in range(3):
        bench.worker.work_once()
        clock.move(seconds=10)
    (row,) = bench.desk.find("hook:fake", "7")
    assert [event.kind for event in bench.desk.read(None, row.id).session.log] == ["told", "answered"]
    assert len(adapter.notes) == 2
    assert bench.counts == ["noted", "again", "again", "noted"]


def test_a_note_whose_answer_was_lost_is_not_repeated(bench: Bench, adapter: FakeAdapter, clock: Clock) -> None:
    take(bench, adapter, "a", CHAIN)
    adapter.faults = [TransientError("timed out")]
    adapter.lost = True
    bench.worker.work_once()
    clock.move(seconds=10)
    bench.worker.work_once()
    assert len(adapter.notes) == 1
    assert bench.outbox.waiting() == 0


def test_a_session_is_opened_once_though_the_first_note_fails(bench: Bench, adapter: FakeAdapter, clock: Clock) -> None:
    take(bench, adapter, "a", CHAIN)
    adapter.faults = [RuntimeError("a fault of ours")]
    bench.worker.work_once()
    clock.move(seconds=10)
    bench.worker.work_once()
    assert len(bench.desk.find("hook:fake", "7")) == 1
    assert bench.counts == ["again", "noted"]


def test_a_helpdesk_that_wants_a_pause_gets_it(bench: Bench, adapter: FakeAdapter, clock: Clock) -> None:
    take(bench, adapter, "a", CHAIN)
    adapter.faults = [TransientError("429", after=120)]
    bench.worker.work_once()
    clock.move(seconds=119)
    assert not bench.worker.work_once()
    clock.move(seconds=2)
    assert bench.worker.work_once()


@pytest.mark.parametrize("fault", [RefusedError("422"), TransientError("down")])
def test_what_cannot_be_done_is_given_up_and_blocks_nothing(
    bench: Bench, adapter: FakeAdapter, clock: Clock, fault: Exception
) -> None:
    take(bench, adapter, "a", CHAIN)
    adapter.faults = [fault for _ in range(20)]
    while bench.worker.work_once():
        clock.move(seconds=1000)
    assert bench.counts[-1] == "given up"
    assert bench.outbox.waiting() == 0
