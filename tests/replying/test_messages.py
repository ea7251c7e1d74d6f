"""Whole replies: which of them answer what is asked."""

from __future__ import annotations

import pytest

from syncsage.engine import Engine
from syncsage.replying import Answer, reply_to
from syncsage.step import Next

CHAIN = "under load the chain jumps over the teeth"


@pytest.fixture
def asked(engine: Engine) -> Next:
    following = engine.diagnose(text=CHAIN).next
    assert following is not None
    assert [option.value for option in following.choices] == ["slack", "right"]
    return following


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2", Answer("right")),
        ("Hi team,\n\n1.\n\nBest regards\nJane", Answer("slack")),
        ("yes, slack\n\nJane", Answer("slack")),
        ("number 2\n\n2\n", Answer("right")),
        ("?", Answer("unknown", "dont_know")),
        ("no access", Answer("unknown", "no_access")),
        ("1\n2", None),
        ("", None),
        ("7", None),
        ("thanks a lot", None),
        ("no, tight", Answer("right")),
        ("yes, since Tuesday", Answer("slack")),
        ("\n".join(str(number) for number in range(40)), None),
        ("Display: E-21 no speed signal\n1", None),
    ],
)
def test_a_reply_answers_or_is_something_else(engine: Engine, asked: Next, text: str, answer: Answer | None) -> None:
    assert reply_to(asked, text, engine.parse) == answer
