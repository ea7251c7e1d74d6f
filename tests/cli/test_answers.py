"""What counts as an answer to a question, and what does not."""

from __future__ import annotations

import pytest

from syncsage.replying import Answer, answer_in_words, leading_yes_or_no, read_answer
from syncsage.step import Next, Option
from syncsage_cli.repl.answers import NOT_TRIED, options_of

REMOTE = (Option("yes", "yes, on another machine"), Option("no", "no, on the site itself"))
GEARS = (Option("all-gears", "in all gears"), Option("one-gear", "in one or two gears"))
FIX = (Option("worked", "yes"), Option("failed", "no"), Option(NOT_TRIED, "not tried yet"))


@pytest.mark.parametrize(
    ("line", "options", "value"),
    [
        ("1", REMOTE, "yes"),
        (" 2. ", REMOTE, "no"),
        ("(2)", REMOTE, "no"),
        ("y", REMOTE, "yes"),
        ("Ja", REMOTE, "yes"),
        ("Nein!", REMOTE, "no"),
        ("yes, on another machine", REMOTE, "yes"),
        ("all-gears", GEARS, "all-gears"),
        ("IN ALL  GEARS", GEARS, "all-gears"),
        ("in one", GEARS, "one-gear"),
        ("yes", FIX, "worked"),
        ("no", FIX, "failed"),
        ("not tried", FIX, NOT_TRIED),
        ("3", FIX, NOT_TRIED),
    ],
)
def test_numbers_labels_values_and_yes_or_no_are_answers(line: str, options: tuple[Option, ...], value: str) -> None:
    assert read_answer(line, options) == Answer(value)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("?", "dont_know"),
        ("I don't know", "dont_know"),
        ("I don’t know.", "dont_know"),
        ("dont know", "dont_know"),
        ("weiß nicht", "dont_know"),
        ("no access", "no_access"),
        ("later", "later"),
        ("skip", "refused"),
        ("no idea, the colleague has left", "dont_know"),
        ("I don't know that server", "dont_know"),
        ("no access to that machine", "no_access"),
    ],
)
def test_every_way_of_not_knowing_keeps_its_reason(line: str, reason: str) -> None:
    answer = read_answer(line, REMOTE)
    assert answer is not None
    assert (answer.value, answer.reason) == ("unknown", reason)


@pytest.mark.parametrize(
    "line",
    [
        "0",
        "3",
        "-1",
        "1 2",
        "6703",
        "²",
        "in",
        "gears",
        "yes we changed it",
        "no such host is known",
        "on another",
    ],
)
def test_anything_else_is_no_answer(line: str) -> None:
    assert read_answer(line, REMOTE) is None


def test_the_beginning_of_two_labels_is_no_answer() -> None:
    assert read_answer("in two", (Option("a", "in two places"), Option("b", "in two days"))) is None


STATE = (
    Option("fine", "in order: running or idle", ("running", "manual", "not stopped by anybody")),
    Option("off", "its start type is Disabled", ("disabled", "stopped", "off, like all others")),
)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("running", "fine"),
        ("it is Running since monday", "fine"),
        ("stopped, start type Disabled", "off"),
        ("start type", "off"),
        ("off, like all others in that rack", "off"),
        ("not stopped by anybody", "fine"),
        ("no, disabled", "off"),
    ],
)
def test_other_words_of_a_choice_are_an_answer(line: str, value: str) -> None:
    assert answer_in_words(line, STATE) == Answer(value)


@pytest.mark.parametrize(
    "line",
    [
        "running, but disabled",
        "not running",
        "it is not really running",
        "isn't disabled",
        "offline",
        "or",
        "The service was running before somebody came and set a policy for all of the servers",
        "HTTP 503",
    ],
)
def test_words_of_two_choices_denials_and_long_lines_are_none(line: str) -> None:
    assert answer_in_words(line, STATE) is None


def test_a_yes_with_more_behind_it_is_taken_apart() -> None:
    assert leading_yes_or_no("Yes, since Tuesday", REMOTE) == (Answer("yes"), "since Tuesday", True)
    assert leading_yes_or_no("no it is not", REMOTE) == (Answer("no"), "it is not", False)


def test_a_text_that_begins_otherwise_has_no_leading_yes() -> None:
    assert leading_yes_or_no("Nothing works", REMOTE) is None
    assert leading_yes_or_no("yes, but", GEARS) is None
    assert leading_yes_or_no("yes", REMOTE) is None


def test_pasting_is_done_not_picked() -> None:
    ask = Next(
        "question",
        "log",
        "Paste it",
        (Option("pasted", "here"), Option("nothing", "no log")),
        "",
        1,
        "none",
        "",
        True,
    )
    assert [option.value for option in options_of(ask, "question")] == ["nothing"]
