"""What a terminal has and wants: size, colours, streams."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from typing import BinaryIO, TextIO

DEFAULT_WIDTH = 80
WIDEST = 100


def wants_colour(variables: Mapping[str, str], on_screen: bool) -> bool:
    """Tell whether styles are wanted.

    NO_COLOR (no-color.org) wins over FORCE_COLOR (force-color.org) and CLICOLOR_FORCE (bixense.com/clicolors); these
    win over what the terminal is.
    """
    if variables.get("NO_COLOR"):
        return False
    if any(variables.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return on_screen and variables.get("TERM") != "dumb" and variables.get("CLICOLOR") != "0"


def background(variables: Mapping[str, str]) -> str:
    """Return ``dark`` or ``light`` where the terminal tells its background by COLORFGBG, else ``auto``.

    The last number is the background, from the 16 colours: 7 and those from 9 on are light (the rule of rxvt and Vim).
    """
    last = variables.get("COLORFGBG", "").rpartition(";")[2]
    if not last.isdecimal():
        return "auto"
    return "light" if int(last) == 7 or int(last) > 8 else "dark"


def standard_streams() -> tuple[BinaryIO, TextIO, TextIO]:
    """Return the three streams; a stream that the caller closed is replaced by an empty one."""
    # Their types do not say that each may be None.
    given: tuple[TextIO | None, ...] = (sys.stdin, sys.stdout, sys.stderr)
    stdin, stdout, stderr = given
    return (
        stdin.buffer if stdin is not None else io.BytesIO(),
        stdout if stdout is not None else io.StringIO(),
        stderr if stderr is not None else io.StringIO(),
    )


def window(on_screen: bool) -> tuple[int, int]:
    """Return columns to fill and lines of the terminal; usual ones where it is none."""
    if not on_screen:
        return DEFAULT_WIDTH, 24
    import shutil

    size = shutil.get_terminal_size((DEFAULT_WIDTH, 24))
    return max(40, min(size.columns, WIDEST)), max(10, size.lines)
