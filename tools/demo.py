"""Record the real program in a pseudo-terminal: docs/demo.svg, which plays by itself, and docs/demo.cast for players.

``make demo`` writes both; a test tells whether the committed ones still show what the program prints. What is shown is
what the program wrote; the times are those of a person who types and reads at ease, so that two recordings are equal.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pexpect

from film import Frame, draw
from screen import Screen

ROOT = Path(__file__).parents[1]
DRAWING, CAST = ROOT / "docs" / "demo.svg", ROOT / "docs" / "demo.cast"
TITLE = "An interview with syncsage in a terminal"
COLUMNS, LINES = 80, 38
#: Seconds from key to key.
_KEY = 0.07
#: Seconds between the last key and Enter.
_BREATH = 0.6
#: What stands at the bottom when the program waits.
_TOOLBAR = "F4 causes"
_PATIENCE = 20
#: What the program says where it takes a while.
_MOMENT = "one moment ...\r\n"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the person.

    Attributes:
        awaited: What has to be on the screen before.
        reading: Seconds that the person takes to read it.
        entry: What is entered then; the last one is not sent off.
        pasted: At once instead of key by key.
    """

    awaited: str
    reading: float
    entry: str
    pasted: bool = False


TURNS = (
    Turn("Ctrl-D leaves", 3, "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync", pasted=True),
    Turn("Question 1", 9, "the name does not resolve"),
    Turn("Question 2", 5, "some days ago"),
    Turn("Question 3", 6, "outdated"),
    Turn("Did it work?", 9, "yes"),
)
#: Seconds that the end stays.
_REST = 4


@dataclass(frozen=True, slots=True)
class Event:
    """What the program wrote until the person went on, and the seconds from the beginning."""

    at: float
    written: str


def record() -> list[Event]:
    """Hold the interview and return what was written at each moment, less the remark that a busy machine is slow.

    Raises:
        pexpect.TIMEOUT: The program did not get to where something is typed.
    """
    with tempfile.TemporaryDirectory() as home:
        player = _Player(_start(Path(home)))
        clock, events = 0.0, list[Event]()
        for turn in TURNS:
            events.append(Event(clock, player.wait_for(turn.awaited)))
            clock += turn.reading
            for keys in [turn.entry] if turn.pasted else turn.entry:
                events.append(Event(clock, player.type(keys)))
                clock += _KEY
            clock += _BREATH
            player.child.send("\r")
        player.child.close(force=True)
    return [Event(event.at, event.written.replace(_MOMENT, "")) for event in events]


class _Player:
    """A person at the terminal of ``child``, who sees what is written."""

    def __init__(self, child: pexpect.spawn[str]) -> None:
        self.child = child
        self._screen = Screen(COLUMNS, LINES)
        self._typed = ""

    def wait_for(self, awaited: str) -> str:
        """Return what is written until ``awaited`` stands above a prompt that takes keys."""
        self._typed, written = "", ""
        while awaited not in self._screen.text or _TOOLBAR not in self._screen.text.rstrip().rpartition("\n")[2]:
            written += self._hear()
        return written

    def type(self, keys: str) -> str:
        """Type ``keys`` and return what is written until they are seen."""
        self._typed += keys
        self.child.send(keys)
        written = ""
        while not self._screen.before_cursor.endswith(self._typed):
            written += self._hear()
        return written

    def _hear(self) -> str:
        """Take what the program wrote, and tell it where the cursor is when it asks, as a terminal does."""
        self.child.expect(r"(?s).+")
        text = str(self.child.after)
        self._screen.feed(text)
        if "\x1b[6n" in text:
            self.child.send(self._screen.where)
        return text


def _start(home: Path) -> pexpect.spawn[str]:
    variables = {
        "HOME": str(home),
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "engine"), str(ROOT / "cli")]),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        "HF_HUB_OFFLINE": "1",
        "SYNCSAGE_AUTOSAVE": "0",
        "SYNCSAGE_THEME": "dark",
    }
    # Without a terminal for errors there is no spinner while the knowledge is read, which may take long or not.
    command = ["-c", f"exec {shlex.quote(sys.executable)} -m syncsage_cli.start 2>/dev/null"]
    return pexpect.spawn(
        "/bin/sh", command, env=variables, encoding="utf-8", dimensions=(LINES, COLUMNS), timeout=_PATIENCE
    )


def frames(events: Sequence[Event]) -> Iterator[Frame]:
    """Yield the screen after each event."""
    screen = Screen(COLUMNS, LINES)
    for event in events:
        screen.feed(event.written)
        yield Frame(event.at, screen.copy())


def drawing(events: Sequence[Event]) -> str:
    """Return the recording as a drawing that plays by itself."""
    return draw(list(frames(events)), events[-1].at + _REST, TITLE)


def cast(events: Sequence[Event]) -> str:
    """Return the recording in version 2 of the format of asciinema: a line about it, then a line an event."""
    about = {"version": 2, "width": COLUMNS, "height": LINES, "title": TITLE, "env": {"TERM": "xterm"}}
    lines = [about, *([round(event.at, 2), "o", event.written] for event in events)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def events_of(text: str) -> list[Event]:
    """Return the events of a recording that :func:`cast` wrote."""
    return [Event(at, written) for at, _, written in map(json.loads, text.splitlines()[1:])]


def main() -> int:
    """Write the drawing and the recording."""
    events = record()
    for target, text in ((DRAWING, drawing(events)), (CAST, cast(events))):
        target.write_text(text, "utf-8", newline="\n")
        print(f"written: {target.relative_to(ROOT)}, {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
