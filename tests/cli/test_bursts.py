"""Keys that come at once are one text; single keys and key sequences stay as they are."""

from __future__ import annotations

import os
import pty
import termios

import pytest
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from syncsage_cli.repl.bursts import Burst, joined
from syncsage_cli.repl.keyboard import hushed


def keys(text: str) -> list[KeyPress]:
    """Return the keys that send ``text``, as a console does: "\\x1b" is Escape, "^" an arrow key."""
    special = {"\r": Keys.ControlM, "\t": Keys.ControlI, "\x1b": Keys.Escape, "^": Keys.Up, "\x03": Keys.ControlC}
    return [KeyPress(special.get(c, c), c) for c in text]


def shown(text: str, *, holding: bool = False) -> list[str]:
    """Return what comes of ``text``: bursts in brackets, keys by themselves."""
    return [f"[{key.data}]" if isinstance(key.data, Burst) else key.data for key in joined(keys(text), holding=holding)]


@pytest.mark.parametrize(
    ("sent", "came"),
    [
        ("yes", ["y", "e", "s"]),
        ("\r", ["\r"]),
        ("1\r", ["[1\r]"]),
        ("one\rtwo\tthree\r", ["[one\rtwo\tthree\r]"]),
        ("a piece of a long line", ["[a piece of a long line]"]),
        ("ab\x1b\rcd", ["a", "b", "\x1b", "\r", "c", "d"]),
        ("one\rtwo^x", ["[one\rtwo]", "[]", "^", "x"]),
        ("one\rtwo\x03", ["[one\rtwo]", "[]", "\x03"]),
    ],
)
def test_keys_that_come_at_once(sent: str, came: list[str]) -> None:
    assert shown(sent) == came


def test_while_text_is_held_back_every_text_key_belongs_to_it() -> None:
    assert shown("x", holding=True) == ["[x]"]
    assert shown("^", holding=True) == ["[]", "^"]


def test_answers_of_the_terminal_end_no_text() -> None:
    answer = KeyPress(Keys.CPRResponse, "\x1b[1;1R")
    assert list(joined([answer], holding=True)) == [answer]


def test_what_is_typed_while_the_program_works_waits_as_typed() -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "rb", buffering=0) as terminal, os.fdopen(ours, "r+b", buffering=0) as person:
        before = termios.tcgetattr(terminal)
        with hushed(terminal):
            assert not termios.tcgetattr(terminal)[3] & (termios.ECHO | termios.ICANON)
            assert termios.tcgetattr(terminal)[3] & termios.ISIG
            person.write(b"yes\r")
            assert terminal.read(4) == b"yes\r"
        assert termios.tcgetattr(terminal) == before
