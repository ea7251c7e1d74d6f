"""Run by Alembic: it works on the connection, and in the transaction, that ``schema.py`` hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import TypeDecorator


def rendered(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write the types of ``tables.py`` as what they are in the database: a migration outlives them."""
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["tables"],
    render_as_batch=True,  # SQLite changes a table by writing it anew
    render_item=rendered,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
