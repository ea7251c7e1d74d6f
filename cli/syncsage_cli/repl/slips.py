"""Lines that are nearly an answer: asked back, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from syncsage.replying.wording import NEGATION, fold, stands

if TYPE_CHECKING:
    from syncsage.step import Option

#: Longer lines than this are news, not a choice with a slip in it.
_SLIP_WORDS = 4
#: Letters that agree, of a hundred, in a word that is typed wrong.
_SLIP = 80


def may_mean(line: str, options: Sequence[Option]) -> tuple[int, ...]:
    """Return the numbers of the choices that a short line, which is no answer, may still mean, to be asked back.

    Either it is a part of several choices, or it is one of their words with a slip in it; a line with a denial in it
    means none.

    Args:
        line: What was typed; neither a number, a label, other words of one choice, nor a command.
        options: The numbered choices.
    """
    said = fold(line)
    if not 0 < len(said.split()) <= _SLIP_WORDS or re.search(NEGATION, f"{said} x"):
        return ()
    names = [tuple(map(fold, (option.value, option.label, *option.words))) for option in options]
    part = [n for n, of in enumerate(names, 1) if len(said) > 3 and any(stands(said, name) for name in of)]
    worded = [n for n, option in enumerate(options, 1) if any(stands(fold(words), said) for words in option.words)]
    if part or worded:
        return tuple(part or worded)
    scores = [max(_likeness(said, name) for name in of) for of in names]
    best = max(scores, default=0.0)
    return tuple(n for n, score in enumerate(scores, 1) if score == best) if best >= _SLIP else ()


def which_one(options: Sequence[Option], *, unknowns: bool) -> str:
    """Return a hint of what can be typed; ``unknowns``: with the sign for not knowing."""
    count = len(options)
    numbers = "1" if count == 1 else f"1 {'or' if count == 2 else 'to'} {count}"
    return f"Which one? {numbers}, or some words of it" + (", or ? if you don't know." if unknowns else ".")


def _likeness(said: str, name: str) -> float:
    """Return how alike ``said`` is to a name or, being one word, to a word of it: 0 to 100."""
    if any(map(str.isdigit, said)):
        return 0.0  # one figure makes another code, not a slip
    from rapidfuzz.fuzz import ratio

    words = re.findall(r"\w{4,}", name) if " " not in said and len(said) > 3 else []
    return max(ratio(said, other) for other in (name, *words))
