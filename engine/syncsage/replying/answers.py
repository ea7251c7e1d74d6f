"""From what a person writes to an answer: numbers, labels, values, yes and no, and the ways of not knowing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syncsage.replying.wording import NEGATION, fold, is_number, number_in_words, stands

if TYPE_CHECKING:
    from syncsage.step import Option, UnknownReason

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
    "keine ahnung": "dont_know",
    "cannot tell": "dont_know",
    "can't tell": "dont_know",
    "no access": "no_access",
    "no rights": "no_access",
    "cannot see": "no_access",
    "can't see": "no_access",
    "kann ich nicht sehen": "no_access",
    "kein zugriff": "no_access",
    "keine rechte": "no_access",
    "later": "later",
    "not now": "later",
    "später": "later",
    "spaeter": "later",
    "skip": "refused",
    "pass": "refused",
    "refuse": "refused",
    "does not apply": "not_applicable",
    "doesn't apply": "not_applicable",
    "doesnt apply": "not_applicable",
    "not applicable": "not_applicable",
    "n/a": "not_applicable",
    "trifft nicht zu": "not_applicable",
}
#: Said at the beginning of a line these mean the same, whatever follows: "no idea, the colleague has left".
_SURELY_NOT_KNOWN = re.compile(
    r"((?:i )?don'?t know|do not know|no idea|keine ahnung|no access|kein zugriff|je ne sais pas)\b"
)
#: A longer line is evidence to be read, not the name of a choice.
_MOST_WORDS = 12
_LEADING_WORD = re.compile(r"(\w+)(\s*[,.;:!]\s+|\s+)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to what is asked: a value, or ``unknown`` with its reason."""

    value: str
    reason: UnknownReason = "dont_know"


def read_answer(line: str, options: Sequence[Option]) -> Answer | None:
    """Read ``line`` as an answer.

    Args:
        line: What was typed.
        options: The numbered choices.

    Returns:
        The answer, or None where the line is something else: a command or further evidence.
    """
    said = fold(line)
    if said.isascii() and said.isdigit():
        return _at(int(said), options)
    begun = _SURELY_NOT_KNOWN.match(said)
    if said in _NOT_KNOWN or begun:
        return Answer("unknown", _NOT_KNOWN[begun[1] if begun else said])
    exact = [option for option in options if said in (fold(option.value), fold(option.label))]
    if len(exact) == 1:
        return Answer(exact[0].value)
    number = number_in_words(said, len(options))
    if number is not None:
        return _at(number, options)
    return yes_or_no(said, options) or _by_start_of_label(said, options)


def answer_in_words(line: str, options: Sequence[Option]) -> Answer | None:
    """Read ``line`` as an answer where it holds other words of one choice only, or a part of its label.

    Of words inside longer ones only the longer count, and words that are denied ("not disabled") choose nothing.

    Args:
        line: What was typed; neither a number, a label nor a command.
        options: The numbered choices.
    """
    said = fold(line)
    if len(said.split()) > _MOST_WORDS:
        return None
    found = [(w, o.value) for o in options for w in map(fold, o.words) if stands(w, said)]
    found = [(w, v) for w, v in found if not any(w != other and stands(w, other) for other, _ in found)]
    if not found and len(said) > 3:
        found = [(said, o.value) for o in options if stands(said, fold(o.label))]
    denied = any(re.search(NEGATION + re.escape(words), said) for words, _ in found)
    values = {value for _, value in found}
    return Answer(values.pop()) if len(values) == 1 and not denied else None


def yes_or_no(word: str, options: Sequence[Option]) -> Answer | None:
    """Read a bare yes or no, where one of the choices means that."""
    folded = fold(word)
    meant = _MEANS_YES if folded in _YES else _MEANS_NO if folded in _NO else frozenset[str]()
    fitting = [o for o in options if o.value in meant or meant & {re.split(r"\W", fold(o.label))[0]}]
    return Answer(fitting[0].value) if len(fitting) == 1 else None


def is_stray(line: str) -> bool:
    """Tell whether ``line`` would only make sense as an answer, to be said so where nothing is asked."""
    said = fold(line)
    return said in _NOT_KNOWN or said in _YES or said in _NO or is_number(said) or (len(said) == 1 and said.isalpha())


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


def _at(number: int, options: Sequence[Option]) -> Answer | None:
    return Answer(options[number - 1].value) if 1 <= number <= len(options) else None


def _by_start_of_label(said: str, options: Sequence[Option]) -> Answer | None:
    if len(said) < 3:
        return None
    matching = [option for option in options if re.match(re.escape(said) + r"\b", fold(option.label))]
    return Answer(matching[0].value) if len(matching) == 1 else None
