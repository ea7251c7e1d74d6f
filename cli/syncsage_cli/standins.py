"""What is written for characters that the code page of a console does not have, by the way of Python's codecs."""

from __future__ import annotations

import codecs
import unicodedata

#: Name of the error handler.
STAND_IN = "syncsage-stand-in"

_SIGNS = {
    "·": "-", "•": "*", "…": "...", "–": "-", "—": "-", "−": "-", "→": "->", "←": "<-", "⇒": "=>",
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "ß": "ss", "×": "x",
    "█": "#", "▏": "#", "▌": "#", "✓": "+", "✔": "+", "✗": "x", "✘": "x", "≤": "<=", "≥": ">=", "≠": "!=",
    "─": "-", "━": "-", "│": "|", "┃": "|", "€": "EUR", "\u00a0": " ", "\u202f": " ",
}  # fmt: skip


def stand_in(character: str) -> str:
    """Return ASCII for ``character``: a sign that looks alike, the letter without its accent, or a question mark."""
    if character in _SIGNS:
        return _SIGNS[character]
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    return bare or "?"


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(stand_in, error.object[error.start : error.end])), error.end


codecs.register_error(STAND_IN, _replace)
