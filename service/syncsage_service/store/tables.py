"""Tables of the service. A change here needs a migration beside it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """A time in UTC; SQLite keeps no zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time with its zone."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

#: One interview. ``version`` counts its writes: a write names the version that it read.
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner", String(80), nullable=False),
    Column("external_ref", String(200), nullable=False, server_default=""),
    Column("version", Integer, nullable=False),
    Column("kb_hash", String(64), nullable=False),
    Column("kb_version", String(200), nullable=False),
    Column("created", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Index("ix_sessions_owner_external_ref", "owner", "external_ref"),
    Index("ix_sessions_updated", "updated"),
)

#: What was said in it, in the lines of a session file.
EVENTS = Table(
    "events",
    METADATA,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("line", Text, nullable=False),
    Column("made", Moment, nullable=False),
)

#: How what was proposed turned out.
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("outcome", String(20), nullable=False),
    Column("cause", String(200), nullable=False, server_default=""),
    Column("comment", Text, nullable=False, server_default=""),
    Column("made", Moment, nullable=False),
)

#: Deliveries of webhooks that were taken: each is worked on once.
DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("source", String(40), primary_key=True),
    Column("delivery", String(200), primary_key=True),
    Column("taken", Moment, nullable=False),
)

#: What was taken and is still to be done, in the order in which it came. A worker leases an entry; who finds a lease
#: that has run out takes it over. Finished entries are deleted.
OUTBOX = Table(
    "outbox",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("source", String(40), nullable=False),
    Column("ticket", String(200), nullable=False),
    Column("arrival", Text, nullable=False),
    Column("plan", Text, nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due", Moment, nullable=False),
    Column("holder", String(32), nullable=False, server_default=""),
    Column("leased", Moment, nullable=True),
    Index("ix_outbox_due", "due"),
    Index("ix_outbox_source_ticket", "source", "ticket"),
)
