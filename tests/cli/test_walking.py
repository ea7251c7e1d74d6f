"""Going through a procedure one step at a time."""

from __future__ import annotations

import pytest
from tests.cli.support import EXACT

from syncsage.session import Session
from syncsage_cli.render.page import paint
from syncsage_cli.repl.conversation import Conversation


def heard(conversation: Conversation, line: str) -> str:
    return paint(conversation.hear(line).blocks, width=80, colour=False)


@pytest.fixture
def walker(conversation: Conversation) -> Conversation:
    """Somebody at the first of the two steps of a fix."""
    conversation.hear(EXACT)
    conversation.hear("2")
    conversation.hear("steps")
    assert conversation.prompt == "step 1 of 2> "
    return conversation


def test_enter_ticks_off_to_the_end(walker: Conversation) -> None:
    assert "   2  Ride for five minutes" in heard(walker, "")
    assert walker.prompt == "step 2 of 2> "
    assert heard(walker, "").startswith("All 2 steps are done.\n\nDid it work?\n  1  yes\n")
    assert walker.prompt == "1-3> "


def test_enter_means_nothing_outside_of_a_walk(walker: Conversation) -> None:
    walker.hear("q")
    assert heard(walker, "") == ""
    assert walker.prompt == "1-3> "


def test_ticks_are_kept_where_one_leaves(walker: Conversation) -> None:
    walker.hear("done")
    walker.hear("q")
    walker.hear("steps")
    assert walker.prompt == "step 2 of 2> "
    assert "  x   1  Loosen the screw" in heard(walker, "all")


def test_what_was_skipped_is_where_one_begins_again(walker: Conversation) -> None:
    walker.hear("s")
    assert "not done: 1." in heard(walker, "d")
    walker.hear("steps")
    assert walker.prompt == "step 1 of 2> "


def test_a_number_goes_to_its_step(walker: Conversation) -> None:
    walker.hear("2")
    assert walker.prompt == "step 2 of 2> "
    assert heard(walker, "3") == "There are steps 1 to 2.\n"
    assert walker.session.events[-1].id != "fix:magnet-moved"


def test_commands_do_not_end_a_walk(walker: Conversation) -> None:
    assert "What it may come from" in heard(walker, "causes")
    assert walker.prompt == "step 1 of 2> "


@pytest.mark.parametrize("entry", ["the display now shows E21 again", f"[00:01] start\n{EXACT}\n"])
def test_a_text_ends_a_walk_and_is_told(walker: Conversation, entry: str) -> None:
    walker.hear(entry)
    assert walker.session.events[-1].text == entry
    assert walker.walk is None


def test_words_of_the_outcome_end_a_walk(walker: Conversation) -> None:
    assert "Solved." in heard(walker, "worked")
    assert walker.walk is None


def test_taking_back_ends_a_walk(walker: Conversation) -> None:
    walker.hear("/back")
    assert walker.prompt == "1-2 or ?> "


def test_a_question_without_a_procedure_is_shown_again(conversation: Conversation) -> None:
    conversation.hear(EXACT)
    assert "Does the magnet on the spoke pass" in heard(conversation, "steps")
    assert conversation.walk is None


def test_u_takes_back_the_tick_of_the_step_before(walker: Conversation) -> None:
    walker.hear("")
    assert "   1  Loosen the screw" in heard(walker, "u")
    assert walker.prompt == "step 1 of 2> "
    assert walker.session.ticks == ()
    assert heard(walker, "u") == "This step is not ticked off.\n"


def test_ticks_are_still_there_when_the_interview_is_taken_up_again(walker: Conversation) -> None:
    walker.hear("")
    again = Conversation(walker.engine, Session(walker.engine, walker.session.log))
    greeting = paint(again.greet().blocks, width=80, colour=False)
    assert greeting.endswith("Steps ticked off: 1 of 2. steps goes on with them.\n")
    again.hear("steps")
    assert again.prompt == "step 2 of 2> "


def test_ticks_are_nothing_that_back_or_history_knows(walker: Conversation) -> None:
    before = heard(walker, "history")
    walker.hear("")
    assert heard(walker, "history") == before
    assert heard(walker, "/back").startswith("Taken back: Does the magnet")
