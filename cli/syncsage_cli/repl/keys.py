"""Keys of the interview: Enter that waits for the rest of a paste, folded pastes, a Ctrl-C that clears."""

from __future__ import annotations

import asyncio
from typing import Any

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.key_processor import KeyProcessor
from prompt_toolkit.keys import Keys

from syncsage_cli.repl.keyboard import IDLE
from syncsage_cli.repl.pastes import FOLD_ABOVE, Pastes, lines_of, normal


class PatientEnter:
    """Takes Enter for the end of an entry only if no further key follows at once.

    Without bracketed paste a terminal sends a pasted text key by key, an Enter after every line.
    """

    def __init__(self) -> None:
        self._waiting: Buffer | None = None

    def watch(self, keys: KeyProcessor) -> None:
        """Listen to every key of a prompt that is about to begin."""
        self._waiting = None
        keys.before_key_press.add_handler(self._key_comes)

    def press(self, event: KeyPressEvent) -> None:
        """Accept the entry after a moment without keys."""
        self._waiting = event.current_buffer
        if not event.key_processor.input_queue:
            event.app.create_background_task(self._accept(event.current_buffer))

    def _key_comes(self, _: Any) -> None:
        if self._waiting is not None:
            self._waiting.insert_text("\n")
            self._waiting = None

    async def _accept(self, buffer: Buffer) -> None:
        await asyncio.sleep(IDLE)
        if self._waiting is buffer:
            self._waiting = None
            buffer.validate_and_handle()


def bindings(enter: PatientEnter, pastes: Pastes) -> KeyBindings:
    """Return the key bindings of the interview."""
    keys = KeyBindings()
    keys.add("enter")(enter.press)

    @keys.add("escape", "enter")
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add(Keys.BracketedPaste)
    def _paste(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if len(lines_of(event.data)) <= FOLD_ABOVE:
            buffer.insert_text(normal(event.data).rstrip("\n"))
            return
        buffer.insert_text(pastes.fold(normal(event.data)))
        buffer.validate_and_handle()

    @keys.add("c-c")
    def _clear_or_leave(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    return keys
