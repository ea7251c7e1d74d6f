"""``ask``: one text in, one answer out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.support import BICYCLE, EXACT, Pipe, call

from syncsage_cli.main import run

SKIPS = "under load the chain jumps over the teeth"


def test_several_causes_are_left() -> None:
    outcome = call("ask", SKIPS)
    assert outcome.status == 10
    assert outcome.err == ""
    assert outcome.out.startswith("Recognised: The chain skips  nearly certain\n  line 1: under load the chain")
    assert "What it may come from\n  1  " in outcome.out
    assert "The chain is worn\n" in outcome.out
    assert "add --answer " in outcome.out


def test_one_cause_is_identified_and_the_fix_is_complete() -> None:
    outcome = call("ask", SKIPS, "--answer", "chain-gauge=drops-in")
    assert outcome.status == 0
    for part in (
        "1  confirmed  The chain is worn",
        "Fix: Fit a new chain\nabout 20 min · low risk · needs tools",
        "   1  Open the old chain at its master link",
        "   2  Thread the new chain",
        "Expect: The link snaps in",
        "- A very worn cassette must be replaced too.",
        "Then verify: Ride round the block",
    ):
        assert part in outcome.out


def test_what_is_outside_is_said_to_be() -> None:
    outcome = call("ask", "the windscreen wiper of my car is broken")
    assert outcome.status == 11
    assert outcome.out.startswith("I do not recognise this.\nThe nearest things I know of:\n  - Trouble with a car\n")
    assert "A car garage" in outcome.out


def test_a_pointer_says_where_to_look() -> None:
    outcome = call("ask", "I found a fine crack near the seat tube weld of the frame")
    assert outcome.status == 11
    assert "Stop riding." in outcome.out


def test_no_page_is_wider_than_80_columns() -> None:
    for text in (SKIPS, EXACT, "my bike squeaks", "nonsense"):
        assert max(map(len, call("ask", text).out.splitlines())) <= 80


def test_json_is_the_whole_step_on_standard_output() -> None:
    outcome = call("ask", SKIPS, "--json", "--answer", "cable-tension=slack")
    step = json.loads(outcome.out)
    assert [problem["id"] for problem in step["problems"]] == ["chain-skips"]
    assert step["causes"][0]["id"] == "shift-cable-slack"
    assert step["observations"][0] == {
        "finding": "cable-tension",
        "value": "slack",
        "how": "answer",
        "where": None,
        "detail": "",
    }
    assert outcome.err == ""


def test_json_is_the_same_for_answers_in_any_order() -> None:
    answers = ("--answer=skips-in=one-gear", "--answer=cable-tension=right")
    assert call("ask", SKIPS, "--json", *answers).out == call("ask", SKIPS, "--json", *reversed(answers)).out


def test_markdown_is_a_report() -> None:
    outcome = call("ask", SKIPS, "--md", "--answer", "cable-tension=slack")
    assert outcome.out.startswith("# The chain skips\n\nBicycles and e-bikes · report for the ticket\n")
    assert "Is the derailleur cable slack? **yes, slack**" in outcome.out


def test_answers_alone_are_enough_to_ask() -> None:
    outcome = call("ask", "--answer", "problem=chain-skips", "--answer", "chain-gauge=drops-in", terminal=True)
    assert outcome.status == 0
    assert "confirmed" in outcome.out


def test_standard_input_is_read_for_a_dash_and_for_nothing() -> None:
    expected = call("ask", EXACT).out
    assert call("ask", "-", piped=EXACT.encode()).out == expected
    assert call("ask", piped=EXACT.encode()).out == expected
    assert call(piped=EXACT.encode()).out == expected


def test_files_are_read_and_quoted_with_their_lines(tmp_path: Path) -> None:
    first, second = tmp_path / "ride.log", tmp_path / "display.log"
    first.write_text("all well\nstill well\n", "utf-8")
    second.write_bytes(f"start\n{EXACT}\n".encode("utf-16"))
    outcome = call("ask", first, second)
    assert "  display.log line 2: E21 check speed sensor\n" in outcome.out


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_an_empty_text_is_bad_usage(text: str) -> None:
    for outcome in (call("ask", text), call("ask", "-", piped=text.encode())):
        assert outcome.status == 2
        assert outcome.out == ""
        assert "nothing to ask about: give a text, a file or -" in outcome.err


def test_asking_nothing_at_a_keyboard_does_not_wait_for_it() -> None:
    outcome = call("ask", terminal=True)
    assert outcome.status == 2
    assert "nothing to ask about" in outcome.err


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("chain-gauge", "not of the form finding=value"),
        ("=x", "not of the form finding=value"),
        ("chain-gauge=", "not of the form finding=value"),
        ("chain-gage=drops-in", "chain-gage"),
        ("chain-gauge=perhaps", "perhaps"),
    ],
)
def test_an_answer_that_does_not_fit(answer: str, message: str) -> None:
    outcome = call("ask", SKIPS, "--answer", answer)
    assert outcome.status == 2
    assert message in outcome.err
    assert "Traceback" not in outcome.err


def test_colour_is_only_for_those_who_want_it() -> None:
    colourful, plain = Pipe(colour=True), Pipe(colour=True)
    run(["--kb", str(BICYCLE), "ask", EXACT], colourful)
    run(["--kb", str(BICYCLE), "ask", EXACT, "--no-color"], plain)
    assert "\x1b[" in colourful.said
    assert "\x1b" not in plain.said
