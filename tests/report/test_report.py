"""The report of an interview: what it says, in which order, and where it says everything comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from syncsage.engine import Engine
from syncsage.report.moving import moving_rows
from syncsage.report.words import LEVELS, STOPPED, UNFINISHED, percent
from syncsage.session import Session
from syncsage.step import UNKNOWN, StopReason

EXPECTED = Path(__file__).with_name("expected.md")
_HASH = re.compile(r"\b[0-9a-f]{64}\b|(?<=bicycle-)[0-9a-f]{12}\b")
MADE = datetime(2024, 3, 1, 8, 30, tzinfo=UTC)


def told(engine: Engine) -> Session:
    session = engine.session()
    session.tell("hello from the cellar of mueller@example.net\n\n  E21 check speed sensor\n")
    session.answer("magnet-at-sensor", "yes")
    session.answer("sensor-plug-seated", UNKNOWN, "no_access")
    session.answer("what-happened", UNKNOWN, "later")
    session.answer("fix:magnet-moved", "failed")
    return session


@pytest.fixture
def session(certain_engine: Engine) -> Session:
    return told(certain_engine)


def test_the_markdown_report_reads_as_written(session: Session) -> None:
    """Renewed by hand: ``python -m tests.report.renew``; read what changed before keeping it."""
    assert without_versions(session.report(made=MADE).to_markdown()) == EXPECTED.read_text("utf-8")


def without_versions(text: str) -> str:
    text = re.sub(r"rule engine \w+", "rule engine <name>", text)
    return _HASH.sub("<hash>", re.sub(r"SyncSage \d+\.\d+\.\d+\w*", "SyncSage <version>", text))


def test_everything_has_its_place(session: Session) -> None:
    report = session.report()
    (problem,) = report.problems
    assert (problem.id, problem.level) == ("speed-signal-missing", "exact")
    (text,) = report.texts
    assert (text.number, text.lines, text.telling) == (1, 3, True)
    assert [(quote.line, quote.text.strip()) for quote in text.quotes] == [
        (1, "hello from the cellar of USER-1@DOMAIN-1"),
        (3, "E21 check speed sensor"),
    ]
    assert text.quotes[1].shows == ("E21: No signal from the speed sensor",)
    assert [(a.number, a.question, a.answer, a.reason) for a in report.answers] == [
        (1, "Does the magnet on the spoke pass the sensor?", "yes", ""),
        (2, "Is the plug of the speed sensor pushed in fully?", "not known", "no access"),
        (3, "What happened before it began?", "not known", "later"),
    ]
    (tried,) = report.tried
    assert (tried.cause, tried.result) == ("magnet-moved", "it did not help")
    assert tried.procedure.steps
    (gone,) = report.ruled_out
    assert (gone.id, gone.origin) == ("magnet-moved", "fix 1")
    assert [item.finding for item in report.to_collect] == ["what-happened"]
    assert [moment.label for moment in report.moments] == ["text 1", "answer 1", "answer 2", "answer 3", "fix 1"]
    assert report.causes[0].id == session.step.causes[0].id
    assert {fact.origin for fact in report.facts} == {"rule implies/speed-signal-missing/bike-type"}
    assert report.versions.knowledge_hash == session.engine.kb.hash
    assert report.next is not None
    assert report.sources
    assert report.sources[0].uses[0] == "problem"


def test_what_an_answer_moved_is_told_with_it(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor")
    session.answer("magnet-at-sensor", "no")
    (answer,) = session.report().answers
    assert "The magnet on the spoke has moved: possible -> likely" in answer.moved


def test_a_changed_answer_is_marked_and_the_later_one_is_the_origin(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor")
    session.answer("magnet-at-sensor", "yes")
    session.answer("magnet-at-sensor", "no")
    report = session.report()
    assert [(a.answer, a.replaced) for a in report.answers] == [
        ("yes", True),
        ("no, it is too far or turned away", False),
    ]
    moved = next(cause for cause in report.causes if cause.id == "magnet-moved")
    assert {reason.origin for reason in moved.supporting if "magnet" in reason.text} == {"answer 2"}


def test_several_texts_are_told_apart(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor")
    session.tell("\nE10 battery not found")
    report = session.report()
    assert [(text.number, [quote.line for quote in text.quotes]) for text in report.texts] == [(1, [1]), (2, [2])]
    assert all(re.fullmatch(r"text \d, line \d+|rule .+", fact.origin) for fact in report.facts)


def test_a_picked_problem_is_an_answer(engine: Engine) -> None:
    session = engine.session()
    session.answer("problem", "chain-skips")
    (answer,) = session.report().answers
    assert (answer.question, answer.answer) == ("Which of the problems is it?", "The chain skips")


def test_what_is_contradicted_is_told_and_so_is_how_it_was_settled(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor")
    session.answer("bike-type", "muscle")
    report = session.report()
    assert report.conflicts == tuple(conflict.text for conflict in session.step.conflicts)
    assert report.conflicts
    for form in (report.to_markdown(), report.to_html(), report.to_text()):
        assert "Contradictions" in form
    asked = session.step.next
    assert asked is not None
    session.answer(asked.id, "muscle")
    settled = session.report()
    assert settled.conflicts == ()
    assert (settled.answers[-1].question, settled.answers[-1].answer) == (asked.text, asked.choices[1].label)


def test_nothing_told_is_a_report_too(certain_engine: Engine) -> None:
    report = certain_engine.session().report()
    assert report.title == "Bicycles and e-bikes"
    assert (report.problems, report.causes, report.texts, report.moments) == ((), (), (), ())
    assert "## Problem" not in report.to_markdown()
    assert "<svg" not in report.to_html()


def test_where_it_stands_is_said_for_every_end(certain_engine: Engine, session: Session) -> None:
    assert session.report().standing.startswith((*STOPPED.values(), UNFINISHED))
    solved = certain_engine.session()
    solved.answer("fix:chain-worn", "worked")
    assert solved.report().standing.startswith("Solved: the fix worked. The chain is worn (confirmed)")
    assert set(STOPPED) == set(get_args(StopReason))
    assert set(LEVELS) == {"exact", "strong", "weak", "none"}


def test_only_lines_that_tell_something_are_quoted(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor\n" + "\n".join(f"line {n} " + "x" * 900 for n in range(30)))
    (text,) = session.report().texts
    assert [quote.line for quote in text.quotes] == [1]


def test_a_text_that_tells_nothing_is_quoted_at_its_beginning(engine: Engine) -> None:
    session = engine.session()
    session.tell("\n".join(f"quarterly tax return {n}" for n in range(30)))
    (text,) = session.report().texts
    assert (text.telling, [quote.line for quote in text.quotes]) == (False, list(range(1, 13)))


def test_a_long_line_is_cut_beside_a_name_never_inside(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor " + "x" * 370 + " workshop-pc17.berlin.bikes.example is where it hangs")
    (quote,) = session.report(unmasked=True).texts[0].quotes
    assert quote.text.endswith("x ...")
    session.tell("E21 check speed sensor " + "x" * 5000)
    assert len(session.report().texts[1].quotes[0].text) == 404


def test_the_plain_form_keeps_its_width_and_says_what_matters(session: Session) -> None:
    report = session.report()
    for width in (20, 50):
        assert max(map(len, report.to_text(width).splitlines())) <= width
    text = " ".join(report.to_text(80).split())
    for part in ("E21 check speed sensor", "it did not help", "What happened before it began?", "(no access)"):
        assert part in text


def test_rows_of_moves_stand_in_the_order_of_the_end(session: Session) -> None:
    report = session.report()
    rows = moving_rows(report)
    assert [len(row.cells) for row in rows] == [5] * len(rows)
    ends = [row.cells[-1].probability if row.cells[-1] else -1.0 for row in rows]
    assert ends == sorted(ends, reverse=True)
    assert moving_rows(replace(report, moments=report.moments[:1])) == ()


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(0.0, "0"), (0.001, "< 1"), (0.005, "< 1"), (0.5, "50"), (0.996, "> 99"), (1.0, "100")],
)
def test_no_probability_reads_as_certain_that_is_not(probability: float, shown: str) -> None:
    assert percent(probability) == f"{shown}\u00a0%"


def test_the_same_interview_gives_the_same_report(session: Session, certain_engine: Engine, tmp_path: Path) -> None:
    session.save(tmp_path / "s.json")
    again = Session.load(certain_engine, tmp_path / "s.json")
    assert again.report() == session.report()
