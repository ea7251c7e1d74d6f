"""Requests that are done once, however often they are sent, and what they were answered.

A request claims its key first, in a transaction of its own, so that another one with that key sees it at work. What it
writes, and the reply, are then kept in one transaction together with the end of the claim. A process that ends in
between leaves the claim behind; it lapses after a minute, and whoever was slower than that can keep nothing any more.
After draft-ietf-httpapi-idempotency-key-header-07.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update
from sqlalchemy import Engine as Database
from sqlalchemy.exc import IntegrityError

from syncsage_service.store.database import to_write
from syncsage_service.store.tables import IDEMPOTENCY, REPLIES

#: How long a claim holds, and how long a reply is kept.
LEASE = timedelta(seconds=60)
KEPT = timedelta(hours=24)

#: Why a request is not done: another one with its key is at work, was something else, or made what is deleted by now.
Refusal = Literal["in_flight", "other_request", "deleted"]


class RefusedError(Exception):
    """A request is not done."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why: Refusal = why


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is done once.

    Attributes:
        owner: Who makes it; keys of one owner mean nothing to another.
        key: Its key.
        fingerprint: Hash of what is asked.
    """

    owner: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a request was answered.

    Attributes:
        session_id: The session that it tells about.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    session_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do a request."""

    asked: Asked
    name: str


class Replies:
    """Keeps claims and replies.

    Args:
        database: Where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, asked: Asked, now: datetime) -> Claim | Reply:
        """Return the right to do a request, or what it was answered.

        Raises:
            RefusedError: It must not be done.
        """
        claim = Claim(asked, uuid4().hex)
        while True:
            if self._begun(claim, now):
                return claim
            with to_write(self._database).begin() as connection:
                found = connection.execute(select(IDEMPOTENCY).where(*_key(asked))).mappings().first()
                if found is None:
                    continue  # given back, or out of date, since
                if _lapsed(found, now):
                    if _taken_over(connection, claim, found, now):
                        return claim
                    continue
                return _reply(connection, asked, found)

    def complete(self, connection: Connection, claim: Claim, reply: Reply) -> None:
        """Keep the reply, in the transaction of what it tells about.

        Raises:
            RefusedError: The claim has lapsed and was taken over.
        """
        ours = (*_key(claim.asked), IDEMPOTENCY.c.claim == claim.name, IDEMPOTENCY.c.session_id.is_(None))
        done = connection.execute(update(IDEMPOTENCY).where(*ours).values(session_id=reply.session_id))
        if done.rowcount != 1:
            raise RefusedError("in_flight")
        connection.execute(
            insert(REPLIES).values(
                owner=claim.asked.owner,
                key=claim.asked.key,
                session_id=reply.session_id,
                status=reply.status,
                headers=json.dumps(reply.headers),
                body=zlib.compress(reply.body, level=1),
            )
        )

    def give_back(self, claim: Claim) -> None:
        """Let go of a claim: nothing was done, and the request may be sent again."""
        ours = (*_key(claim.asked), IDEMPOTENCY.c.claim == claim.name, IDEMPOTENCY.c.session_id.is_(None))
        with self._database.begin() as connection:
            connection.execute(delete(IDEMPOTENCY).where(*ours))

    def _begun(self, claim: Claim, now: datetime) -> bool:
        asked = claim.asked
        values = {"owner": asked.owner, "key": asked.key, "fingerprint": asked.fingerprint}
        times = {"claim": claim.name, "made": now, "until": now + LEASE}
        try:
            with self._database.begin() as connection:
                connection.execute(insert(IDEMPOTENCY).values(**values, **times))
        except IntegrityError:
            return False
        return True


def prune_replies(connection: Connection, now: datetime) -> int:
    """Forget requests that are out of date, and their replies; return how many."""
    return connection.execute(delete(IDEMPOTENCY).where(IDEMPOTENCY.c.made < now - KEPT)).rowcount


def _key(asked: Asked) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return IDEMPOTENCY.c.owner == asked.owner, IDEMPOTENCY.c.key == asked.key


def _lapsed(found: RowMapping, now: datetime) -> bool:
    """Say whether a key may be used again: it is too old, or who claimed it has not come back."""
    return found["made"] < now - KEPT or (found["session_id"] is None and found["until"] < now)


def _taken_over(connection: Connection, claim: Claim, found: RowMapping, now: datetime) -> bool:
    as_found = (*_key(claim.asked), IDEMPOTENCY.c.claim == found["claim"])
    values = {"fingerprint": claim.asked.fingerprint, "claim": claim.name, "session_id": None}
    taken = connection.execute(update(IDEMPOTENCY).where(*as_found).values(**values, made=now, until=now + LEASE))
    asked = claim.asked
    connection.execute(delete(REPLIES).where(REPLIES.c.owner == asked.owner, REPLIES.c.key == asked.key))
    return taken.rowcount == 1


def _reply(connection: Connection, asked: Asked, found: RowMapping) -> Reply:
    if found["fingerprint"] != asked.fingerprint:
        raise RefusedError("other_request")
    if found["session_id"] is None:
        raise RefusedError("in_flight")
    chosen = select(REPLIES).where(REPLIES.c.owner == asked.owner, REPLIES.c.key == asked.key)
    kept = connection.execute(chosen).mappings().first()
    if kept is None:
        raise RefusedError("deleted")
    return Reply(kept["status"], json.loads(kept["headers"]), zlib.decompress(kept["body"]), kept["session_id"])
