"""What is too old is deleted, by one process for all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event, Semaphore

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import insert, text
from tests.service.clock import Clock

from syncsage_service.desk import Desk
from syncsage_service.problems import ProblemError
from syncsage_service.store import retention
from syncsage_service.store.retention import EVERY, Pruned, Pruner, prune, prune_if_due
from syncsage_service.store.tables import DELIVERIES
from syncsage_service.turns import Turn

NOTHING = Pruned(0, 0, 0)


def test_sessions_go_with_all_that_is_theirs(desk: Desk, database: Database, clock: Clock) -> None:
    old, used = (desk.open("owner", (Turn("told", "the chain skips"),)).row.id for _ in range(2))
    desk.feedback("owner", old, "fixed")
    clock.move(days=10)
    desk.turn("owner", used, Turn("told", "it still does"))
    clock.move(days=20)
    assert prune(database, 30, clock.now) == NOTHING  # exactly as old as they may be
    assert prune(database, 30, clock.move(seconds=1)) == Pruned(1, 0, 0)
    assert [row.id for row in desk.find(None)] == [used]
    with database.connect() as connection:
        for table, count in (("events", 2), ("feedback", 0)):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == count


def test_deliveries_go_too(database: Database, clock: Clock) -> None:
    with database.begin() as connection:
        for number in range(3):
            taken = clock.now - timedelta(days=number)
            connection.execute(insert(DELIVERIES).values(source="x", delivery=str(number), taken=taken))
    assert prune(database, 1, clock.now) == Pruned(0, 0, 1)


def test_nothing_goes_where_all_is_to_be_kept(desk: Desk, database: Database, clock: Clock) -> None:
    desk.open("owner")
    assert prune(database, 0, clock.move(days=10_000)) == NOTHING
    assert len(desk.find(None)) == 1


def test_many_go_in_parts(desk: Desk, database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_BATCH", 2)
    for _ in range(5):
        desk.open("owner")
    assert prune(database, 1, clock.move(days=2)) == Pruned(5, 0, 0)


def test_one_process_does_it_once_an_hour(database: Database, clock: Clock) -> None:
    for _ in range(2):
        with ThreadPoolExecutor(6) as threads:
            done = list(threads.map(lambda _: prune_if_due(database, 1, clock.now), range(6)))
        assert sorted(done, key=str) == [*[None] * 5, NOTHING]
        clock.now += EVERY


def test_it_happens_in_the_background(new_desk: Callable[[], Desk], database: Database, clock: Clock) -> None:
    desk, asked = new_desk(), Event()
    gone = desk.open("owner").row.id
    clock.move(days=2)

    def told() -> datetime:
        asked.set()
        return clock.now

    pruner = Pruner(database, 1, told)
    assert asked.wait(30)
    pruner.stop()  # waits for what is begun
    with pytest.raises(ProblemError, match="no such session"):
        desk.read(None, gone)


def test_a_database_that_is_away_does_not_end_the_background_work(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "EVERY", timedelta(0))
    with database.begin() as connection:
        connection.execute(text("DROP TABLE chores"))
    asked = Semaphore(0)

    def told() -> datetime:
        asked.release()
        return clock.now

    pruner = Pruner(database, 1, told)
    assert all(asked.acquire(timeout=30) for _ in range(2))  # it comes back after the first fault
    pruner.stop()
