"""The clipboard of the person at the terminal, who may sit at another machine."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from syncsage_cli.environment import Environment

#: Characters of base64 that xterm, the strictest of the common terminals, takes in one sequence.
_LONGEST = 100_000
_PATIENCE = 5


def copy(environment: Environment, text: str) -> str:
    """Put ``text`` on the clipboard; return why not, or nothing.

    At the machine itself the program of the system takes it, in tmux tmux does, and everywhere else the terminal is
    asked by OSC 52 (xterm control sequences, "Manipulate Selection Data"), which also goes through SSH. Terminals do
    not say whether they did it.
    """
    if not environment.interactive or environment.dumb:
        return "nothing here has a clipboard"
    taker = _program(environment)
    if taker:
        return _given(taker, text)
    sequence = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    if len(sequence) > _LONGEST:
        return "it is too long for the clipboard of a terminal"
    environment.out(f"\x1b]52;c;{sequence}\x07")
    return ""


def _program(environment: Environment) -> list[str]:
    """Return the command line that takes a text for the clipboard; none where the terminal is to be asked."""
    if environment.variables.get("TMUX") and shutil.which("tmux"):
        return ["tmux", "load-buffer", "-w", "-"]
    near = not environment.variables.get("SSH_CONNECTION")
    own = {"win32": "clip", "darwin": "pbcopy"}.get(sys.platform, "")
    return [own] if near and own and shutil.which(own) else []


def _given(taker: list[str], text: str) -> str:
    data = text.encode("utf-16" if taker[0] == "clip" else "utf-8", "replace")
    try:
        subprocess.run(taker, input=data, check=True, capture_output=True, timeout=_PATIENCE)  # noqa: S603 - fixed words
    except (OSError, subprocess.SubprocessError) as error:
        return f"{taker[0]} did not take it ({type(error).__name__})"
    return ""
