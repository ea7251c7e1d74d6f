"""Sessions: events in, steps out; undo, save and replay are exact."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncsage.engine import Engine
from syncsage.errors import EvidenceError, InputError
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
reasons: st.SearchStrategy[UnknownReason] = st.sampled_from(["dont_know", "no_access", "later", "refused"])


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
    assert session.events == ()
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


# ---------------------------------------------------------------------------------------------------------------- files
def test_a_saved_session_goes_on_where_it_was(certain_engine: Engine, tmp_path: Path) -> None:
    session = squeaking(certain_engine)
    session.save(tmp_path / "session.json")
    loaded = Session.load(certain_engine, str(tmp_path / "session.json"))
    assert (loaded.events, loaded.step) == (session.events, session.step)
    data = json.loads((tmp_path / "session.json").read_text("utf-8"))
    assert data["knowledge"] == certain_engine.kb.version
    assert data["engine"] == certain_engine.version
    assert data["events"][1] == {
        "kind": "answered", "id": "magnet-at-sensor", "value": "yes", "reason": "dont_know",
    }  # fmt: skip


def test_a_saved_session_is_for_its_owner_and_alone(certain_engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    file.write_text("older", "utf-8")
    squeaking(certain_engine).save(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_secrets_are_never_kept(certain_engine: Engine, tmp_path: Path) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor, password: hunter2, http://joe:hunter2@bike/")
    session.save(tmp_path / "session.json")
    assert "hunter2" not in (tmp_path / "session.json").read_text("utf-8")
    assert "hunter2" not in repr(session.events)
    assert "hunter2" not in session.report(unmasked=True).to_markdown()
    assert "***" in session.events[0].text


def test_any_text_can_be_saved(certain_engine: Engine, tmp_path: Path) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor \udce4 ü 自転車 \u2028")
    session.save(tmp_path / "s")
    assert Session.load(certain_engine, tmp_path / "s").events == session.events


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json",
        b"\xff\xfe\x00",
        b"[]",
        b"7",
        b"{}",
        b'{"format": 1}',
        b'{"format": 1, "events": 5}',
        b'{"format": 1, "events": [5]}',
        b'{"format": 1, "events": [{}]}',
        b'{"format": 1, "events": [{"kind": "told", "text": 5}]}',
        b'{"format": 1, "events": [{"kind": "sung", "text": "x"}]}',
        b'{"format": 1, "events": [{"kind": "answered", "id": "chain-oiled", "value": "unknown", "reason": "tired"}]}',
        b'{"format": 1, "events": [{"kind": "told", "words": "x"}]}',
    ],
)
def test_a_damaged_file_is_no_session(certain_engine: Engine, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "session.json"
    file.write_bytes(content)
    with pytest.raises(InputError, match="not a saved session"):
        Session.load(certain_engine, file)


def test_a_file_of_another_format_is_told_apart(certain_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "s").write_text('{"format": 99, "events": []}', "utf-8")
    with pytest.raises(InputError, match="format 99"):
        Session.load(certain_engine, tmp_path / "s")


def test_a_session_of_other_knowledge_names_what_does_not_exist(certain_engine: Engine, tmp_path: Path) -> None:
    event = {"kind": "answered", "id": "not-here", "value": "yes"}
    (tmp_path / "s").write_text(json.dumps({"format": 1, "events": [event]}), "utf-8")
    with pytest.raises(EvidenceError, match="not-here"):
        Session.load(certain_engine, tmp_path / "s")


def test_what_cannot_be_read_or_written_is_told(certain_engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        Session.load(certain_engine, tmp_path / "nowhere.json")
    with pytest.raises(InputError, match="cannot write"):
        certain_engine.session().save(tmp_path / "no" / "folder" / "s.json")
    (tmp_path / "folder" / "full").mkdir(parents=True)
    with pytest.raises(InputError, match="cannot write"):
        certain_engine.session().save(tmp_path / "folder")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder"]


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
