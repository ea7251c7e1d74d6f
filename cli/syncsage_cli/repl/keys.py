"""Keys of the interview: entries that wait for the rest of a paste, a careful Ctrl-C, pages on function keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import completion_is_selected, has_completions, has_focus
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from syncsage_cli.repl.bursts import Burst
from syncsage_cli.repl.keyboard import IDLE, LULL
from syncsage_cli.repl.pastes import FOLD_ABOVE, Pastes, lines_of, normal

#: Function key -> command, as the toolbar names them.
PAGES = {"f1": "help", "f2": "facts", "f4": "causes"}
Result = TypeVar("Result")
_IN_ENTRY = has_focus(DEFAULT_BUFFER)


class Entry:
    """Holds back text that arrives at once, until it is clear whether more of it follows.

    Without bracketed paste a terminal sends a pasted text key by key, an Enter after every line: the last of them
    ends the entry if no further key follows within a moment.

    Args:
        pastes: Takes long texts, so that the line editor need not carry them.
    """

    def __init__(self, pastes: Pastes) -> None:
        self.pasted = False
        self._pastes = pastes
        self._held: list[str] = []
        self._lines = 0
        self._turn = 0

    @property
    def holding(self) -> bool:
        """Text is held back."""
        return bool(self._held)

    @property
    def lines(self) -> int:
        """Lines of the text that is held back."""
        return self._lines

    def begin(self) -> None:
        """Take notice of a prompt that begins."""
        self.pasted = False
        self._held.clear()
        self._lines = 0

    def hold(self, event: KeyPressEvent, text: str) -> None:
        """Hold ``text`` back; release it after a moment without keys."""
        self._held.append(text)
        self._lines += text.count("\r") + text.count("\n")
        self._turn += 1
        event.app.create_background_task(self._wait(event.current_buffer, self._turn))

    def release(self, buffer: Buffer) -> bool:
        """Put what is held back into ``buffer``, long texts folded; return whether it ends the entry."""
        text = normal("".join(self._held))
        self._held.clear()
        self._lines = 0
        ends = text.endswith("\n")
        body = text.removesuffix("\n")
        if len(lines_of(body)) > FOLD_ABOVE:
            self.pasted = True
            body = self._pastes.fold(body)
        buffer.insert_text(body)
        return ends

    def paste(self, buffer: Buffer, text: str) -> None:
        """Take a text that the terminal says is pasted: a long one is the entry, a short one a part of it."""
        self.pasted = True
        if len(lines_of(text)) <= FOLD_ABOVE:
            buffer.insert_text(normal(text).rstrip("\n"))
            return
        buffer.insert_text(self._pastes.fold(normal(text)))
        buffer.validate_and_handle()

    async def _wait(self, buffer: Buffer, turn: int) -> None:
        await asyncio.sleep(LULL if self._lines > 1 else IDLE)
        if self._held and self._turn == turn and self.release(buffer):
            buffer.validate_and_handle()


class Leaving:
    """Ctrl-C on an empty line: it gives up what is under way; else the first one warns, the second one leaves.

    As a signal it comes from outside and leaves at once, but for one that was meant for a pager or an editor.
    """

    def __init__(self, amid: Callable[[], bool]) -> None:
        self.amid = amid
        self.warned = False
        self.elsewhere = False

    async def lending(self, work: Callable[[], Result]) -> Result:
        """Give the terminal away while ``work`` runs, and with it every Ctrl-C."""
        self.elsewhere = True
        try:
            return await run_in_terminal(work)
        finally:  # a signal of that time is delivered by the loop, a turn or two later
            asyncio.get_running_loop().call_later(LULL, self._back)

    def _back(self) -> None:
        self.elsewhere = False

    def forget(self, *_: object) -> None:
        """Take the warning back, for something else was typed."""
        self.warned = False


def bindings(
    entry: Entry, leaving: Leaving, show: Callable[[str], None], edit: Callable[[Buffer], None]
) -> KeyBindings:
    """Return the key bindings of the interview.

    Args:
        entry: Takes what is typed and pasted.
        leaving: Remembers a Ctrl-C.
        show: Shows the page of a command above the prompt.
        edit: Opens the person's editor on the entry.
    """
    keys = KeyBindings()

    @keys.add("enter", filter=_IN_ENTRY & ~completion_is_selected)
    def _enter(event: KeyPressEvent) -> None:
        entry.hold(event, "\r")

    @keys.add("c-o", filter=_IN_ENTRY)  # on Windows Alt-Enter is a key of the window
    @keys.add("escape", "enter", filter=_IN_ENTRY)
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add(Keys.BracketedPaste)
    def _paste(event: KeyPressEvent) -> None:
        _take_text(event, entry)

    @keys.add("c-c", filter=_IN_ENTRY)
    def _clear_or_leave(event: KeyPressEvent) -> None:
        _interrupt(event, leaving)

    @keys.add("<sigint>")
    def _signal(event: KeyPressEvent) -> None:
        if not leaving.elsewhere:
            event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    @keys.add("c-x", "c-e", filter=_IN_ENTRY)
    def _edit(event: KeyPressEvent) -> None:
        edit(event.current_buffer)

    _add_menu(keys)
    for key, command in PAGES.items():
        _add_page(keys, key, command, show)
    return keys


def _add_menu(keys: KeyBindings) -> None:
    @keys.add("enter", filter=_IN_ENTRY & completion_is_selected)
    def _choose(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None

    @keys.add("escape", filter=_IN_ENTRY & has_completions, eager=True)  # else it waits for a key behind it
    def _close(event: KeyPressEvent) -> None:
        event.current_buffer.cancel_completion()


def _add_page(keys: KeyBindings, key: str, command: str, show: Callable[[str], None]) -> None:
    @keys.add(key)
    def _page(event: KeyPressEvent) -> None:
        show(command)


def _take_text(event: KeyPressEvent, entry: Entry) -> None:
    buffer = event.current_buffer
    if not isinstance(event.data, Burst):
        entry.paste(buffer, event.data)
    elif not event.data:
        # A key behind a line and its Enter is for the next prompt; a key amid a long paste, such as Ctrl-C, for this.
        if entry.release(buffer) and "\n" not in buffer.text and not entry.pasted:
            buffer.validate_and_handle()
    elif _IN_ENTRY():
        entry.hold(event, event.data)
    else:  # the line of the history search takes keys, no texts
        event.key_processor.feed_multiple([_key(c) for c in event.data], first=True)


def _key(character: str) -> KeyPress:
    return KeyPress(Keys.ControlM if character in "\r\n" else character, character)


def _interrupt(event: KeyPressEvent, leaving: Leaving) -> None:
    if event.current_buffer.text:
        event.current_buffer.reset()
        leaving.forget()
    elif leaving.warned or leaving.amid():
        leaving.forget()
        event.app.exit(exception=KeyboardInterrupt, style="class:aborting")
    else:
        leaving.warned = True
