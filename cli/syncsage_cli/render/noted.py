"""The echo of what was understood: one calm line after each entry."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from syncsage_cli.render.page import QUIET, Block, one_line, paragraph
from syncsage_cli.render.reasons import NOT_KNOWN

if TYPE_CHECKING:
    from syncsage.explanation import Known
    from syncsage.replying import Answer
    from syncsage.step import Next

#: Facts that are named; of more only the number is told.
_SHOWN = 3
_LONGEST = 60
#: Words behind a yes or no that tell what is meant without the question.
_TELLING = 3
_BARE = re.compile(r"(yes|no)(?:[:,;] *(.*))?", re.IGNORECASE)


def facts(known: Sequence[Known], before: Collection[tuple[str, str]]) -> list[Block]:
    """Return one paragraph with the facts that a text shows and that were not known before; nothing where none is.

    Args:
        known: Everything that is known now.
        before: Finding and value of what was known.
    """
    fresh = [item for item in known if item.origin.kind == "line" and (item.finding, item.value) not in before]
    if not fresh:
        return []
    shown, left = fresh[:_SHOWN], len(fresh) - _SHOWN
    lines = {item.origin.first for item in shown}
    named = [_words(item) + (f" (line {item.origin.first})" if len(lines) > 1 else "") for item in shown]
    place = f" (line {shown[0].origin.first})" if len(lines) == 1 else ""
    more = f"; {left} more: facts lists them" if left > 0 else ""
    return [paragraph(f"Noted: {'; '.join(named)}{place}{more}.", style=QUIET)]


def echo(asked: Next | None, answer: Answer) -> list[Block]:
    """Return how an answer was understood; a fix that worked and a consent speak for themselves."""
    if asked is not None and asked.kind == "fix" and answer.value == "failed":
        return [paragraph(f"Noted: “{asked.text}” did not help.", style=QUIET)]
    if asked is None or asked.kind in ("fix", "consent"):
        return []
    label = next((option.label for option in asked.choices if option.value == answer.value), answer.value)
    if answer.value == "unknown":
        label = "not known" + ("" if answer.reason == "dont_know" else f" ({NOT_KNOWN[answer.reason]})")
    return [paragraph(f"Noted: {label.rstrip('.')}.", style=QUIET)]


def _words(item: Known) -> str:
    """Return a fact in few words: its label without a leading yes or no and without a trailing explanation."""
    label = re.sub(r"\s*\([^()]*\)$", "", item.label)
    found = _BARE.fullmatch(label)
    if found is None:
        return one_line(label, _LONGEST)
    rest = found[2] or ""
    return one_line(rest if len(rest.split()) >= _TELLING else f"{item.text.rstrip('?')}: {label}", _LONGEST)
