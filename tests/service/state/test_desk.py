"""The desk: sessions at hand, writes at a time, knowledge that changes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from tests.conftest import WordEncoder

from syncsage.engine import Engine
from syncsage.knowledge import load
from syncsage_service import Settings
from syncsage_service.api.session_models import SessionOut
from syncsage_service.desk import Desk
from syncsage_service.engines import Engines
from syncsage_service.problems import ProblemError, as_problem
from syncsage_service.shelf import Shelf
from syncsage_service.store.sessions import SessionStore
from syncsage_service.turns import Turn

TOLD = Turn("told", "the chain skips over the teeth")


class CountingStore(SessionStore):
    """Counts how often the events of a session are read, to be replayed."""

    replays = 0

    def lines(self, row):  # type: ignore[no-untyped-def]
        self.replays += 1
        return super().lines(row)


def test_what_is_at_hand_is_not_replayed(database: Database, engine: Engine) -> None:
    store = CountingStore(database)
    desk, other = Desk(Engines(Settings(), engine), store), Desk(Engines(Settings(), engine), SessionStore(database))
    place = desk.open("owner").row.id
    for _ in range(3):
        desk.turn("owner", place, TOLD)
        desk.read("owner", place)
    assert store.replays == 0
    other.turn("owner", place, TOLD)
    shown = [SessionOut.of(d.read("owner", place)) for d in (desk, desk, other)]
    assert store.replays == 1
    assert shown[0] == shown[1] == shown[2]


def test_nobody_sees_what_another_one_says_to_a_session_at_hand(desk: Desk) -> None:
    place = desk.open("owner", (TOLD,)).row.id
    one, other = desk.read("owner", place), desk.read("owner", place)
    one.session.tell("and it squeaks")
    assert len(other.session.log) == len(desk.read("owner", place).session.log) == 1


def test_the_shelf_is_bounded(desk: Desk) -> None:
    kept = [desk.open("owner", (Turn("told", "chain" + "x" * length),)) for length in (5, 50, 20, 40)]
    shelf = Shelf(count=2, characters=70)
    engine = kept[0].session.engine

    def at_hand() -> list[bool]:
        return [shelf.get(item.row, engine) is not None for item in kept]

    shelf.put(kept[0].row, kept[0].session)
    shelf.put(kept[1].row, kept[1].session)
    assert at_hand() == [True, True, False, False]
    shelf.put(kept[2].row, kept[2].session)  # too many, and too long with the second
    assert at_hand() == [False, False, True, False]
    shelf.put(kept[3].row, kept[3].session)
    assert at_hand() == [False, False, True, True]
    shelf.put(replace(kept[3].row, version=0), kept[3].session)  # an old reading comes late
    assert at_hand() == [False, False, True, True]
    shelf.remove(kept[2].row.id)
    shelf.remove(kept[2].row.id)
    assert at_hand() == [False, False, False, True]


def test_writes_at_a_time_all_come_in(new_desk: Callable[[], Desk]) -> None:
    desks = [new_desk(), new_desk()]
    place = desks[0].open("owner").row.id

    def say(number: int) -> int:
        while True:
            try:
                return desks[number % 2].turn("owner", place, Turn("told", f"note {number}")).row.version
            except ProblemError:  # others were quicker, many times over
                continue

    with ThreadPoolExecutor(6) as threads:
        versions = list(threads.map(say, range(24)))
    kept = new_desk().read("owner", place)
    assert sorted(versions) == list(range(2, 26))
    assert sorted(event.text for event in kept.session.log) == sorted(f"note {number}" for number in range(24))


def test_a_refused_answer_leaves_the_session_at_hand_as_it_was(desk: Desk) -> None:
    place = desk.open("owner", (TOLD,)).row.id
    with pytest.raises(ProblemError, match="version 1"):
        desk.turn("owner", place, TOLD, versions={5})
    assert len(desk.read("owner", place).session.log) == 1


def test_sessions_keep_their_knowledge_over_a_reload(database: Database, bicycle_folder: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay" / "causes"
    overlay.mkdir(parents=True)
    words = WordEncoder()
    engine = Engine(load(bicycle_folder), encoders=(words, words))
    engines = Engines(Settings(), engine)
    desk = Desk(engines, SessionStore(database))
    begun = desk.open("owner", (TOLD,))
    _other_titles(bicycle_folder, overlay)
    newer = Engine(load(bicycle_folder, [overlay.parent]), encoders=(words, words))
    engines_of_both = Engines(Settings(), newer)
    assert newer.kb.hash != engine.kb.hash

    engines._load = lambda: newer  # type: ignore[method-assign]
    engines.reload()
    still, fresh = desk.turn("owner", begun.row.id, TOLD), desk.open("owner", (TOLD,))
    assert (still.session.engine, fresh.session.engine) == (engine, newer)
    shown = SessionOut.of(still)
    assert shown.answered_with == shown.kb_version == engine.kb.version

    elsewhere = Desk(engines_of_both, SessionStore(database))  # a process that never had the earlier knowledge
    moved = SessionOut.of(elsewhere.read("owner", begun.row.id))
    assert (moved.kb_version, moved.answered_with) == (engine.kb.version, newer.kb.version)
    assert "(as renamed)" in str(moved.step)
    assert elsewhere.turn("owner", begun.row.id, TOLD).row.version == 3
    assert desk.turn("owner", begun.row.id, TOLD).row.version == 4


def test_answers_that_the_knowledge_no_longer_has_are_named(desk: Desk, database: Database) -> None:
    begun = desk.open("owner", (TOLD,))
    asked = begun.session.step.next
    assert asked is not None
    desk.turn("owner", begun.row.id, Turn("answered", id=asked.id, value="unknown"))
    with database.begin() as connection:
        changed = "UPDATE events SET line = replace(line, :old, :new) WHERE number = 2"
        connection.execute(text(changed), {"old": asked.id, "new": "of-old"})
        connection.execute(text("UPDATE sessions SET version = 3, kb_hash = 'gone', kb_version = 'old'"))
    shown = SessionOut.of(desk.read("owner", begun.row.id))
    assert (shown.gone, shown.kb_version) == (["of-old"], "old")
    assert desk.turn("owner", begun.row.id, TOLD).row.version == 4


def test_events_can_be_read_in_the_database(desk: Desk, database: Database) -> None:
    desk.open("owner", (TOLD,))
    with database.connect() as connection:
        json_text = "line ->> '$.text'" if database.dialect.name == "sqlite" else "line::json ->> 'text'"
        assert connection.execute(text(f"SELECT {json_text} FROM events")).scalar_one() == TOLD.text


def test_a_ticket_of_a_name_too_long_is_refused(desk: Desk) -> None:
    with pytest.raises(ProblemError, match="more than 200 characters"):
        desk.open("owner", external_ref="x" * 201)


def _other_titles(folder: Path, overlay: Path) -> None:
    """Write entries over those of the knowledge which differ in their titles only."""
    for file in (folder / "causes").glob("*.yaml"):
        if ".test." not in file.name:
            lines = file.read_text("utf-8").splitlines()
            renamed = [f"{line} (as renamed)" if line.startswith("title:") else line for line in lines]
            (overlay / file.name).write_text("\n".join(renamed) + "\n", "utf-8")


def test_a_database_that_does_not_answer_is_told_as_such() -> None:
    error = OperationalError("SELECT a secret", {}, Exception("gone"))
    problem = as_problem(error)
    assert (problem.status, problem.headers) == (503, {"Retry-After": "5"})
    assert "secret" not in problem.detail
