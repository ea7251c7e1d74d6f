"""A whole reply, of one line or of many: the answer that it gives, or evidence to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from syncsage.replying.answers import Answer, answer_in_words, leading_yes_or_no, read_answer

if TYPE_CHECKING:
    from syncsage.observing.model import Parsed
    from syncsage.step import Next, Option

#: A line that is no longer than this is too short for a message of a program.
_FEW_WORDS = 2
#: A reply with more lines than this was pasted.
_MOST_LINES = 12


def is_message(text: str, asked: Next | None, parse: Callable[[str], Parsed]) -> bool:
    """Tell whether ``text`` is a message rather than an answer: words of a choice that stand in it answer nothing.

    A message is known, or names a code and shows more than what is asked.

    Args:
        text: What was written.
        asked: What is asked at the moment.
        parse: Understands a text: ``Engine.parse``.
    """
    if len(text.split()) <= _FEW_WORDS:
        return False
    parsed = parse(text)
    known = any(m.by in ("signature", "fuzzy") and m.level in ("exact", "strong") for m in parsed.problems)
    news = any(asked is None or o.finding != asked.id for o in parsed.observations)
    return known or (bool(parsed.codes) and news)


def reply_to(asked: Next, text: str, parse: Callable[[str], Parsed]) -> Answer | None:
    """Return the answer that a reply gives, as people write them in a mail: with a greeting and a name around it.

    Every line is read for itself; where two of them give different answers, none is taken.

    Args:
        asked: What is asked.
        text: The reply, without what it quotes.
        parse: Understands a text: ``Engine.parse``.

    Returns:
        The answer; None where the reply is evidence, or says something else.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > _MOST_LINES or is_message(text, asked, parse):
        return None
    options = [option for option in asked.choices if not (asked.paste and option.value == "pasted")]
    for read in (read_answer, answer_in_words, _yes_or_no):
        found = {answer for line in lines if (answer := read(line, options)) is not None}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _yes_or_no(line: str, options: Sequence[Option]) -> Answer | None:
    """Read ``yes, since Tuesday``; without the comma it may be the beginning of anything."""
    leading = leading_yes_or_no(line, options)
    return leading[0] if leading is not None and leading[2] else None
