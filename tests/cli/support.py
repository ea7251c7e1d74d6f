"""People at keyboards and pipes, for the tests of the terminal program."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from syncsage import Engine, Session
from syncsage_cli.environment import Environment
from syncsage_cli.main import run
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.plain import PlainFront

ROOT = Path(__file__).parents[2]
BICYCLE = ROOT / "tests" / "fixtures" / "bicycle"
#: Whole interviews as a person sees them.
TRANSCRIPTS = tuple(sorted((Path(__file__).parent / "transcripts").glob("*.txt")))
#: A text that one signature identifies with certainty.
EXACT = "E21 check speed sensor"

_ENTERED = re.compile(r"^(?:\d(?:-\d)?(?: or \?)?> |> |\. ends> |step \d+ of \d+> )(.*)$")
#: How a terminal shows the end of input.
_END = "^D"
_HASH = re.compile(r"bicycle-[0-9a-f]{12}")


class Pipe(Environment):
    """No terminal anywhere: bytes come in, text goes out."""

    def __init__(self, piped: bytes = b"", *, terminal: bool = False, colour: bool = False) -> None:
        super().__init__(
            stdin=io.BytesIO(piped),
            stdout=io.StringIO(),
            stderr=io.StringIO(),
            stdin_is_terminal=terminal,
            colour=colour,
        )

    @property
    def said(self) -> str:
        """What went to standard output."""
        assert isinstance(self.stdout, io.StringIO)
        return self.stdout.getvalue()

    @property
    def remarked(self) -> str:
        """What went to standard error."""
        assert isinstance(self.stderr, io.StringIO)
        return self.stderr.getvalue()


class Typist(Pipe):
    """A person at a plain terminal who types lines; what they see, their own typing included, is ``said``."""

    def __init__(self, lines: Iterable[str], *, pasting: Iterable[bool] = ()) -> None:
        super().__init__(terminal=True)
        self.interactive = True
        self._lines = iter(lines)
        self._pasting = iter(pasting)

    def read_line(self, prompt: str) -> str | None:
        line = next(self._lines, None)
        self.out(prompt + (f"{line}\n" if line is not None else _END))
        return line

    def more_input_waits(self) -> bool:
        return next(self._pasting, False)


class Impatient(Typist):
    """A person who presses Ctrl-C when the lines are used up."""

    def read_line(self, prompt: str) -> str | None:
        line = super().read_line(prompt)
        if line is None:
            raise KeyboardInterrupt
        return line


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the program came to."""

    status: int
    out: str
    err: str


def call(*arguments: str | Path, piped: bytes = b"", terminal: bool = False) -> Outcome:
    """Run the program in this process on the bicycle knowledge."""
    environment = Pipe(piped, terminal=terminal)
    status = run(["--kb", str(BICYCLE), *map(str, arguments)], environment)
    return Outcome(status, environment.said, environment.remarked)


def hold(engine: Engine, lines: Sequence[str], session: Session | None = None) -> str:
    """Return the whole transcript of a plain interview, without the hash of the knowledge."""
    typist = Typist(lines)
    PlainFront(Conversation(engine, session), typist).run()
    return _HASH.sub("bicycle-<hash>", typist.said)


def entered(transcript: str) -> list[str]:
    """Return the lines that were typed in a transcript."""
    lines = [found[1] for found in map(_ENTERED.match, transcript.splitlines()) if found]
    return [line for line in lines if line != _END]


def program(*arguments: str | Path) -> list[str]:
    """Return the command line of the real program."""
    return [sys.executable, "-m", "syncsage_cli.start", *map(str, arguments)]


def process_environment(**changes: str) -> dict[str, str]:
    """Return the variables for the real program: importable from the tree, with ``changes``."""
    roots = os.pathsep.join([str(ROOT / "engine"), str(ROOT / "cli")])
    return {**os.environ, "PYTHONPATH": roots, "PROMPT_TOOLKIT_NO_CPR": "1", **changes}
