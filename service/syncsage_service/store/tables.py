"""Tables of the service. A change here needs a migration beside it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

from syncsage_service.texts import readable


class Moment(TypeDecorator[datetime]):
    """A time in UTC; SQLite keeps no zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time with its zone."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Words(TypeDecorator[str]):
    """Words from outside: what PostgreSQL cannot keep (NUL, halves of a surrogate pair) becomes U+FFFD."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the words as they can be kept."""
        return readable(value).replace("\0", "\ufffd") if value is not None else None


METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

#: One interview. ``version`` counts its writes: a write names the version that it read. ``length`` counts its events.
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner", Words(80), nullable=False),
    Column("external_ref", Words(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("kb_hash", String(64), nullable=False),
    Column("kb_version", String(200), nullable=False),
    Column("created", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Index("ix_sessions_external_ref", "external_ref"),
    Index("ix_sessions_created_id", "created", "id"),
    Index("ix_sessions_owner_created_id", "owner", "created", "id"),
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
    Column("cause", Words(200), nullable=False),
    Column("comment", Words, nullable=False),
    Column("made", Moment, nullable=False),
)

#: Deliveries of webhooks that were taken: each is worked on once.
DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("source", Words(40), primary_key=True),
    Column("delivery", Words(200), primary_key=True),
    Column("taken", Moment, nullable=False, index=True),
)

#: Requests that are done once, however often they are sent. ``claim`` names who is at it, until ``until``;
#: ``session_id`` says that it is done, and where: it stays when the session and with it the reply are gone.
IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    Column("owner", Words(80), primary_key=True),
    Column("key", Words(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("claim", String(32), nullable=False),
    Column("session_id", String(32)),
    Column("made", Moment, nullable=False, index=True),
    Column("until", Moment, nullable=False),
)

#: What such a request was answered; it goes with the session that it tells about.
REPLIES = Table(
    "replies",
    METADATA,
    Column("owner", Words(80), primary_key=True),
    Column("key", Words(255), primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("status", Integer, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    ForeignKeyConstraint(["owner", "key"], ["idempotency.owner", "idempotency.key"], ondelete="CASCADE"),
)

#: Work that one process does for all, and when it was last begun.
CHORES = Table(
    "chores",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("begun", Moment, nullable=False),
)

#: Keys of the API: a hash of each, never the key.
KEYS = Table(
    "keys",
    METADATA,
    Column("id", String(12), primary_key=True),
    Column("name", String(80), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("scopes", String(200), nullable=False),
    Column("made", Moment, nullable=False),
    Column("used", Moment),
    Column("revoked", Moment),
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
    Column("plan", Text, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("due", Moment, nullable=False),
    Column("holder", String(32), nullable=False, default=""),
    Column("leased", Moment, nullable=True),
    Index("ix_outbox_due", "due"),
    Index("ix_outbox_source_ticket", "source", "ticket"),
)
