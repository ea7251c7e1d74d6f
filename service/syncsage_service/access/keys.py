"""API keys: made once, shown once, kept as a hash."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine as Database
from sqlalchemy import RowMapping, insert, select, update

from syncsage.errors import InputError, UnknownIdError
from syncsage_service.access.scopes import LOCAL_NAME, SCOPES, Scope
from syncsage_service.store.tables import KEYS

#: What every key begins with, so that scanners for leaked secrets can find one.
PREFIX = "ssk"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\Z")
_TOKEN = re.compile(rf"{PREFIX}_([0-9a-f]{{12}})_([A-Za-z0-9_-]{{43}})\Z")


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept: its secret cannot be had from it.

    Attributes:
        id: The part of the key that is no secret.
        name: Who has it: the owner of the sessions made with it. Several keys may have one name.
        digest: SHA-256 of the secret, in hexadecimal.
        used: When it was last used, to the minute; None for never.
        revoked: Since when it is refused; None while it holds.
    """

    id: str
    name: str
    digest: str
    scopes: frozenset[str]
    made: datetime
    used: datetime | None = None
    revoked: datetime | None = None

    def fits(self, secret: str) -> bool:
        """Tell whether ``secret`` is that of this key, in a time that does not depend on where they differ."""
        return hmac.compare_digest(self.digest, _digest(secret))


class KeyStore:
    """Reads and writes keys.

    Args:
        database: Where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, scopes: Collection[Scope], now: datetime) -> tuple[Key, str]:
        """Make a key; return it with the whole of it, which is nowhere kept.

        Raises:
            InputError: The name is none, or taken by the service itself.
        """
        if not _NAME.match(name):
            raise InputError(f"{name!r} is no name for a key: letters, digits, dot, dash and underscore, at most 80")
        if name == LOCAL_NAME:
            raise InputError(f"{name!r} is the name of whoever works without a key: choose another one")
        # 256 random bits cannot be guessed, so that a fast hash is enough; slow ones are for passwords.
        secret = secrets.token_urlsafe(32)
        key = Key(secrets.token_hex(6), name, _digest(secret), frozenset(scopes), now)
        with self._database.begin() as connection:
            connection.execute(insert(KEYS).values(**_values(key)))
        return key, f"{PREFIX}_{key.id}_{secret}"

    def all(self) -> tuple[Key, ...]:
        """Return every key, revoked ones too, in the order in which they were made."""
        with self._database.begin() as connection:
            rows = connection.execute(select(KEYS).order_by(KEYS.c.made, KEYS.c.id)).mappings()
            return tuple(_key(row) for row in rows)

    def any(self) -> bool:
        """Tell whether a key was ever made. Revoked ones count: revoking the last one must open nothing."""
        with self._database.begin() as connection:
            return connection.execute(select(KEYS.c.id).limit(1)).first() is not None

    def find(self, key_id: str) -> Key | None:
        """Return the key of that id, or None."""
        with self._database.begin() as connection:
            row = connection.execute(select(KEYS).where(KEYS.c.id == key_id)).mappings().first()
            return _key(row) if row is not None else None

    def revoke(self, name: str, now: datetime) -> int:
        """Refuse all keys of a name, or the key of an id, from now on; return how many these were.

        Raises:
            UnknownIdError: No key that holds is called so.
        """
        chosen = ((KEYS.c.name == name) | (KEYS.c.id == name)) & KEYS.c.revoked.is_(None)
        with self._database.begin() as connection:
            count = connection.execute(update(KEYS).where(chosen).values(revoked=now)).rowcount
        if not count:
            raise UnknownIdError(f"no key that holds is called {name!r}; the list shows them")
        return count

    def mark_used(self, key_id: str, now: datetime) -> None:
        """Note when a key was used."""
        with self._database.begin() as connection:
            connection.execute(update(KEYS).where(KEYS.c.id == key_id).values(used=now))


def parts(token: str) -> tuple[str, str] | None:
    """Return id and secret of what was sent as a key, or None where it is none."""
    found = _TOKEN.match(token)
    return (found[1], found[2]) if found else None


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _values(key: Key) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(key, name) for name in Key.__slots__}
    return values | {"scopes": " ".join(scope for scope in SCOPES if scope in key.scopes)}


def _key(row: RowMapping) -> Key:
    values: dict[str, Any] = {name: row[name] for name in Key.__slots__}
    values["scopes"] = frozenset(row["scopes"].split())
    return Key(**values)
