"""What the conversation does with an entry, where a transcript would not show it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.support import BICYCLE, EXACT

from syncsage import Engine, Session
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.render.page import paint
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.reply import Reply
from syncsage_cli.repl.toolbar import toolbar

SKIPS = "under load the chain jumps over the teeth"
RISKY = """
id: replace-the-chain
title: Fit a new chain
kind: fix
minutes: 20
risk: high
steps: [{do: Break the chain open.}]
undo: There is no way back.
sources: [{document: workshop-handbook, section: Drivetrain}]
"""


def seen(reply: Reply) -> str:
    return paint(reply.blocks, width=400, colour=False)  # wide: long names of files stay on one line


def test_many_lines_are_always_a_text(conversation: Conversation) -> None:
    conversation.hear(SKIPS)
    conversation.hear("1\n2\nquit\n")
    assert [event.kind for event in conversation.session.events] == ["told", "told"]


def test_a_paste_that_was_asked_for_answers_the_question(conversation: Conversation) -> None:
    conversation.hear("the printer is out of toner")
    asked = conversation.step.next
    assert asked is not None
    assert asked.paste
    conversation.hear("the third line\nof a long text\nthat says nothing of use\n")
    assert conversation.session.events[-1].value == "pasted"
    assert conversation.step.next is None
    conversation.hear("back")
    assert len(conversation.session.events) == 1
    assert conversation.step.next == asked


def test_a_short_remark_is_not_the_paste_that_was_asked_for(conversation: Conversation) -> None:
    conversation.hear("the printer is out of toner")
    conversation.hear("wait a moment")
    assert conversation.step.next is not None
    assert conversation.step.next.paste


def test_a_yes_with_a_remark_behind_it_answers(conversation: Conversation) -> None:
    conversation.hear(SKIPS)
    conversation.hear("yes, since last week")
    assert conversation.session.events[-1].id == "cable-tension"
    assert conversation.session.events[-1].value == "slack"


def test_a_no_without_a_comma_answers_unless_it_is_news(conversation: Conversation) -> None:
    conversation.hear(SKIPS)
    conversation.hear("no it is not")
    assert [(e.id, e.value) for e in conversation.session.events[1:]] == [("cable-tension", "right")]
    conversation.hear("back")
    conversation.hear("no signal from the speed sensor")
    assert "speed-signal-missing" in [problem.id for problem in conversation.step.problems]


def test_an_error_message_that_begins_with_no_is_a_text(conversation: Conversation) -> None:
    conversation.hear(SKIPS)
    conversation.hear("No link could be made because the other part actively refused it")
    assert conversation.session.events[-1].kind == "told"


def test_secrets_are_masked_and_said_to_be(conversation: Conversation) -> None:
    reply = conversation.hear(f"{EXACT} password=hunter2")
    assert "Secrets left out: 1." in seen(reply)
    assert "hunter2" not in str(conversation.session.events)
    assert "hunter2" not in seen(reply) + seen(conversation.hear("summary"))


def test_a_file_is_loaded_by_command_and_by_its_name(conversation: Conversation, tmp_path: Path) -> None:
    path = tmp_path / "ride.log"
    path.write_bytes(f"start\n{EXACT}\n".encode("utf-16"))
    assert seen(conversation.hear(f"load {path}")).startswith("Read ride.log, 2 lines.\nRecognised: The motor")
    conversation.hear("new")
    assert seen(conversation.hear(str(path))).startswith("Read ride.log, 2 lines.\nRecognised: The motor")


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "No such file: "), (b"", " is empty."), (b"\x00\x01\x02\x03" * 500, "binary")],
)
def test_a_file_that_cannot_be_loaded(
    conversation: Conversation, tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "ride.log"
    if content is not None:
        path.write_bytes(content)
    assert message in seen(conversation.hear(f"/load {path}"))
    assert not conversation.session.events


def test_a_saved_interview_goes_on(engine: Engine, conversation: Conversation, tmp_path: Path) -> None:
    path = tmp_path / "monday.jsonl"
    conversation.hear(SKIPS)
    assert "syncsage resume" in seen(conversation.hear(f"save {path}"))
    conversation.hear("2")
    again = Conversation(engine, Session.load(engine, path))
    assert again.step == conversation.step
    assert seen(again.greet()).startswith("Going on where you left.")
    again.hear("back")
    assert len(again.session.events) == 1


def test_no_other_file_is_overwritten(conversation: Conversation, tmp_path: Path) -> None:
    mine, other = tmp_path / "mine.json", tmp_path / "other.json"
    other.write_text("precious", "utf-8")
    conversation.hear(SKIPS)
    conversation.hear(f"save {mine}")
    assert "It is kept there already." in seen(conversation.hear(f"save {mine}"))
    assert "exists already" in seen(conversation.hear(f"save {other}"))
    assert other.read_text("utf-8") == "precious"
    assert "Could not save" in seen(conversation.hear(f"save {tmp_path}/no/such/folder.json"))


def test_a_risky_fix_is_shown_only_after_a_yes(tmp_path: Path) -> None:
    folder = tmp_path / "procedures"
    folder.mkdir()
    (folder / "replace-the-chain.yaml").write_text(RISKY, "utf-8")
    conversation = Conversation(Engine.load(BICYCLE, [tmp_path]))
    conversation.session.answer("chain-gauge", "drops-in")
    asked = seen(conversation.hear(SKIPS))
    assert "The fix is risky: Fit a new chain" in asked
    assert "To undo: There is no way back." in asked
    assert "Break the chain open." not in asked
    assert "Take your time." in seen(conversation.hear("?"))
    assert "I know no other fix than the risky one." in seen(conversation.hear("2"))
    conversation.hear("back")
    shown = seen(conversation.hear("1"))
    assert "HIGH RISK" in shown
    assert "Break the chain open." in shown
    assert "Did it work?" in shown


def test_how_a_fix_went_is_evidence(conversation: Conversation) -> None:
    conversation.session.answer("chain-gauge", "drops-in")
    conversation.hear(SKIPS)
    conversation.hear("3")
    assert all(event.kind != "tried" for event in conversation.session.events)
    conversation.hear("no")
    assert [(e.id, e.value) for e in conversation.session.events if e.kind == "tried"] == [("fix:chain-worn", "failed")]
    conversation.hear("back")
    conversation.hear("1")
    assert conversation.step.stop_reason == "resolved"
    assert conversation.status is ExitStatus.OK


def test_who_cannot_tell_whether_a_fix_worked_is_told_how_to_see_it(conversation: Conversation) -> None:
    conversation.session.answer("chain-gauge", "drops-in")
    conversation.hear(SKIPS)
    assert seen(conversation.hear("?")).startswith("“Ride round the block” shows whether it worked; steps leads there.")
    assert seen(conversation.hear("later")).startswith("Take your time.")
    assert "I know no better fix" in seen(conversation.hear("no access"))
    assert seen(conversation.hear("2")).startswith("Noted: “Fit a new chain” did not help.")


def test_a_question_without_a_procedure_has_no_steps(conversation: Conversation) -> None:
    conversation.hear("my front light flickers")
    assert conversation.step.next is not None
    assert conversation.step.next.procedure is None
    shown = seen(conversation.hear("steps"))
    assert shown.startswith("This has no steps of its own.\n\n")
    assert conversation.step.next.text in shown


def test_nothing_asked_nothing_answered(conversation: Conversation) -> None:
    for word in ("later", "yes", "?", "2"):
        assert seen(conversation.hear(word)).startswith("Nothing is asked yet: paste an error")
    assert conversation.hear("   ").blocks == ()
    assert not conversation.session.events


def test_a_slash_and_a_beginning_of_several_commands_are_asked_back(conversation: Conversation) -> None:
    assert seen(conversation.hear("/wh")) == "/wh may mean why or whatif or whynot.\n"


def test_a_command_with_an_argument_that_makes_no_sense_says_so(conversation: Conversation) -> None:
    conversation.hear(SKIPS)
    for line, answer in (
        ("/back x", "Number x is nothing you said: history shows the numbers.\n"),
        ("/back 1²", "Number 1² is nothing you said: history shows the numbers.\n"),
        ("/change x", "Number x is nothing you said: history shows the numbers.\n"),
        ("/how 1.x", "1 has no reason x: how 1 shows them.\n"),
        ("/how 7", "No cause here is called '7': see causes.\n"),
    ):
        assert seen(conversation.hear(line)) == answer
    assert len(conversation.session.log) == 1


def test_the_summary_is_not_repeated_at_the_door(conversation: Conversation) -> None:
    assert conversation.farewell() == ()
    conversation.hear(SKIPS)
    assert "Where it stands" in seen(Reply(conversation.farewell()))
    assert conversation.hear("quit").blocks == ()


def test_the_toolbar_tells_where_one_is(conversation: Conversation) -> None:
    assert toolbar(conversation, 80).split() == ["F1", "help", "F2", "facts", "F4", "causes"]
    conversation.hear(SKIPS)
    assert toolbar(conversation, 80).startswith(" question 1 · The chain skips · ")
    conversation.session.answer("chain-gauge", "drops-in")
    assert "fix · The chain skips · confirmed: The chain is worn" in toolbar(conversation, 100)
    assert all(len(toolbar(conversation, width)) <= width for width in (20, 40, 60, 80, 100))
    conversation.hear("paste")
    assert "single ." in toolbar(conversation, 80)


def test_the_first_text_is_no_answer_however_long(conversation: Conversation) -> None:
    conversation.hear("the printer on the second floor is out of toner and nobody knows where the new one is kept")
    assert [event.kind for event in conversation.session.events] == ["told"]
    assert conversation.step.next is not None
    assert conversation.step.next.paste


def test_a_bare_yes_that_no_choice_means_is_asked_back(conversation: Conversation) -> None:
    conversation.hear("loud squeaking from my bicycle")
    before = conversation.step
    assert before.next is not None
    assert before.next.id == "noise-when"
    assert seen(conversation.hear("yes")) == "Which one? 1 to 3, or some words of it, or ? if you don't know.\n"
    assert conversation.step == before


def test_a_part_of_a_label_is_an_answer(conversation: Conversation) -> None:
    conversation.hear("loud squeaking from my bicycle")
    conversation.hear("all the time")
    assert [(e.id, e.value) for e in conversation.session.events[1:]] == [("noise-when", "always")]


def test_a_question_names_its_procedure_and_steps_shows_it(conversation: Conversation) -> None:
    asked = seen(conversation.hear(SKIPS))
    while conversation.step.next is not None and conversation.step.next.procedure is None:
        asked = seen(conversation.hear("?"))
    assert "steps goes through it one by one: Measure the chain with a gauge" in asked
    assert "How to find out" not in asked
    assert "How to find out: Measure the chain with a gauge" in seen(conversation.hear("steps"))
