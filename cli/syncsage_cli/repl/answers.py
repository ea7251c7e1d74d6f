"""From what a person types to an answer: numbers, labels, values, yes and no, and the ways of not knowing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from syncsage_cli.render.step import answers_of

if TYPE_CHECKING:
    from syncsage.step import Next, Option, UnknownReason

#: What is asked right now; ``consent`` comes before a dangerous fix is shown.
Asking = Literal["nothing", "question", "consent", "fix"]

NOT_TRIED = "not-tried"
_YES = frozenset({"y", "yes", "yes it is", "yep", "yeah", "ja", "oui"})
_NO = frozenset({"n", "no", "nope", "nein", "non"})
_MEANS_YES = frozenset({"yes", "worked"})
_MEANS_NO = frozenset({"no", "failed"})
_NOT_KNOWN: Mapping[str, UnknownReason] = {
    "?": "dont_know",
    "don't know": "dont_know",
    "dont know": "dont_know",
    "do not know": "dont_know",
    "i don't know": "dont_know",
    "i dont know": "dont_know",
    "idk": "dont_know",
    "no idea": "dont_know",
    "not sure": "dont_know",
    "unknown": "dont_know",
    "weiß nicht": "dont_know",
    "weiss nicht": "dont_know",
    "je ne sais pas": "dont_know",
    "no access": "no_access",
    "no rights": "no_access",
    "later": "later",
    "not now": "later",
    "skip": "refused",
    "pass": "refused",
}
_LEADING_WORD = re.compile(r"(\w+)(\s*[,.;:!]\s+|\s+)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to what is asked: a value, or ``unknown`` with its reason."""

    value: str
    reason: UnknownReason = "dont_know"


def options_of(ask: Next, asking: Asking) -> tuple[Option, ...]:
    """Return the numbered choices for what is asked, in the order of their numbers."""
    from syncsage.step import Option

    if asking == "fix":
        return (Option("worked", "yes"), Option("failed", "no"), Option(NOT_TRIED, "not tried yet"))
    return answers_of(ask)


def read_answer(line: str, options: Sequence[Option]) -> Answer | None:
    """Read ``line`` as an answer.

    Args:
        line: What was typed.
        options: The numbered choices.

    Returns:
        The answer, or None where the line is something else: a command or further evidence.
    """
    said = _fold(line)
    if said.isascii() and said.isdigit():
        number = int(said)
        return Answer(options[number - 1].value) if 1 <= number <= len(options) else None
    if said in _NOT_KNOWN:
        return Answer("unknown", _NOT_KNOWN[said])
    exact = [option for option in options if said in (_fold(option.value), _fold(option.label))]
    if len(exact) == 1:
        return Answer(exact[0].value)
    return yes_or_no(said, options) or _by_start_of_label(said, options)


def yes_or_no(word: str, options: Sequence[Option]) -> Answer | None:
    """Read a bare yes or no, where one of the choices means that."""
    folded = _fold(word)
    meant = _MEANS_YES if folded in _YES else _MEANS_NO if folded in _NO else frozenset[str]()
    fitting = [o for o in options if o.value in meant or meant & {re.split(r"\W", _fold(o.label))[0]}]
    return Answer(fitting[0].value) if len(fitting) == 1 else None


def is_stray(line: str) -> bool:
    """Tell whether ``line`` would only make sense as an answer, to be said so where nothing is asked."""
    said = _fold(line)
    return said in _NOT_KNOWN or said in _YES or said in _NO or (len(said) == 1 and said.isdigit())


def leading_yes_or_no(line: str, options: Sequence[Option]) -> tuple[Answer, str, bool] | None:
    """Read ``yes, since Tuesday``: a yes or no with more behind it.

    Returns:
        The answer, the rest, and whether a comma or full stop parts them (without one it may be the beginning
        of an error message: "No connection could be made ..."); None where the line begins otherwise.
    """
    found = _LEADING_WORD.match(line.strip())
    if found is None:
        return None
    answer = yes_or_no(found[1], options)
    return (answer, found[3].strip(), bool(found[2].strip())) if answer is not None else None


def _by_start_of_label(said: str, options: Sequence[Option]) -> Answer | None:
    if len(said) < 3:
        return None
    matching = [option for option in options if re.match(re.escape(said) + r"\b", _fold(option.label))]
    return Answer(matching[0].value) if len(matching) == 1 else None


def _fold(text: str) -> str:
    folded = " ".join(text.casefold().replace("’", "'").split())
    return folded if folded == "?" else folded.rstrip(".!?)").lstrip("(")
