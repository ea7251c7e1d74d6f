"""Sessions: events in, steps out; undo, save and replay are exact."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.engine import Engine
from syncsage.errors import EvidenceError
from syncsage.interview import NOTHING
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import CodeHit, Level, Match, Observation, Parsed, Span
from syncsage.session import Event, Session, join
from syncsage.step import UNKNOWN, Evidence, Step, UnknownReason

Understood = Callable[..., Parsed]


def as_json(step: Step) -> str:
    return json.dumps(step.to_dict(), ensure_ascii=False)


def squeaking(engine: Engine) -> Session:
    session = engine.session()
    session.tell("E21 check speed sensor")
    session.answer("magnet-at-sensor", "yes")
    session.answer("what-happened", UNKNOWN, "later")
    session.answer("fix:magnet-moved", "failed")
    return session


def test_a_new_session_asks_for_the_error(certain_engine: Engine) -> None:
    session = certain_engine.session()
    assert session.events == ()
    assert session.step == certain_engine.diagnose()


def test_a_session_is_its_text_and_answers(certain_engine: Engine) -> None:
    session = squeaking(certain_engine)
    evidence = [
        Evidence("fix:magnet-moved", "failed"),
        Evidence("magnet-at-sensor", "yes"),
        Evidence("what-happened", UNKNOWN, "later"),
    ]
    assert session.evidence == tuple(evidence)
    assert session.step == certain_engine.diagnose(evidence, text="E21 check speed sensor")
    assert [event.kind for event in session.events] == ["told", "answered", "answered", "tried"]


def contradicted(engine: Engine) -> Session:
    session = engine.session()
    session.answer("noise-when", "braking")
    session.tell("E21 check speed sensor\nsqueals when pedalling")
    return session


def test_an_answer_that_a_text_contradicts_is_asked_again_and_can_be_settled(certain_engine: Engine) -> None:
    session = contradicted(certain_engine)
    asked = session.step.next
    assert asked is not None
    assert (asked.id, asked.reason) == ("conflict:noise-when", "contradiction")
    step = session.answer(asked.id, "braking")
    assert step.conflicts == ()
    assert ("noise-when", "braking") in {(o.finding, o.value) for o in step.observations}
    assert session.said.numbers["noise-when"] == 3


def test_changing_a_contradicted_answer_leaves_nothing_to_settle(certain_engine: Engine) -> None:
    session = contradicted(certain_engine)
    session.answer("conflict:noise-when", "braking")
    changed = session.change(1, "pedalling")
    assert [e.id for e in session.evidence] == ["noise-when"]
    assert changed.conflicts == ()


def test_what_would_help_is_listed_beside_what_comes_later(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor")
    later = ""
    while session.step.next is not None:
        later = later or session.step.next.id
        session.answer(session.step.next.id, UNKNOWN, "later" if session.step.next.id == later else "dont_know")
    listed = [item.finding for item in session.step.to_collect]
    assert listed[0] == later
    assert len(listed) > 1
    assert len(set(listed)) == len(listed)


def test_a_later_answer_replaces_the_earlier_one(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.answer("chain-oiled", "yes")
    step = session.answer("chain-oiled", "no")
    assert step == certain_engine.diagnose([Evidence("chain-oiled", "no")])
    assert len(session.events) == 2


def test_what_is_known_has_no_reason_for_not_knowing(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.answer("chain-oiled", "no", "refused")
    assert session.events[0].reason == "dont_know"


def test_a_branch_goes_on_by_itself(certain_engine: Engine, tmp_path: Path) -> None:
    session = certain_engine.session()
    session.tell("E10 battery not found")
    session.keep(tmp_path / "kept.jsonl")
    branch = session.branch()
    before = session.step
    assert (branch.step, branch.log, branch.outcomes, branch.kept) == (before, session.log, session.outcomes, None)
    assert before.next is not None
    branch.answer(before.next.id, UNKNOWN)
    assert (session.step, len(session.log), len(branch.log)) == (before, 1, 2)
    session.undo()
    session.close()
    assert [event.kind for event in branch.log] == ["told", "answered"]
    assert len(Session.load(certain_engine, tmp_path / "kept.jsonl").log) == 2


def test_undo_takes_back_exactly_one_event(certain_engine: Engine) -> None:
    session = squeaking(certain_engine)
    for event in reversed(session.events):
        fresh = Session(certain_engine, session.events[: session.events.index(event)])
        assert as_json(session.undo()) == as_json(fresh.step)
        assert session.events == fresh.events
    assert session.undo() == certain_engine.diagnose()


def test_undo_brings_a_replaced_answer_back(certain_engine: Engine) -> None:
    session = certain_engine.session()
    before = session.answer("chain-oiled", "yes")
    session.answer("chain-oiled", "no")
    assert session.undo() == before


def test_the_log_only_grows(certain_engine: Engine) -> None:
    session = squeaking(certain_engine)
    log = session.log
    session.undo()
    session.undo(2)
    session.answer("chain-oiled", "no")
    assert session.log[:4] == log
    assert [(e.kind, e.undoes) for e in session.log[4:]] == [("undone", 4), ("undone", 2), ("answered", 0)]
    assert [(e.number, e.id) for e in session.events] == [(1, ""), (3, "what-happened"), (7, "chain-oiled")]


def test_any_answer_can_be_taken_back(certain_engine: Engine) -> None:
    session = squeaking(certain_engine)
    step = session.undo(2)
    assert step == certain_engine.diagnose(
        [Evidence("fix:magnet-moved", "failed"), Evidence("what-happened", UNKNOWN, "later")],
        text="E21 check speed sensor",
    )
    for number in (2, 5, 0, -1, 99):
        with pytest.raises(EvidenceError, match=f"number {number}$"):
            session.undo(number)
    assert session.step == step


def test_an_answer_can_be_changed(certain_engine: Engine) -> None:
    session = squeaking(certain_engine)
    before = session.step
    step = session.change(2, "no")
    assert {e.id: e.value for e in step.evidence}["magnet-at-sensor"] == "no"
    assert step == certain_engine.diagnose(session.evidence, text="E21 check speed sensor")
    moved = certain_engine.difference(before, step).moved
    assert ("magnet-moved", "ruled out", "ruled out") not in {(m.id, m.before, m.after) for m in moved}
    assert moved
    assert session.undo() == before
    assert session.change(3, UNKNOWN, "refused").evidence[-1].reason == "refused"
    with pytest.raises(EvidenceError, match="number 1 is a text"):
        session.change(1, "no")
    with pytest.raises(EvidenceError, match="cannot be 'maybe'"):
        session.change(2, "maybe")


def test_each_fact_has_the_number_of_its_event(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("E10 battery not found")
    session.tell("start\nE21 check speed sensor")
    session.answer("magnet-at-sensor", "yes")
    session.answer("fix:magnet-moved", "failed")
    session.answer("magnet-at-sensor", "no")
    numbers = session.said.numbers
    assert numbers["problem:battery-not-recognised"] == 1
    assert numbers["problem:speed-signal-missing"] == 2
    assert (numbers["magnet-at-sensor"], numbers["fix:magnet-moved"]) == (5, 4)
    assert session.said.texts == {1: "E10 battery not found", 2: "start\nE21 check speed sensor"}
    session.undo(2)
    assert "problem:speed-signal-missing" not in session.said.numbers


@pytest.mark.parametrize("reason", get_args(UnknownReason))
def test_not_knowing_moves_no_belief_and_is_not_asked_again(certain_engine: Engine, reason: UnknownReason) -> None:
    session = certain_engine.session()
    before = session.tell("E21 check speed sensor")
    assert before.next is not None
    step = session.answer(before.next.id, UNKNOWN, reason)
    assert step.causes == before.causes
    assert step.next is None or step.next.id != before.next.id
    assert {e.reason for e in session.evidence} == {reason}


def test_a_reason_that_does_not_exist_is_refused(certain_engine: Engine) -> None:
    session = certain_engine.session()
    with pytest.raises(EvidenceError, match="no reason 'tired'; a reason is one of: dont_know"):
        session.answer("chain-oiled", UNKNOWN, "tired")  # type: ignore[arg-type]
    assert session.log == ()


kinds: st.SearchStrategy[tuple[str, str]] = st.sampled_from(
    [
        ("tell", "E21 check speed sensor"),
        ("tell", "E10 battery not found"),
        ("tell", "  "),
        ("chain-oiled", "yes"),
        ("chain-oiled", "no"),
        ("chain-gauge", UNKNOWN),
        ("chain-gauge", "drops-in"),
        ("problem", "chain-skips"),
        ("problem", "none"),
        ("fix:chain-worn", "failed"),
        ("fix:chain-worn", "worked"),
        ("magnet-at-sensor", "no"),
    ]
)
reasons: st.SearchStrategy[UnknownReason] = st.sampled_from(list(get_args(UnknownReason)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(kinds, reasons), max_size=8), st.integers(1, 8))
def test_undo_of_anything_is_exact_and_a_saved_session_is_the_same(
    certain_engine: Engine,
    tmp_path_factory: pytest.TempPathFactory,
    said: list[tuple[tuple[str, str], UnknownReason]],
    back: int,
) -> None:
    session = certain_engine.session()
    steps = [as_json(session.step)]
    for (what, value), reason in said:
        step = session.tell(value) if what == "tell" else session.answer(what, value, reason)
        steps.append(as_json(step))
    file = tmp_path_factory.mktemp("session") / "s.json"
    session.save(file)
    loaded = Session.load(certain_engine, file)
    assert loaded.events == session.events
    for _ in range(min(back, len(said))):
        steps.pop()
        assert as_json(session.undo()) == steps[-1]
        assert as_json(loaded.undo()) == steps[-1]


@pytest.mark.parametrize(
    ("finding", "value"), [("chain-oilde", "yes"), ("chain-oiled", "maybe"), ("fix:nothing", "worked")]
)
def test_a_wrong_answer_is_told_and_leaves_the_session_as_it_was(
    certain_engine: Engine, finding: str, value: str
) -> None:
    session = squeaking(certain_engine)
    events, step = session.events, session.step
    with pytest.raises(EvidenceError):
        session.answer(finding, value)
    assert (session.events, session.step) == (events, step)


def test_an_interrupted_reading_leaves_the_session_as_it_was(bicycle: KnowledgeBase) -> None:
    class Interrupted(Engine):
        def parse(self, text: str) -> Parsed:
            raise KeyboardInterrupt

    session = Session(Interrupted(bicycle))
    before = session.step
    with pytest.raises(KeyboardInterrupt):
        session.tell("my bike squeaks")
    assert session.log == ()
    assert session.answer("chain-oiled", UNKNOWN) != before


def test_each_text_is_understood_once(bicycle: KnowledgeBase) -> None:
    class Counting(Engine):
        parsed: tuple[str, ...] = ()

        def parse(self, text: str) -> Parsed:
            self.parsed = (*self.parsed, text)
            return super().parse(text)

    engine = Counting(bicycle)
    session = Session(engine)
    session.tell("E21 check speed sensor")
    session.answer("magnet-at-sensor", "no")
    session.undo()
    session.tell("E21 check speed sensor")
    assert engine.parsed == ("E21 check speed sensor",)


# ------------------------------------------------------------------------------------------------------ several texts
def test_texts_told_one_after_the_other_are_one(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor")
    step = session.tell("E10 battery not found")
    assert {(m.id, m.level) for m in step.problems} == {
        ("battery-not-recognised", "exact"),
        ("speed-signal-missing", "exact"),
    }
    assert step.match == "exact"


def test_a_text_of_something_else_takes_nothing_away(engine: Engine) -> None:
    session = engine.session()
    first = session.tell("E21 check speed sensor")
    step = session.tell("my car does not start, engine warning light is on")
    assert [m.id for m in step.problems] == ["speed-signal-missing"]
    assert step.causes == first.causes
    assert step.nearest == ()


def match(problem: str, level: Level, score: float) -> Match:
    return Match(problem, problem, score, level, "full", "signature")


def parsed(*matches: Match, **rest: Any) -> Parsed:
    level: Level = matches[0].level if matches else "none"
    return replace(NOTHING, level=level, problems=matches, **rest)


def test_joined_texts_keep_the_better_level_and_the_later_finding() -> None:
    old = parsed(
        match("a", "strong", 0.8), match("b", "strong", 0.7), match("w", "weak", 0.5),
        observations=(Observation("f", "1", "exact"), Observation("g", "1", "exact")),
        codes=(CodeHit("5", "k", "five", Span(1, 1)),), salient=("x", "y"), masked=1, notes=("n",),
    )  # fmt: skip
    new = parsed(
        match("b", "exact", 1.0), match("a", "strong", 0.75),
        observations=(Observation("f", "2", "exact"),), salient=("y", "z"), masked=2, notes=("n", "m"),
    )  # fmt: skip
    both = join(old, new)
    assert [(m.id, m.level, m.score) for m in both.problems] == [("b", "exact", 1.0), ("a", "strong", 0.8)]
    assert both.level == "exact"
    assert {o.finding: o.value for o in both.observations} == {"f": "2", "g": "1"}
    assert [c.code for c in both.codes] == ["5"]
    assert (both.salient, both.masked, both.notes) == (("x", "y", "z"), 3, ("n", "m"))


def test_weak_problems_stay_where_nothing_clearer_is_told() -> None:
    both = join(parsed(match("a", "weak", 0.5)), parsed(match("b", "weak", 0.6)))
    assert [m.id for m in both.problems] == ["b", "a"]
    assert both.level == "weak"


def test_joining_nothing_changes_nothing() -> None:
    one = parsed(match("a", "strong", 0.8), salient=("x",))
    assert join(NOTHING, one) is one
    assert join(one, NOTHING) == one
    outside = replace(NOTHING, nearest=(match("car", "none", 0.3),), salient=("car",))
    assert join(outside, NOTHING).nearest == outside.nearest
    assert join(one, outside).nearest == ()


def test_an_event_is_plain_data() -> None:
    assert Event("told", text="x") == Event("told", "", "", "dont_know", "x")
