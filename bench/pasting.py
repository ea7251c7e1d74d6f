"""How long a pasted text takes from its first byte until the interview has it whole, ready to be analysed.

``python bench/pasting.py [--lines N ...] [--runs N]`` puts a prompt on a pseudo-terminal, writes a made-up log into the
other end as a terminal does, once between the marks of bracketed paste and once as bare keys with an Enter after each
line, and takes the time until the prompt hands over an entry equal to the text. The peer, measured in the same run, is
the line editor of prompt-toolkit as it comes (several lines allowed, Escape Enter ends the entry).

The table gives the median in milliseconds. "-" stands where the peer was left out for its size (``--peer-limit``).
"""

from __future__ import annotations

import argparse
import io
import os
import pty
import statistics
import sys
import tempfile
import threading
import time
import tty
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from prompt_toolkit import PromptSession
from prompt_toolkit.input import create_input
from prompt_toolkit.input.base import Input
from prompt_toolkit.output import DummyOutput

from syncsage import Engine
from syncsage_cli.environment import Environment
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.prompt import PromptFront
from syncsage_cli.repl.reply import Reply

_BICYCLE = Path(__file__).parents[1] / "tests" / "fixtures" / "bicycle"
_ESCAPE_ENTER = "\x1b\r"


@dataclass(frozen=True, slots=True)
class Way:
    """A way of pasting: what stands before and behind the text."""

    name: str
    before: str
    behind: str


WAYS = (Way("bracketed", "\x1b[200~", "\x1b[201~"), Way("key by key", "", "\r"))


class Hears(Conversation):
    """Takes the first entry and leaves."""

    entry = ""

    def hear(self, entry: str) -> Reply:
        """Keep ``entry``, unread."""
        self.entry = entry
        return Reply(done=True)


def log(lines: int) -> str:
    """Make a log of ``lines`` lines of some 70 characters."""
    return "\n".join(
        f"[{n // 60:05}:{n % 60:02}] component {n % 7} reports that all is well with part {n}" for n in range(lines)
    )


def ours(keyboard: Input, folder: Path, engine: Engine) -> str:
    """Hold an interview until it has its first entry."""
    with io.BytesIO() as nothing, io.StringIO() as page:
        environment = Environment(nothing, page, page, interactive=True, state_dir=folder)
        conversation = Hears(engine)
        PromptFront(conversation, environment, keyboard, DummyOutput()).run()
    return conversation.entry


def stock(keyboard: Input) -> str:
    """Ask the line editor as it comes for one entry."""
    session: PromptSession[str] = PromptSession(multiline=True, input=keyboard, output=DummyOutput())
    return session.prompt()


def milliseconds(read: Callable[[Input], str], text: str, keys: str) -> float:
    """Write ``keys`` into a terminal until ``read`` returns ``text``.

    Raises:
        SystemExit: It returns something else.
    """
    ours_end, theirs = pty.openpty()
    tty.setraw(theirs)
    with os.fdopen(theirs, "r", encoding="utf-8") as terminal:
        writer = threading.Thread(target=_write, args=(ours_end, keys.encode()), daemon=True)
        began = time.perf_counter()
        writer.start()
        entry = read(create_input(terminal))
        taken = time.perf_counter() - began
        writer.join()
    os.close(ours_end)
    if entry.rstrip("\n") != text:
        raise SystemExit(f"the entry has {entry.count(chr(10)) + 1:,} lines, not those of the text")
    return taken * 1000


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data[:4096]) :]


def row(lines: int, way: Way, runs: int, peer_limit: int, engine: Engine) -> str:
    """Measure one size and way, peer and own in turns."""
    text = log(lines)
    keys = way.before + text.replace("\n", "\r") + way.behind
    own, peer = list[float](), list[float]()
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            own.append(milliseconds(lambda source: ours(source, Path(folder), engine), text, keys))
        if lines <= peer_limit:
            peer.append(milliseconds(stock, text, keys + _ESCAPE_ENTER))
    figures = [f"{statistics.median(times):12,.0f}" if times else f"{'-':>12}" for times in (own, peer)]
    return f"{lines:8,}  {way.name:12}{''.join(figures)}"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Time pastes of several sizes.")
    parser.add_argument("--lines", type=int, nargs="+", default=[30, 300, 3_000, 20_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer-limit", type=int, default=3_000, help="largest size for the peer")
    given = parser.parse_args()
    engine = Engine.load(_BICYCLE)
    print(f"pastes, median of {given.runs}, Python {sys.version.split()[0]}, {os.cpu_count()} CPUs")
    print(f"{'lines':>8}  {'way':12}{'ours ms':>12}{'stock ms':>12}")
    for lines in cast("list[int]", given.lines):
        for way in WAYS:
            print(row(lines, way, given.runs, given.peer_limit, engine), flush=True)


if __name__ == "__main__":
    main()
