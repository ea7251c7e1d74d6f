"""The plain front: lines in, pages out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.support import BICYCLE, EXACT, Impatient, Typist

from syncsage import Session
from syncsage.step import Step
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.main import run
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.plain import PlainFront


def test_lines_of_one_paste_are_one_entry(conversation: Conversation) -> None:
    typist = Typist(["[00:01] start", EXACT, "all else well", "1"], pasting=[True, True, False, False])
    PlainFront(conversation, typist).run()
    assert [event.text for event in conversation.session.events if event.kind == "told"] == [
        f"[00:01] start\n{EXACT}\nall else well"
    ]


def test_the_end_of_input_leaves_with_the_summary(conversation: Conversation) -> None:
    typist = Typist(["under load the chain jumps over the teeth"])
    status = PlainFront(conversation, typist).run()
    assert status is ExitStatus.SEVERAL_CAUSES
    assert typist.said.endswith(f"Knowledge {conversation.engine.kb.version}\n\n")


def test_the_end_of_input_ends_a_paste(conversation: Conversation) -> None:
    PlainFront(conversation, Typist(["paste", EXACT])).run()
    assert conversation.session.events[0].text == EXACT


def test_leaving_without_a_word_is_no_failure(conversation: Conversation) -> None:
    assert PlainFront(conversation, Typist(["quit"])).run() is ExitStatus.OK
    assert PlainFront(conversation, Typist([])).run() is ExitStatus.OK


def test_control_c_warns_once_and_leaves_with_130(conversation: Conversation) -> None:
    impatient = Impatient(["my bike squeaks"])
    assert PlainFront(conversation, impatient).run() is ExitStatus.INTERRUPTED
    assert impatient.said.count("press Ctrl-C again") == 1


def test_control_c_first_gives_up_what_is_under_way(conversation: Conversation) -> None:
    impatient = Impatient(["paste", "half of it"])
    assert PlainFront(conversation, impatient).run() is ExitStatus.INTERRUPTED
    assert impatient.said.index("Nothing of it is taken.") < impatient.said.index("press Ctrl-C again")
    assert not conversation.session.events


def test_control_c_stops_the_reading_of_an_entry(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Session, text: str) -> Step:
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "tell", interrupted)
    typist = Typist([EXACT, EXACT])
    PlainFront(conversation, typist).run()
    assert "Stopped; nothing of it was taken in." in typist.said
    assert [event.text for event in conversation.session.events] == [EXACT]


def test_a_plain_interview_is_begun_by_option_and_by_a_dumb_terminal() -> None:
    for arguments, variables in ((["--plain"], {}), (["interview", "--plain"], {}), ([], {"TERM": "dumb"})):
        typist = Typist(["quit"])
        typist.variables = variables
        assert run(["--kb", str(BICYCLE), *arguments], typist) == 0
        assert typist.said.startswith("\nBicycles and e-bikes\n")
        assert "\x1b" not in typist.said


def test_a_saved_interview_is_resumed(conversation: Conversation, tmp_path: Path) -> None:
    path = tmp_path / "monday.jsonl"
    conversation.hear(EXACT)
    conversation.hear(f"save {path}")
    conversation.close()
    typist = Typist(["quit"])
    assert run(["--kb", str(BICYCLE), "resume", str(path), "--plain"], typist) == 10
    assert typist.said.startswith("\nGoing on where you left.\n")


def test_what_is_no_saved_interview_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}", "utf-8")
    typist = Typist([])
    assert run(["--kb", str(BICYCLE), "resume", str(path)], typist) == 2
    assert "other.json" in typist.remarked
