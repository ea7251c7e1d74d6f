"""Colours, from the sixteen of the terminal, by what its background is.

Green and the terminal's own colour are readable on either; yellow is not on white, nor dark blue on black.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.theme import Theme

_MONO = {"quiet": "none", "strong": "bold", "confirmed": "bold", "likely": "bold", "possible": "none"}
_EITHER = {"quiet": "dim", "strong": "bold", "confirmed": "bold green", "likely": "green", "possible": "none"}
# What an outcome of a log is shown in, by the name that the page gives it.
_LIGHT = {"yellow": "magenta", "bold yellow": "bold magenta"}
_UNCOLOURED = {"red": "bold", "bold red": "bold", "green": "none", "yellow": "none", "cyan": "none", "dim": "none"}

THEMES: Mapping[str, Theme] = {
    "auto": Theme(_EITHER),
    "dark": Theme({**_EITHER, "confirmed": "bold bright_green", "likely": "bright_green", "possible": "yellow"}),
    "light": Theme({**_EITHER, **_LIGHT, "possible": "blue"}),
    "mono": Theme({**_MONO, **_UNCOLOURED}),
}


def _prompt(prompt: str, quiet: str) -> Mapping[str, str]:
    """Return the styles of prompt-toolkit for the prompt, and for what stands back behind it."""
    return {"prompt": prompt, "bottom-toolbar": f"noreverse {quiet}", "auto-suggestion": quiet}


#: The line one types on and the line below it, in the words of prompt-toolkit.
PROMPT_STYLES: Mapping[str, Mapping[str, str]] = {
    "auto": _prompt("bold", "dim"),
    "dark": _prompt("bold ansibrightcyan", "ansigray"),
    "light": _prompt("bold ansiblue", "ansibrightblack"),
    "mono": _prompt("bold", "dim"),
}
