"""A console that marks no paste, such as the classic one of Windows: keys come one by one, Enters among them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import DummyOutput
from tests.cli.support import EXACT, Pipe

from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.repl import keys as keys_module
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.keyboard import LULL
from syncsage_cli.repl.prompt import PromptFront

#: What is said while something takes long: no page, and no reason to type.
MOMENT = "one moment ...\n"
CTRL_C, CTRL_D = "\x03", "\x04"
_SPECIAL = {"\r": Keys.ControlM, "\n": Keys.ControlJ, "\t": Keys.ControlI, CTRL_C: Keys.ControlC, CTRL_D: Keys.ControlD}
#: Keys, and seconds without any.
Feed = Sequence[str | float]


@dataclass
class Reader:
    """What prompt-toolkit's reader of the console has: it takes several keys with an Enter for a paste."""

    recognize_paste: bool = True


@dataclass
class Console(Input):
    """Hands on ``size`` keys at once and then lets the program work; a number among the keys is a pause in seconds."""

    size: int
    console_input_reader: Reader = field(default_factory=Reader)
    _waiting: deque[str | float] = field(default_factory=deque[str | float])

    def feed(self, keys: Feed) -> None:
        """Let keys come."""
        for item in keys:
            self._waiting.extend(item if isinstance(item, str) else [item])

    def read_keys(self) -> list[KeyPress]:
        taken: list[KeyPress] = []
        while len(taken) < self.size and self._waiting and isinstance(self._waiting[0], str):
            key = str(self._waiting.popleft())
            taken.append(KeyPress(_SPECIAL.get(key, key), key))
        return taken

    @contextmanager
    def attach(self, input_ready_callback: Callable[[], None]) -> Generator[None]:
        loop = asyncio.get_running_loop()
        handle: asyncio.Handle = loop.call_soon(lambda: None)

        def pump() -> None:
            nonlocal handle
            pause = self._waiting[0] if self._waiting else 0
            if isinstance(pause, float):
                self._waiting.popleft()
                handle = loop.call_later(pause, pump)
            elif self._waiting:
                input_ready_callback()
                handle = loop.call_soon(pump)

        handle = loop.call_soon(pump)
        try:
            yield
        finally:
            handle.cancel()

    def detach(self) -> AbstractContextManager[None]:
        return nullcontext()

    def raw_mode(self) -> AbstractContextManager[None]:
        return nullcontext()

    def cooked_mode(self) -> AbstractContextManager[None]:
        return nullcontext()

    def typeahead_hash(self) -> str:
        return "console"

    def fileno(self) -> int:
        raise NotImplementedError

    @property
    def closed(self) -> bool:
        return False


class Person(Pipe):
    """Feeds the console once the greeting, and then every reply, is on the screen."""

    def __init__(self, console: Console, feeds: Iterator[Feed], state: Path) -> None:
        super().__init__(terminal=True)
        self.interactive = True
        self.state_dir = state
        self._console = console
        self._feeds = feeds

    def out(self, text: str) -> None:
        super().out(text)
        if text == MOMENT:
            return
        self._console.feed(next(self._feeds, ()))


def told(conversation: Conversation, state: Path, size: int, *feeds: Feed) -> tuple[ExitStatus, list[str]]:
    """Hold an interview; return how it ended and the texts that were told."""
    console = Console(size)
    person = Person(console, iter(feeds), state)
    status = PromptFront(conversation, person, console, DummyOutput()).run()
    return status, [event.text for event in conversation.session.events if event.kind == "told"]


def log(count: int) -> list[str]:
    """Return the lines of a log with words in it that are commands and answers elsewhere."""
    lines = ("quit", "/quit", "1", "?", "", "\tat Wheel.Turn()", "exit code 3, all is well", "y")
    return [*(lines[n % len(lines)] for n in range(count - 1)), EXACT]


@pytest.mark.parametrize("size", [1, 3, 50, 100_000])
@pytest.mark.parametrize("count", [30, 300])
def test_a_log_is_one_entry_however_its_keys_come(
    conversation: Conversation, tmp_path: Path, count: int, size: int
) -> None:
    lines = log(count)
    status, texts = told(conversation, tmp_path, size, ["\r".join(lines) + "\r"], [CTRL_D])
    assert texts == ["\n".join(lines)]
    assert status is ExitStatus.SEVERAL_CAUSES


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_other_line_ends_make_no_more_lines(conversation: Conversation, tmp_path: Path, end: str) -> None:
    lines = log(30)
    assert told(conversation, tmp_path, 1, [end.join(lines) + end], [CTRL_D])[1] == ["\n".join(lines)]


def test_a_log_without_a_last_enter_waits_for_it(conversation: Conversation, tmp_path: Path) -> None:
    lines = log(30)
    texts = told(conversation, tmp_path, 1, ["\r".join(lines), 3 * LULL, "\r"], [CTRL_D])[1]
    assert texts == ["\n".join(lines)]


def test_gaps_between_the_lines_divide_no_log(
    conversation: Conversation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys_module, "IDLE", 1.0)
    monkeypatch.setattr(keys_module, "LULL", 1.0)
    lines = log(30)
    slowly: list[str | float] = [part for line in lines for part in (f"{line}\r", 0.02)]
    assert told(conversation, tmp_path, 1, slowly, [CTRL_D])[1] == ["\n".join(lines)]


def test_single_lines_stay_answers_and_commands(conversation: Conversation, tmp_path: Path) -> None:
    feeds: list[Feed] = [[f"{EXACT}\r"], ["history\r"], ["1\r"], ["quit\r"]]
    told(conversation, tmp_path, 1, *feeds)
    assert [event.kind for event in conversation.session.events] == ["told", "answered"]


def test_control_c_amid_a_log_takes_nothing_in(conversation: Conversation, tmp_path: Path) -> None:
    lines = log(30)
    feed = ["\r".join(lines[:20]) + CTRL_C, CTRL_C * 2]
    status, texts = told(conversation, tmp_path, 1, feed)
    assert (status, texts) == (ExitStatus.INTERRUPTED, [])


def test_the_guess_of_the_consoles_own_reader_is_off(conversation: Conversation, tmp_path: Path) -> None:
    console = Console(1)
    PromptFront(conversation, Person(console, iter(()), tmp_path), console, DummyOutput())
    assert not console.console_input_reader.recognize_paste
