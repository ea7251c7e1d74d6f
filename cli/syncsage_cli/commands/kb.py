"""``kb``: the commands of knowledge authors."""

from __future__ import annotations

import click

from syncsage_cli.app import shared_options
from syncsage_cli.registry import KB_COMMANDS, LazyGroup


@click.group(cls=LazyGroup, lazy=KB_COMMANDS)
@shared_options
def kb() -> None:
    """Check, test, measure, list and show the knowledge base."""
