"""What every request needs, made once a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy import Engine as Database

from syncsage import Engine
from syncsage_service.adapters.hooks import Hooks
from syncsage_service.desk import Desk
from syncsage_service.engines import Engines
from syncsage_service.settings import Settings
from syncsage_service.store.database import connect, default_url
from syncsage_service.store.sessions import SessionStore
from syncsage_service.store.tables import METADATA


@dataclass(frozen=True, slots=True)
class Service:
    """Settings, engines, database, desk and helpdesks of one process."""

    settings: Settings
    engines: Engines
    database: Database
    desk: Desk
    hooks: Hooks

    @classmethod
    def start(cls, settings: Settings, engine: Engine | None = None) -> Service:
        """Make everything; the model is loaded here, once.

        Raises:
            KnowledgeError: The knowledge has faults.
            InputError: A setting is none.
        """
        database = connect(settings.database_url or default_url())
        METADATA.create_all(database)
        engines = Engines(settings, engine)
        desk = Desk(engines, SessionStore(database))
        return cls(settings, engines, database, desk, Hooks.start(settings, database, desk, engines))

    def stop(self) -> None:
        """Finish what is being worked on, and let go of the database."""
        self.hooks.stop()
        self.database.dispose()


@dataclass(frozen=True, slots=True)
class Principal:
    """Who makes a request.

    Attributes:
        name: The owner of what is made; ``local`` where no keys exist.
        scopes: What may be done: ``diagnose``, ``sessions``, ``admin``.
    """

    name: str
    scopes: frozenset[str]

    @property
    def sees(self) -> str | None:
        """Whose sessions may be seen: its own, or everybody's (None)."""
        return None if "admin" in self.scopes else self.name


def the_service(request: Request) -> Service:
    """Return the service of the application that the request came to."""
    return cast(Service, request.app.state.service)


def the_principal() -> Principal:
    """Return who makes the request."""
    return Principal("local", frozenset({"diagnose", "sessions", "admin"}))


#: Parameters of endpoints.
TheService = Annotated[Service, Depends(the_service)]
ThePrincipal = Annotated[Principal, Depends(the_principal)]
