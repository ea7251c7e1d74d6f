"""What the service is told at its start, all of it by variables of the environment."""

from __future__ import annotations

import os
import re
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
_BODY_SECONDS = 30
_ORIGIN = re.compile(r"https?://[^/\s*]+\Z")
_CROWD = 128


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one service process.

    Attributes:
        database_url: SQLAlchemy's URL of the database; a file in the user's data folder where empty.
        kb: Folder of the knowledge base; None for the bundled one.
        overlays: Folders laid over it, in order.
        model: Another embedding model; the packaged one where None.
        body_limit: Bytes that a request may have.
        body_seconds: Time in which its body has to come.
        crowd: Requests that may be worked on or wait at a time; further ones are sent away.
        rate: Requests that a key may make, in the notation of the package ``limits``.
        threads: Requests that are worked on at a time.
        retention_days: Days after its last change that a session is deleted; 0 keeps them.
        cors_origins: Other origins whose pages may use the service, such as ``https://desk.example``.
        proxies: Addresses whose word is taken for where a request comes from (``X-Forwarded-For``).
        public_url: Where people reach the service, for links in notes; none are made where empty.
        variables: Everything else, for the adapters: each reads its own.
    """

    database_url: str = ""
    kb: Path | None = None
    overlays: tuple[Path, ...] = ()
    model: str | None = None
    body_limit: int = _BODY_LIMIT
    body_seconds: int = _BODY_SECONDS
    crowd: int = _CROWD
    rate: str = _RATE
    threads: int = _THREADS
    retention_days: int = _RETENTION_DAYS
    cors_origins: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
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
            body_seconds=max(1, _number(given, "BODY_SECONDS", _BODY_SECONDS)),
            crowd=max(1, _number(given, "CROWD", _CROWD)),
            rate=given.get("RATE", "") or _RATE,
            threads=max(1, _number(given, "THREADS", _THREADS)),
            retention_days=_number(given, "RETENTION_DAYS", _RETENTION_DAYS),
            cors_origins=_origins(given),
            proxies=_list(given, "PROXIES"),
            public_url=given.get("PUBLIC_URL", "").rstrip("/"),
            variables=given,
        )

    def environment(self) -> dict[str, str]:
        """Return the variables that tell another process which database, knowledge and model to use."""
        overlays = os.pathsep.join(map(str, self.overlays))
        told = {"DATABASE_URL": self.database_url, "KB": str(self.kb or ""), "OVERLAYS": overlays}
        return {PREFIX + name: value for name, value in (told | {"MODEL": self.model or ""}).items()}


def _number(given: Mapping[str, str], name: str, otherwise: int) -> int:
    value = given.get(name, "").strip()
    if not value:
        return otherwise
    if not value.isascii() or not value.isdecimal():
        raise InputError(f"{PREFIX}{name} is {value!r}: a whole number is wanted")
    return int(value)


def _list(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in given.get(name, "").split(",") if item.strip())


def _origins(given: Mapping[str, str]) -> tuple[str, ...]:
    found = _list(given, "CORS_ORIGINS")
    for origin in found:
        if not _ORIGIN.match(origin):
            raise InputError(f"{PREFIX}CORS_ORIGINS has {origin!r}: origins such as https://desk.example are wanted")
    return found
