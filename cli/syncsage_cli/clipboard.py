"""The clipboard of the person at the terminal, who may sit at another machine."""

from __future__ import annotations

import base64
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from syncsage_cli.environment import Environment

#: Characters of base64 that xterm, the strictest of the common terminals, takes in one sequence.
_LONGEST = 100_000
_PATIENCE = 5


def copy(environment: Environment, text: str) -> str:
    """Put ``text`` on the clipboard; return why not, or nothing.

    In tmux tmux takes it, at the machine itself the system does, and everywhere else the terminal is asked by OSC 52
    (xterm control sequences, "Manipulate Selection Data"), which also goes through SSH. Terminals do not say whether
    they did it.
    """
    if not environment.interactive or environment.dumb:
        return "nothing here has a clipboard"
    whole = text.encode("utf-8", "replace")  # halves of characters, as from a damaged file, are taken by nobody
    if environment.variables.get("TMUX") and shutil.which("tmux"):
        return _given_to_tmux(whole)
    if not environment.variables.get("SSH_CONNECTION") and _taken_here(whole.decode("utf-8")):
        return ""
    sequence = base64.b64encode(whole).decode("ascii")
    if len(sequence) > _LONGEST:
        return "it is too long for the clipboard of a terminal"
    environment.out(f"\x1b]52;c;{sequence}\x07")
    return ""


def _taken_here(text: str) -> bool:
    """Tell whether the clipboard of this machine took ``text``; it may have none, or be held by another program."""
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True


def _given_to_tmux(data: bytes) -> str:
    taker = ["tmux", "load-buffer", "-w", "-"]
    try:
        subprocess.run(taker, input=data, check=True, capture_output=True, timeout=_PATIENCE)  # noqa: S603 - fixed words
    except (OSError, subprocess.SubprocessError) as error:
        return f"tmux did not take it ({type(error).__name__})"
    return ""
