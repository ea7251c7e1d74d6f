"""Ticks of the steps of a procedure: kept with the session, shown in its reports, of no weight for the diagnosis."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.engine import Engine
from syncsage.errors import EvidenceError
from syncsage.masking import Names
from syncsage.session import Event, Session, Tick, read_session, replay

TEXT = "E21 check speed sensor"
FIX = "fix:magnet-moved"


@pytest.fixture
def session(certain_engine: Engine) -> Session:
    """Somebody before the fix of two steps, one of them its verification."""
    session = certain_engine.session()
    session.tell(TEXT)
    session.answer("magnet-at-sensor", "no")
    assert session.step.next is not None
    assert [len(part.steps) for part in session.step.next.parts] == [1, 1]
    return session


def marks(session: Session) -> list[tuple[str, int, str]]:
    return [(tick.id, tick.step, tick.mark) for tick in session.ticks]


def test_the_last_tick_of_a_step_holds(session: Session) -> None:
    session.tick(2, "skipped")
    session.tick(1)
    assert marks(session) == [(FIX, 1, "done"), (FIX, 2, "skipped")]
    session.tick(2)
    session.tick(1, "undone")
    assert marks(session) == [(FIX, 2, "done")]
    assert len(session.log) == 6


@pytest.mark.parametrize("step", [0, 3, -1])
def test_a_step_that_is_not_there_is_told(session: Session, step: int) -> None:
    with pytest.raises(EvidenceError, match=f"no step {step}: what is asked has steps 1 to 2"):
        session.tick(step)
    assert len(session.log) == 2


def test_a_mark_that_is_none_is_told(session: Session) -> None:
    with pytest.raises(EvidenceError, match="done, skipped, undone, not 'maybe'"):
        session.tick(1, "maybe")  # type: ignore[arg-type]  # what a careless caller hands on
    assert session.ticks == ()


def test_what_has_no_procedure_has_no_steps(certain_engine: Engine) -> None:
    with pytest.raises(EvidenceError, match="what is asked has no steps"):
        certain_engine.session().tick(1)


def test_a_step_that_was_ticked_lives_on_in_the_report(session: Session) -> None:
    session.tick(1)
    session.tick(2, "skipped")
    session.answer(FIX, "failed")
    first, second = session.report().walked
    assert (first.id, first.steps, first.done, first.skipped) == (FIX, 1, (1,), ())
    assert (second.done, second.skipped) == ((), (1,))
    report = session.report()
    for form in (report.to_markdown(), report.to_html(), report.to_text(width=200)):
        assert f"{first.title}: step 1 done, of 1" in form
        assert f"{second.title}: step 1 skipped, of 1" in form
    schema = json.loads(files("syncsage").joinpath("report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report.to_dict())


def test_what_says_something_else_by_now_is_not_ticked(session: Session) -> None:
    log = (*session.log, Event("ticked", FIX, "done", text="Something else.", step=1))
    assert Session(session.engine, log).report().walked == ()


def test_a_question_taken_back_takes_its_ticks_from_the_report(session: Session) -> None:
    session.tick(1)
    session.undo()
    assert session.report().walked == ()
    session.answer("magnet-at-sensor", "no")
    assert [part.done for part in session.report().walked] == [(1,)]


def test_ticks_are_lines_without_a_number(session: Session, tmp_path: Path) -> None:
    schema = json.loads(files("syncsage").joinpath("session.schema.json").read_text("utf-8"))
    path = tmp_path / "ride.jsonl"
    session.keep(path)
    session.tick(1)
    session.answer(FIX, "failed")
    session.close()
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    for line in lines:
        jsonschema.Draft202012Validator(schema).validate(line)
    assert [(line.get("n"), line["kind"], "then" in line) for line in lines[-2:]] == [
        (None, "ticked", False),
        (3, "tried", True),
    ]
    with Session.open(session.engine, path) as again:
        assert (again.log, again.ticks, again.step) == (session.log, session.ticks, session.step)
    assert replay(session.engine, path).same


def test_a_session_that_ends_with_a_tick_keeps_where_it_stood(session: Session, tmp_path: Path) -> None:
    session.tick(1)
    session.save(tmp_path / "ride.jsonl")
    stored = read_session(tmp_path / "ride.jsonl")
    assert [outcome is None for outcome in stored.outcomes] == [False, False, True]
    assert stored.outcome is not None
    assert stored.outcome.next == FIX


def test_masking_leaves_ticks_alone(certain_engine: Engine, session: Session) -> None:
    session.tick(1)
    names = Names(certain_engine.kb, [f"{TEXT} on {word}.example.net" for word in session.ticks[0].text.split()])
    assert session.masked(names).ticks == session.ticks


DEEDS = st.sampled_from(
    [("tell", TEXT), ("magnet-at-sensor", "no"), ("magnet-at-sensor", "yes"), (FIX, "failed"), ("undo", "")]
)
TICKS: st.SearchStrategy[tuple[int, Tick]] = st.tuples(
    st.integers(1, 2), st.sampled_from(["done", "skipped", "undone"])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DEEDS, st.lists(TICKS, max_size=3)), max_size=6))
def test_ticks_change_nothing_else(
    certain_engine: Engine, deeds: list[tuple[tuple[str, str], list[tuple[int, Tick]]]]
) -> None:
    ticking, other = certain_engine.session(), certain_engine.session()
    for (what, value), ticked in deeds:
        for session in (ticking, other):
            if what == "undo":
                session.undo()
            elif what == "tell":
                session.tell(value)
            else:
                session.answer(what, value)
        for step, mark in ticked:
            if ticking.step.next is not None and len(ticking.step.next.parts) == 2:
                ticking.tick(step, mark)
        assert ticking.step == other.step
        assert ticking.events == other.events
        assert [event.number for event in ticking.events] == [event.number for event in other.events]
        assert ticking.said == other.said
    assert tuple(event for event in ticking.log if event.kind != "ticked") == other.log
