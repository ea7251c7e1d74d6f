"""Causes in question, by the words that people use for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from syncsage_cli.render.step import in_order
from syncsage_cli.repl.command import Choice

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

NONE_YET = "There are no causes to speak of yet: tell me what you see."


def first(conversation: Conversation) -> str | None:
    """Return the id of the leading cause."""
    ordered = in_order(conversation.step)
    return ordered[0].id if ordered else None


def candidate(conversation: Conversation, name: str) -> str | None:
    """Return the id of the candidate that ``name`` means: its number, id, or a part of its title."""
    ordered = in_order(conversation.step)
    if name.isascii() and name.isdigit():
        return ordered[int(name) - 1].id if 1 <= int(name) <= len(ordered) else None
    return _by_name({cause.id: cause.title for cause in ordered}, name)


def known(conversation: Conversation, name: str) -> str | None:
    """Return the id of the cause of the knowledge, candidate or not, that ``name`` means."""
    return _by_name({cause.id: cause.title for cause in conversation.engine.kb.causes.values()}, name)


def named(conversation: Conversation, _: str) -> Iterator[Choice]:
    """Offer the causes in question, by their ids."""
    return (Choice(cause.id, cause.title) for cause in in_order(conversation.step))


def _by_name(titles: dict[str, str], name: str) -> str | None:
    folded = name.casefold()
    if folded in titles:
        return folded
    if len(folded) < 3:
        return None
    matching = [id_ for id_, title in titles.items() if id_.startswith(folded) or folded in title.casefold()]
    return matching[0] if len(matching) == 1 else None
