"""Commands that reach out of the conversation: clipboard, editor, logs, kept interviews."""

from __future__ import annotations

import base64
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pyperclip
import pytest
from tests.cli.support import EXACT, Pipe
from tests.cli.test_track import BEGINNING, FAILURE, written

from syncsage import Engine
from syncsage.errors import InputError
from syncsage_cli.archive import Archive
from syncsage_cli.render.page import paint
from syncsage_cli.repl.conversation import Conversation

SKIPS = "under load the chain jumps over the teeth"


@dataclass
class Desk:
    """A clipboard and an editor that remember."""

    bar: str = "#"
    fault: str = ""
    written: str | None = None
    copied: list[str] = field(default_factory=list[str])

    def copy(self, text: str) -> str:
        self.copied.append(text)
        return self.fault

    def edit(self) -> str | None:
        return self.written


@pytest.fixture(scope="session")
def bundled(own_folders: None) -> Engine:
    return Engine.load()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def talk(engine: Engine, desk: Desk, tmp_path: Path) -> Conversation:
    return Conversation(engine, archive=Archive(tmp_path), world=desk)


def heard(conversation: Conversation, line: str) -> str:
    return paint(conversation.hear(line).blocks, width=300, colour=False)


class TestCopy:
    def test_the_last_answer_is_what_was_said_last(self, talk: Conversation, desk: Desk) -> None:
        talk.hear(SKIPS)
        assert heard(talk, "copy").startswith("To the clipboard: answer, ")
        assert "Recognised: The chain skips" in desk.copied[0]
        talk.hear("copy answer")
        assert desk.copied[1] == desk.copied[0]

    def test_the_report_has_its_names_masked(self, talk: Conversation, desk: Desk) -> None:
        talk.hear(f"{EXACT} at http://garage.example.test:8080/rides")
        talk.hear("copy report")
        assert desk.copied[0].startswith("# ")
        assert "garage.example.test" not in desk.copied[0]

    def test_what_is_not_there_is_said(self, talk: Conversation, desk: Desk) -> None:
        assert heard(talk, "copy command") == "There is no command to copy.\n"
        assert heard(talk, "copy report") == "There is no report to copy.\n"
        assert heard(talk, "/copy that") == "Copy what? One of: command, answer, report.\n"
        assert desk.copied == []

    def test_a_clipboard_that_does_not_take_it(self, talk: Conversation, desk: Desk) -> None:
        desk.fault = "it is too long"
        talk.hear(EXACT)
        assert heard(talk, "copy report") == "Not copied: it is too long. report FILE writes a file.\n"

    def test_copy_with_other_words_is_a_text(self, talk: Conversation) -> None:
        talk.hear("copy of the log is attached")
        assert talk.session.events[0].text == "copy of the log is attached"


class TestClipboard:
    def test_the_terminal_is_asked_by_osc_52(self) -> None:
        pipe = Pipe(terminal=True)
        pipe.interactive = True
        pipe.variables = {"SSH_CONNECTION": "x"}
        assert pipe.copy("Grüße\n") == ""
        found = re.fullmatch(r"\x1b]52;c;([A-Za-z0-9+/=]+)\x07", pipe.said)
        assert found is not None
        assert base64.b64decode(found[1]).decode() == "Grüße\n"
        assert pipe.copy("x" * 90_000) == "it is too long for the clipboard of a terminal"

    def test_at_the_machine_the_system_takes_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        taken: list[str] = []
        monkeypatch.setattr(pyperclip, "copy", taken.append)
        pipe = Pipe(terminal=True)
        pipe.interactive = True
        assert pipe.copy("Grüße \udce4" + "x" * 90_000) == ""
        assert taken == ["Grüße ?" + "x" * 90_000]
        assert pipe.said == ""

    @pytest.mark.parametrize("error", [pyperclip.PyperclipException("none here"), OSError("gone")])
    def test_where_the_system_has_none_the_terminal_is_asked(
        self, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        def refuse(_: str) -> None:
            raise error

        monkeypatch.setattr(pyperclip, "copy", refuse)
        pipe = Pipe(terminal=True)
        pipe.interactive = True
        assert pipe.copy("x") == ""
        assert pipe.said == "\x1b]52;c;eA==\x07"

    def test_pipes_and_dumb_terminals_have_none(self) -> None:
        dumb = Pipe(terminal=True)
        dumb.interactive, dumb.variables = True, {"TERM": "dumb"}
        for pipe in (Pipe(), dumb):
            assert pipe.copy("x") == "nothing here has a clipboard"
            assert pipe.said == ""

    @pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for tmux is a shell script")
    @pytest.mark.parametrize(("status", "fault"), [(0, ""), (1, "tmux did not take it (CalledProcessError)")])
    def test_tmux_takes_it_itself(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, fault: str
    ) -> None:
        taker = tmp_path / "tmux"
        taker.write_text(f'#!/bin/sh\n/bin/cat > "{tmp_path}/taken"\nexit {status}\n', "utf-8")
        taker.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        pipe = Pipe(terminal=True)
        pipe.interactive, pipe.variables = True, {"TMUX": "/tmp/tmux,1,0"}
        assert pipe.copy("a\nb") == fault
        assert (tmp_path / "taken").read_text("utf-8") == "a\nb"
        assert pipe.said == ""


class TestEditor:
    def test_what_was_written_is_told_as_a_paste(self, talk: Conversation, desk: Desk) -> None:
        desk.written = f"[00:01] start\n{EXACT}\n"
        assert "Recognised: The motor gets no speed signal" in heard(talk, "edit")
        assert talk.session.events[0].text == desk.written

    @pytest.mark.parametrize("written", [None, "", " \n"])
    def test_nothing_written_is_nothing_told(self, talk: Conversation, desk: Desk, written: str | None) -> None:
        desk.written = written
        assert heard(talk, "edit") == "Nothing was written.\n"
        assert not talk.session.events

    @pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell script")
    def test_the_editor_of_the_person_is_started(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        editor = tmp_path / "editor"
        editor.write_text('#!/bin/sh\nprintf "first\\nsecond\\n" > "$1"\n', "utf-8")
        editor.chmod(0o755)
        monkeypatch.setenv("VISUAL", str(editor))
        pipe = Pipe(terminal=True)
        pipe.interactive = True
        assert pipe.edit() == "first\nsecond\n"
        monkeypatch.setenv("VISUAL", str(tmp_path / "gone"))
        with pytest.raises(InputError, match="set EDITOR to another one"):
            pipe.edit()

    def test_an_editor_that_is_stopped_wrote_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("click.edit", interrupted)
        pipe = Pipe(terminal=True)
        pipe.interactive = True
        assert pipe.edit() is None

    def test_a_pipe_has_no_editor(self) -> None:
        with pytest.raises(InputError, match="needs a terminal"):
            Pipe().edit()


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_pager_that_is_stopped_is_only_the_end_of_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.echo_via_pager", interrupted)
    pipe = Pipe(terminal=True)
    pipe.page("a long page")
    assert pipe.said == ""


class TestTrack:
    def test_a_timeline_is_shown_and_nothing_told(self, tmp_path: Path, bundled: Engine) -> None:
        log = tmp_path / "sync.log"
        log.write_text(written(*BEGINNING, *FAILURE), "utf-8")
        talk = Conversation(bundled)
        page = heard(talk, f"track {log}")
        assert "Run 1" in page
        assert f"load {log} takes it into the interview." in page
        assert not talk.session.events

    def test_logs_that_cannot_be_shown(self, talk: Conversation, tmp_path: Path) -> None:
        empty = tmp_path / "empty.log"
        empty.write_bytes(b"")
        assert heard(talk, "track").startswith("Which log?")
        for line in (f"/track {tmp_path}/gone.log", f"track {tmp_path}/gone.log"):
            assert heard(talk, line) == f"No such file: {tmp_path}/gone.log.\n"
        assert heard(talk, f"track {empty}").rstrip() == f"{empty}: there is nothing in it."

    def test_track_with_other_words_is_a_text(self, talk: Conversation) -> None:
        talk.hear("track lost")
        assert talk.session.events[0].text == "track lost"


class TestResume:
    def test_one_goes_from_one_interview_to_another_and_back(self, talk: Conversation) -> None:
        talk.hear(SKIPS)
        talk.hear("new")
        talk.hear(EXACT)
        assert "resume N goes on with one" in heard(talk, "resume")
        assert "The chain skips" not in heard(talk, "causes")
        assert heard(talk, "resume 1").startswith("Going on where you left.\n")
        assert talk.session.events[0].text == SKIPS
        talk.hear("1")
        assert heard(talk, "/resume 1").startswith("Going on where you left.\n")
        assert talk.session.events[0].text == EXACT

    def test_a_number_or_name_that_is_none(self, talk: Conversation, tmp_path: Path) -> None:
        talk.hear(SKIPS)
        assert heard(talk, "resume") == "No interview is kept yet.\n"
        assert heard(talk, "resume 3") == "No kept interview has the number 3: resume lists them.\n"
        assert "no kept interview is called 'monday'" in heard(talk, "resume monday")
        assert talk.session.kept is not None
        assert heard(talk, f"resume {talk.session.kept}") == "That is this interview.\n"
        assert talk.session.events[0].text == SKIPS

    def test_without_a_folder_only_files_go_on(self, engine: Engine, tmp_path: Path) -> None:
        talk = Conversation(engine)
        assert "No such file: monday." in heard(talk, "resume monday")
        talk.hear(SKIPS)
        talk.hear(f"save {tmp_path / 'monday.jsonl'}")
        talk.hear("new")
        assert heard(talk, f"resume {tmp_path / 'monday.jsonl'}").startswith("Going on where you left.\n")


def test_a_file_that_is_no_interview_leaves_this_one_as_it_is(talk: Conversation, tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_bytes(b"no interview")
    talk.hear(SKIPS)
    assert "other.jsonl" in heard(talk, f"resume {tmp_path / 'other.jsonl'}")
    assert talk.session.events[0].text == SKIPS
