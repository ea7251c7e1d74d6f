"""Numbers in words, and lines that are nearly an answer."""

from __future__ import annotations

import pytest

from syncsage.replying import Answer, is_stray, read_answer
from syncsage.step import Option
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.reply import Reply
from syncsage_cli.repl.slips import may_mean, which_one

SKIPS = "under load the chain jumps over the teeth"
WHEELS = (
    Option("front", "the front wheel", ("steered",)),
    Option("rear", "the rear wheel", ("driven", "hub 404")),
    Option("both", "both of them", ("driven as well",)),
)


def seen(reply: Reply) -> str:
    return " ".join(str(block) for block in reply.blocks)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("the second", "rear"),
        ("Second one.", "rear"),
        ("die zweite", "rear"),
        ("number 1", "front"),
        ("#3", "both"),
        ("option 2", "rear"),
        ("the last one", "both"),
        ("1st", "front"),
    ],
)
def test_a_number_in_words_is_an_answer(line: str, value: str) -> None:
    assert read_answer(line, WHEELS) == Answer(value)


@pytest.mark.parametrize("line", ["fourth", "option 7", "#0", "second wheel", "first of all it squeaks"])
def test_a_number_that_is_not_there_is_none(line: str) -> None:
    assert read_answer(line, WHEELS) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("kann ich nicht sehen", "no_access"),
        ("Keine Ahnung!", "dont_know"),
        ("keine ahnung, Kollege fragen", "dont_know"),
        ("can't tell", "dont_know"),
        ("später", "later"),
    ],
)
def test_more_ways_of_not_knowing(line: str, reason: str) -> None:
    answer = read_answer(line, WHEELS)
    assert answer is not None
    assert (answer.value, answer.reason) == ("unknown", reason)


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("wheel", (1, 2)),
        ("frnot", (1,)),
        ("steerd", (1,)),
        ("the raer wheel", (2,)),
        ("driven, steered", (1, 2)),
    ],
)
def test_what_is_nearly_an_answer_is_known(line: str, numbers: tuple[int, ...]) -> None:
    assert may_mean(line, WHEELS) == numbers


@pytest.mark.parametrize(
    "line", ["hub 405", "not driven", "it squeaks", "of", "", "the front wheel and what else there is", "E21"]
)
def test_what_is_no_answer_stays_evidence(line: str) -> None:
    assert may_mean(line, WHEELS) == ()


def test_the_hint_names_the_range() -> None:
    assert which_one(WHEELS[:1], unknowns=False) == "Which one? 1, or some words of it."
    assert which_one(WHEELS[:2], unknowns=True).startswith("Which one? 1 or 2, ")
    assert "1 to 3" in which_one(WHEELS, unknowns=True)


def test_single_letters_and_short_numbers_are_stray() -> None:
    assert all(map(is_stray, ("x", "7", "12", "option 9")))
    assert not any(map(is_stray, ("404", "E21", "it")))


def test_a_slip_is_asked_back_and_taken_by_its_number(conversation: Conversation) -> None:
    conversation.hear(SKIPS)
    before = conversation.session.events
    assert "Did you mean 1 (yes, slack)?" in seen(conversation.hear("slakc"))
    assert conversation.session.events == before
    conversation.hear("1")
    assert conversation.session.events[-1].value == "slack"


def test_a_yes_takes_a_slip_where_it_is_no_answer_of_its_own(conversation: Conversation) -> None:
    conversation.hear("loud squeaking from my bicycle")
    assert conversation.step.next is not None
    assert conversation.step.next.id == "noise-when"
    assert "or y;" in seen(conversation.hear("al the time"))
    conversation.hear("y")
    assert conversation.session.events[-1].value == "always"


def test_a_yes_that_is_an_answer_of_its_own_takes_no_slip(conversation: Conversation) -> None:
    conversation.hear(SKIPS)
    assert "Did you mean 2 (no, tight)?" in seen(conversation.hear("tihgt"))
    conversation.hear("yes")
    assert conversation.session.events[-1].value == "slack"


def test_an_offer_holds_for_one_line(conversation: Conversation) -> None:
    conversation.hear("loud squeaking from my bicycle")
    conversation.hear("al the time")
    conversation.hear("facts")
    assert "Which one?" in seen(conversation.hear("y"))


def test_a_word_that_tells_nothing_is_not_kept(conversation: Conversation) -> None:
    conversation.hear(SKIPS)
    asked = conversation.step.next
    assert "That tells me nothing new. Which one?" in seen(conversation.hear("hm hm"))
    assert len(conversation.session.events) == 1
    assert conversation.step.next == asked


@pytest.mark.parametrize(("line", "name"), [("/hlep", "help"), ("/reprot", "report"), ("/cuases", "causes")])
def test_a_command_with_a_slip_is_asked_back(conversation: Conversation, line: str, name: str) -> None:
    assert f"Did you mean /{name}?" in seen(conversation.hear(line))
    assert not conversation.session.events


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hlep", "Did you mean help?"),
        ("Sumary", "Did you mean summary?"),
        ("/sumry", "Did you mean /summary?"),
        ("/xyzzy", "No command is called /xyzzy. help lists them."),
    ],
)
def test_a_word_that_is_nearly_a_command_begins_no_interview(conversation: Conversation, line: str, said: str) -> None:
    assert said in seen(conversation.hear(line))
    assert not conversation.session.events
    conversation.hear(SKIPS)
    before = conversation.session.events
    assert said in seen(conversation.hear(line))
    assert conversation.session.events == before


@pytest.mark.parametrize("line", ["hlep my bike", "squeaks", "tire", "/E21", "/var/log/bike"])
def test_other_words_are_told(conversation: Conversation, line: str) -> None:
    conversation.hear(line)
    assert [event.text for event in conversation.session.events] == [line]
