"""What a shell offers behind Tab: kept interviews, entries of the knowledge, codes, files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from syncsage_cli.app import App

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from syncsage_cli.catalogue import Entry

Offer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]
#: Columns of what is told beside a word.
_ABOUT = 60
#: Words offered at once; more are no help.
_MOST = 200


def files(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the names of files and folders, as the shell itself knows them."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def interviews(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer kept interviews, the latest first, and files beside them."""
    from syncsage_cli.archive import Archive

    archive = Archive(context.ensure_object(App).environment.state_dir)
    names = [(kept.name, kept.about) for kept in archive.entries() if kept.name.startswith(begun)]
    return [*files(context, parameter, begun), *_items(names, begun)]


def entries(*kinds: str) -> Offer:
    """Return an offer of the ids of the knowledge.

    Args:
        kinds: Some of ``catalogue.KINDS``; none for all of them.
    """

    def offer(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
        return _items(((entry.id, entry.title) for entry in _entries(context, kinds)), begun)

    return offer


def _entries(context: click.Context, kinds: tuple[str, ...]) -> Iterable[Entry]:
    from syncsage_cli import catalogue

    knowledge = context.ensure_object(App).engine.kb
    return (entry for kind in kinds or catalogue.KINDS for entry in catalogue.entries(knowledge, kind))


def _items(words: Iterable[tuple[str, str]], begun: str) -> list[CompletionItem]:
    """Return the words that begin so, each once, with what they are about on one line."""
    from click.shell_completion import CompletionItem

    from syncsage_cli.render.page import one_line

    fitting = {word: about for word, about in words if word.casefold().startswith(begun.casefold())}
    return [CompletionItem(word, help=one_line(about, _ABOUT)) for word, about in list(fitting.items())[:_MOST]]
