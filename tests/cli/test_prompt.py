"""The front for real terminals, fed key by key."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from tests.cli.support import EXACT, Pipe

from syncsage import Engine, Session
from syncsage.errors import ModelError
from syncsage.step import Step
from syncsage_cli.archive import Archive
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.render.page import paint
from syncsage_cli.repl.commands.keys import KEYS
from syncsage_cli.repl.completion import Words
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.history import CarefulHistory, worth_keeping
from syncsage_cli.repl.keys import PAGES
from syncsage_cli.repl.pastes import Pastes
from syncsage_cli.repl.prompt import PromptFront
from syncsage_cli.repl.warmth import Warmth

SKIPS = "under load the chain jumps over the teeth"
#: What is said while something takes long: no page, and no reason to type.
MOMENT = "one moment ...\n"
CTRL_C, CTRL_D = "\x03", "\x04"


def bracketed(text: str) -> str:
    """Return what a terminal sends for a paste."""
    return f"\x1b[200~{text}\x1b[201~"


class Reader(Pipe):
    """A person who reads a page to its end before typing again."""

    def __init__(self, keys: PipeInput, state: Path) -> None:
        super().__init__(terminal=True)
        self.interactive = True
        self.state_dir = state
        self.keys = keys
        self.bursts: list[str] = []
        self.paged: list[str] = []

    def page(self, text: str) -> None:
        self.paged.append(text)
        self.out("(back from the pager)")

    def out(self, text: str) -> None:
        super().out(text)
        if self.bursts and text != MOMENT:
            self.keys.send_text(self.bursts.pop(0))


@dataclass
class Desk:
    """A person at a terminal of prompt-toolkit."""

    keys: PipeInput
    conversation: Conversation
    environment: Reader

    def types(self, *bursts: str) -> ExitStatus:
        """Hold the interview; one burst of keys follows the greeting, one each page."""
        self.environment.bursts = list(bursts)
        return PromptFront(self.conversation, self.environment, self.keys, DummyOutput()).run()

    @property
    def told(self) -> list[str]:
        """The texts that were told."""
        return [event.text for event in self.conversation.session.events if event.kind == "told"]


@pytest.fixture
def desk(conversation: Conversation, tmp_path: Path) -> Iterator[Desk]:
    with create_pipe_input() as keys:
        yield Desk(keys, conversation, Reader(keys, tmp_path / "state"))


def test_a_long_paste_is_taken_at_once_and_whole(desk: Desk) -> None:
    log = "\r".join(["[00:01] start", "[00:02] well", EXACT, "[00:04] stop"])
    assert desk.types(bracketed(log), CTRL_D) is not ExitStatus.OK
    assert desk.told == [log.replace("\r", "\n")]
    assert "Recognised: The motor gets no speed signal" in desk.environment.said


def test_words_before_a_long_paste_belong_to_it(desk: Desk) -> None:
    desk.types("since monday: " + bracketed("a\nb\nc\nd\n"), CTRL_D)
    assert desk.told == ["since monday: a\nb\nc\nd\n"]


def test_a_short_paste_waits_for_enter(desk: Desk) -> None:
    desk.types(bracketed(f"[00:01] start\n{EXACT}\n") + " today\r", CTRL_D)
    assert desk.told == [f"[00:01] start\n{EXACT} today"]


def test_a_paste_without_brackets_is_one_entry(desk: Desk) -> None:
    lines = [f"[00:{n:02}] well" for n in range(30)]
    desk.types("\r".join(lines) + "\r", CTRL_D)
    assert desk.told == ["\n".join(lines)]


def test_control_c_clears_then_warns_then_leaves(desk: Desk) -> None:
    assert desk.types("half a thought" + CTRL_C * 3) is ExitStatus.INTERRUPTED
    assert desk.told == []


def test_control_c_stops_the_reading_of_an_entry_and_puts_it_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Session, text: str) -> Step:
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "tell", interrupted)
    log = "\n".join(["[00:01] start", "[00:02] well", EXACT, "[00:04] stop"])
    desk.types(bracketed(log), "\r", CTRL_D)
    assert "nothing of it was taken in" in desk.environment.said
    assert desk.told == [log]


def test_lines_that_are_asked_for_end_with_the_full_stop_of_a_paste(desk: Desk) -> None:
    desk.types("/paste\r", f"one\rtwo\r{EXACT}\r.\r", CTRL_D)
    assert desk.told == [f"one\ntwo\n{EXACT}"]


def test_a_key_behind_a_line_is_for_the_next_prompt(desk: Desk) -> None:
    assert desk.types(f"{EXACT}\r{CTRL_D}") is ExitStatus.SEVERAL_CAUSES
    assert desk.told == [EXACT]


def test_a_pasted_line_is_no_history(desk: Desk, tmp_path: Path) -> None:
    desk.types(bracketed(EXACT) + "\r", SKIPS + "\r", CTRL_D)
    assert list(CarefulHistory(tmp_path / "state" / "history").load_history_strings()) == [SKIPS]


def test_control_d_leaves_with_the_summary(desk: Desk) -> None:
    desk.types(bracketed("a\nb\nc\n" + SKIPS), CTRL_D)
    assert "Where it stands" in desk.environment.said


def test_quit_leaves_with_what_the_outcome_deserves(desk: Desk) -> None:
    assert desk.types(SKIPS + "\r", "quit\r") is ExitStatus.SEVERAL_CAUSES


def test_the_end_of_input_ends_a_paste_by_command(desk: Desk) -> None:
    desk.conversation.hear("paste")
    desk.conversation.hear(EXACT)
    desk.types(CTRL_D)
    assert desk.told == [EXACT]


def test_control_c_first_gives_up_the_paste_that_was_begun(desk: Desk) -> None:
    assert desk.types("paste\r", "half of it" + CTRL_C * 2, SKIPS + "\r", CTRL_D) is ExitStatus.SEVERAL_CAUSES
    assert "Nothing of it is taken." in desk.environment.said
    assert desk.told == [SKIPS]


def test_control_c_first_leaves_a_walk_through_steps(desk: Desk) -> None:
    for line in (EXACT, "2", "steps"):
        desk.conversation.hear(line)
    assert desk.types(CTRL_C, "1\r", CTRL_D) is ExitStatus.OK
    assert "Did it work?" in desk.environment.said
    assert desk.conversation.step.stop_reason == "resolved"


def test_a_line_can_be_broken_by_hand(desk: Desk) -> None:
    desk.types("first\x1b\rsecond\r", CTRL_D)
    assert desk.told == ["first\nsecond"]


def test_only_what_is_long_goes_through_the_pager(desk: Desk) -> None:
    desk.environment.height = 20
    desk.types("help quit\r", "help\r", CTRL_D)
    assert len(desk.environment.paged) == 1
    assert "The interview\n" in desk.environment.paged[0]


def test_what_is_pasted_or_secret_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    desk.types(bracketed("a\nb\nc\nd\n"), "my chain skips\r", CTRL_D)
    kept = CarefulHistory(tmp_path / "state" / "history")
    assert list(kept.load_history_strings()) == ["my chain skips"]
    history = CarefulHistory(tmp_path / "history")
    for entry in (SKIPS, "password=hunter2", "a\nb", "x" * 300, "  "):
        history.append_string(entry)
    assert list(CarefulHistory(tmp_path / "history").load_history_strings()) == [SKIPS]
    assert stat.S_IMODE((tmp_path / "history").stat().st_mode) == 0o600


def test_a_marker_of_a_paste_is_not_kept() -> None:
    assert not worth_keeping("[paste #1: 1,200 lines]")
    assert worth_keeping("my chain skips")


def test_without_a_place_for_history_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    history = CarefulHistory(tmp_path / "file" / "history")
    history.append_string("my chain skips")
    assert list(history.load_history_strings()) == []


def test_the_marker_of_a_paste() -> None:
    pastes = Pastes()
    text = "line\n" * 1200
    assert pastes.fold(text) == "[paste #1: 1,200 lines]"
    assert pastes.fold("a\r\nb") == "[paste #2: 2 lines]"
    assert pastes.unfolded("x [paste #1: 1,200 lines]") == f"x {text}"
    pastes.forget()
    assert pastes.unfolded("[paste #1: 1,200 lines]") == "[paste #1: 1,200 lines]"


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("wha", {"whatif"}),
        ("/su", {"/summary"}),
        ("yes", {"yes, slack"}),
        ("how chain", {"chain-worn"}),
        ("whatif no", {"no, tight"}),
        ("2", {"no, tight"}),
        ("/whatn cha", set[str]()),
        ("/hel loo", {"lookup"}),
        ("lookup e2", {"E21"}),
        ("back ", {"1"}),
        ("change ", set[str]()),
        ("rules ", {"all"}),
        ("zzz", set[str]()),
    ],
)
def test_completion_offers_what_makes_sense(conversation: Conversation, begun: str, offered: set[str]) -> None:
    conversation.hear(SKIPS)
    found = Words(conversation).get_completions(Document(begun, len(begun)), CompleteEvent())
    assert {completion.text for completion in found} == offered


def test_completion_of_answers_to_change(conversation: Conversation) -> None:
    conversation.hear(SKIPS)
    conversation.hear("1")
    assert completed(conversation, "change ") == ["2"]
    assert completed(conversation, "change 2 no") == ["2 no, tight"]


def completed(conversation: Conversation, begun: str) -> list[str]:
    found = Words(conversation).get_completions(Document(begun, len(begun)), CompleteEvent())
    return [completion.text for completion in found]


@pytest.mark.parametrize(
    ("begun", "offered"),
    [("how worn", ["chain-worn"]), ("help rack", ["track"]), ("how x", []), ("lookup silent", ["0x80040010"])],
)
def test_where_nothing_begins_so_what_holds_it_is_offered(
    conversation: Conversation, begun: str, offered: list[str]
) -> None:
    conversation.hear(SKIPS)
    assert completed(conversation, begun) == offered


def test_kept_interviews_are_completed(engine: Engine, tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    session = engine.session()
    session.tell(SKIPS)
    archive.begin(session)
    session.close()
    name = archive.entries()[0].name
    assert completed(Conversation(engine, archive=archive), f"resume {name[:4]}") == [name]


def test_a_line_is_broken_by_control_o(desk: Desk) -> None:
    desk.types("first\x0fsecond\r", CTRL_D)
    assert desk.told == ["first\nsecond"]


def test_the_page_of_keys_names_those_that_show_pages(conversation: Conversation) -> None:
    page = paint(conversation.hear("keys").blocks, width=80, colour=False)
    assert [key.upper() for key in PAGES] == [key for key, _ in KEYS["Pages"]]
    assert all(key in page for keys in KEYS.values() for key, _ in keys)


def test_completion_of_file_names(conversation: Conversation, tmp_path: Path) -> None:
    (tmp_path / "ride.log").write_text("", "utf-8")
    begun = f"load {tmp_path}/ri"
    found = list(Words(conversation).get_completions(Document(begun, len(begun)), CompleteEvent()))
    assert [completion.text for completion in found] == ["de.log"]


def test_a_long_wait_is_announced_once() -> None:
    class Slow:
        """Lets go of whoever waits for words."""

        def __init__(self) -> None:
            self.said: list[str] = []
            self.heard = threading.Event()

        def load(self) -> None:
            raise AssertionError("nobody typed")

        def say(self, text: str) -> None:
            self.said.append(text)
            self.heard.set()

    slow = Slow()
    with Warmth(slow.load).patience(slow.say):
        assert slow.heard.wait(30)
    assert slow.said == [MOMENT]


def test_a_model_that_cannot_be_loaded_is_no_trouble_before_it_is_needed() -> None:
    def fail() -> None:
        raise ModelError("no model here")

    warmth = Warmth(fail, rest=0)
    types(warmth, SKIPS)
    warmth.wait()


def types(warmth: Warmth, text: str) -> None:
    for end in range(1, len(text) + 1):
        warmth.touch(text[:end])


def test_typed_words_load_the_model_once() -> None:
    loads: list[int] = []
    warmth = Warmth(lambda: loads.append(1), rest=0)
    for text in (SKIPS, "", SKIPS):
        types(warmth, text)
    warmth.wait()
    assert loads == [1]


@pytest.mark.parametrize("entries", [[EXACT], [EXACT, EXACT + " today", ""], ["1", "", "y", "ye", "yes", "", "2"]])
def test_pastes_and_answers_do_not_load_the_model(entries: list[str]) -> None:
    loads: list[int] = []
    warmth = Warmth(lambda: loads.append(1), rest=0)
    for entry in entries:
        warmth.touch(entry)
    warmth.wait()
    assert loads == []


def test_what_is_typed_at_the_prompt_is_noticed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[str] = []
    monkeypatch.setattr(Warmth, "touch", lambda _, text: touched.append(text))
    desk.types("help" + CTRL_C * 3)
    assert touched[:4] == ["h", "he", "hel", "help"]
