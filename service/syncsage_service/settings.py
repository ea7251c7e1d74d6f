"""What the service is told at its start, all of it by variables of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from syncsage.errors import InputError

#: Every variable begins with this.
PREFIX = "SYNCSAGE_"
_BODY_LIMIT = 16 * 1024 * 1024
_RATE = "240/minute"
_THREADS = 4
_RETENTION_DAYS = 90


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one service process.

    Attributes:
        database_url: SQLAlchemy's URL of the database; a file in the user's data folder where empty.
        kb: Folder of the knowledge base; None for the bundled one.
        overlays: Folders laid over it, in order.
        model: Another embedding model; the packaged one where None.
        body_limit: Bytes that a request may have.
        rate: Requests that a key may make, in the notation of the package ``limits``.
        threads: Requests that are worked on at a time.
        retention_days: Days after its last change that a session is deleted; 0 keeps them.
        public_url: Where people reach the service, for links in notes; none are made where empty.
        variables: Everything else, for the adapters: each reads its own.
    """

    database_url: str = ""
    kb: Path | None = None
    overlays: tuple[Path, ...] = ()
    model: str | None = None
    body_limit: int = _BODY_LIMIT
    rate: str = _RATE
    threads: int = _THREADS
    retention_days: int = _RETENTION_DAYS
    public_url: str = ""
    variables: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Settings:
        """Read the settings.

        Raises:
            InputError: A value is none; the message names the variable.
        """
        given = {name.removeprefix(PREFIX): value for name, value in variables.items() if name.startswith(PREFIX)}
        folders = given.get("OVERLAYS", "").split(os.pathsep)
        return cls(
            database_url=given.get("DATABASE_URL", ""),
            kb=Path(given["KB"]) if given.get("KB") else None,
            overlays=tuple(Path(folder) for folder in folders if folder),
            model=given.get("MODEL") or None,
            body_limit=_number(given, "BODY_LIMIT", _BODY_LIMIT),
            rate=given.get("RATE", "") or _RATE,
            threads=max(1, _number(given, "THREADS", _THREADS)),
            retention_days=_number(given, "RETENTION_DAYS", _RETENTION_DAYS),
            public_url=given.get("PUBLIC_URL", "").rstrip("/"),
            variables=given,
        )


def _number(given: Mapping[str, str], name: str, otherwise: int) -> int:
    value = given.get(name, "").strip()
    if not value:
        return otherwise
    if not value.isascii() or not value.isdecimal():
        raise InputError(f"{PREFIX}{name} is {value!r}: a whole number is wanted")
    return int(value)
