"""The echo of what was understood: one calm line after each entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from syncsage_cli.render.page import QUIET, Block, one_line, paragraph
from syncsage_cli.render.reasons import NOT_KNOWN

if TYPE_CHECKING:
    from syncsage.explanation import Known
    from syncsage.step import Next
    from syncsage_cli.repl.answers import Answer

#: Facts that are named; of more only the number is told.
_SHOWN = 3
_LONGEST = 60
#: Labels that mean nothing without their question.
_BARE = frozenset({"yes", "no"})


def facts(known: Sequence[Known], before: Collection[tuple[str, str]]) -> list[Block]:
    """Return one paragraph with the facts that a text shows and that were not known before; nothing where none is.

    Args:
        known: Everything that is known now.
        before: Finding and value of what was known.
    """
    fresh = [item for item in known if item.origin.kind == "line" and (item.finding, item.value) not in before]
    if not fresh:
        return []
    named = [_fact(item) for item in fresh[:_SHOWN]]
    more = [f"{len(fresh) - _SHOWN} more (facts lists them)"] if len(fresh) > _SHOWN else []
    return [paragraph(f"Noted: {'; '.join([*named, *more])}.", style=QUIET)]


def echo(asked: Next | None, answer: Answer) -> list[Block]:
    """Return how an answer was understood; a fix and a consent speak for themselves."""
    if asked is None or asked.kind in ("fix", "consent"):
        return []
    label = next((option.label for option in asked.choices if option.value == answer.value), answer.value)
    if answer.value == "unknown":
        label = "not known" + ("" if answer.reason == "dont_know" else f" ({NOT_KNOWN[answer.reason]})")
    return [paragraph(f"Noted: {label.rstrip('.')}.", style=QUIET)]


def _fact(item: Known) -> str:
    first = item.label.replace(":", ",").split(",")[0].strip().casefold()
    text = f"{item.text.rstrip('?')}: {item.label}" if first in _BARE else item.label
    place = f", line {item.origin.first}" if item.origin.first is not None else ""
    return f"{one_line(text, _LONGEST)}{place}"
