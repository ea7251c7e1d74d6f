"""``serve keys``: who may use the service."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_service.access.scopes import SCOPES, USUAL, Scope
from syncsage_service.commands.database import database_of

if TYPE_CHECKING:
    from syncsage_service.access.keys import Key, KeyStore

_NONE = "no keys: the service answers this machine only"
_HEADS = ("id", "name", "scopes", "made", "last used", "state")


@click.group()
def keys() -> None:
    """Make, list and revoke the keys of the service.

    From the first key on every request needs one, also after all were revoked.
    """


@keys.command()
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(SCOPES), default=USUAL, show_default=True,
    help="What it may do: diagnose (nothing is kept), sessions (its own), admin (everything); may be repeated.",
)  # fmt: skip
@shared_options
@pass_app
def add(app: App, name: str, scopes: tuple[Scope, ...]) -> None:
    """Make a key for NAME and show it, this once.

    Keys of one NAME share their sessions: make a second one, then revoke the first by its id, to change a key.
    """
    with _store(app) as store:
        known = any(key.name == name for key in store.all())
        key, token = store.add(name, scopes, datetime.now(UTC))
    app.environment.out(f"{token}\n")
    app.environment.err(f"key {key.id} for {name}: {', '.join(_scopes(key))}. It is shown this once: keep it now.")
    if known:
        app.environment.err(f"note: {name} has or had other keys: this one sees the same sessions.")


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def list_keys(app: App, as_json: bool) -> None:
    """List keys: whose, what for, when they were last used. The keys themselves are nowhere kept."""
    with _store(app) as store:
        found = store.all()
    if as_json:
        app.environment.out_json([dict(zip(_HEADS, _row(key), strict=True)) for key in found])
    elif not found:
        app.environment.err(_NONE)
    else:
        app.environment.out(_table([_HEADS, *map(_row, found)]))


@keys.command()
@click.argument("name", metavar="NAME|ID")
@shared_options
@pass_app
def revoke(app: App, name: str) -> None:
    """Refuse all keys of NAME, or the one of that ID, within two seconds."""
    with _store(app) as store:
        count = store.revoke(name, datetime.now(UTC))
    app.environment.err(f"revoked: {count} key{'s' if count > 1 else ''}")


@contextmanager
def _store(app: App) -> Generator[KeyStore]:
    from syncsage_service.access.keys import KeyStore

    with database_of(app) as (_, database):
        yield KeyStore(database)


def _row(key: Key) -> tuple[str, ...]:
    state = f"revoked {_day(key.revoked)}" if key.revoked else "holds"
    return key.id, key.name, " ".join(_scopes(key)), _day(key.made), _day(key.used), state


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _scopes(key: Key) -> list[str]:
    return [scope for scope in SCOPES if scope in key.scopes]


def _day(time: datetime | None) -> str:
    return time.strftime("%Y-%m-%d") if time else "never"
