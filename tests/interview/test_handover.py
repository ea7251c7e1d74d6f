"""The hand-over: what is known, tried and left."""

from __future__ import annotations

from typing import get_args

import pytest

from syncsage.engine import Engine
from syncsage.report.handover import REASONS, HandOver
from syncsage.session import Session
from syncsage.step import UNKNOWN, StopReason


@pytest.fixture
def session(certain_engine: Engine) -> Session:
    session = certain_engine.session()
    session.tell("hello\n\n  E21 check speed sensor\n")
    session.answer("magnet-at-sensor", "yes")
    session.answer("sensor-plug-seated", UNKNOWN, "no_access")
    session.answer("what-happened", UNKNOWN, "later")
    session.answer("fix:magnet-moved", "failed")
    return session


def sections(report: HandOver) -> dict[str, tuple[str, ...]]:
    return {section.heading: section.lines for section in report.sections}


def test_it_says_what_is_known_tried_and_left(session: Session) -> None:
    found = sections(session.hand_over())
    assert found["What was told"] == ("hello", "E21 check speed sensor")
    assert found["Problem"] == ("The motor gets no speed signal (exact match)",)
    assert found["What is known"] == (
        "Does the bicycle have a motor: yes, it is an e-bike [rule implies/speed-signal-missing/bike-type]",
        "Does the magnet on the spoke pass the sensor: yes [answer]",
    )
    assert found["Not known"] == (
        "Is the plug of the speed sensor pushed in fully: unknown (no access)",
        "What happened before it began: unknown (later)",
    )
    assert found["Tried"] == ("Move the magnet back to the sensor: failed",)
    assert found["Ruled out"][0].startswith("The magnet on the spoke has moved: ")
    assert found["To collect"][0].startswith("What happened before it began? A wheel that was put back")
    assert found["Likely causes"][0].startswith("The cable of the speed sensor is loose: ")


def test_empty_sections_are_left_out(certain_engine: Engine) -> None:
    assert set(sections(certain_engine.session().hand_over())) == {"Where it stands", "Next"}


def test_every_reason_to_stop_has_words(session: Session, certain_engine: Engine) -> None:
    assert sections(session.hand_over())["Where it stands"][0] in {*REASONS.values(), "The interview is not finished."}
    resolved = certain_engine.session()
    resolved.answer("fix:chain-worn", "worked")
    assert sections(resolved.hand_over())["Where it stands"] == ("Solved: the fix worked.",)


def test_a_long_text_is_quoted_at_its_beginning(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor\n" + "\n".join(f"line {n} " + "x" * 400 for n in range(30)))
    told = sections(session.hand_over())["What was told"]
    assert len(told) == 13
    assert told[-1] == "... 19 more lines"
    assert max(map(len, told)) == 300


def test_it_has_three_forms(session: Session, certain_engine: Engine) -> None:
    report = session.hand_over()
    markdown, text, data = report.to_markdown(), report.to_text(40), report.to_dict()
    assert markdown.startswith("# Bicycles and e-bikes: hand-over\n\n## Where it stands\n\n- ")
    assert markdown.endswith(f"_Knowledge base {certain_engine.kb.version}_\n")
    assert max(map(len, text.splitlines())) <= 40
    assert [s["heading"] for s in data["sections"]] == list(sections(report))
    for lines in sections(report).values():
        for line in lines:
            assert line in markdown
            assert line.split()[0] in text
    assert {"title", "sections", "kb_version"} == set(data)


def test_every_stop_reason_of_the_engine_is_explained() -> None:
    assert set(REASONS) == set(get_args(StopReason))
