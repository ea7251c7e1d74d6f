"""What every request needs, made once a process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy import Engine as Database

from syncsage import Engine
from syncsage_service.access.keyring import KeyRing
from syncsage_service.access.keys import KeyStore
from syncsage_service.access.scopes import Principal, Scope
from syncsage_service.adapters.hooks import Hooks
from syncsage_service.desk import Desk
from syncsage_service.engines import Engines
from syncsage_service.metrics import Metrics
from syncsage_service.problems import ProblemError
from syncsage_service.settings import Settings
from syncsage_service.store.opening import open_database
from syncsage_service.store.replies import Replies
from syncsage_service.store.retention import Pruner
from syncsage_service.store.sessions import SessionStore


@dataclass(frozen=True, slots=True)
class Service:
    """Settings, engines, database, desk, keys, figures and helpdesks of one process."""

    settings: Settings
    engines: Engines
    database: Database
    desk: Desk
    keys: KeyRing
    metrics: Metrics
    replies: Replies
    pruner: Pruner
    hooks: Hooks

    @classmethod
    def start(cls, settings: Settings, engine: Engine | None = None) -> Service:
        """Make everything; the model is loaded here, once, while the first requests may come already.

        Raises:
            KnowledgeError: The knowledge has faults.
            InputError: A setting is none, or the database cannot be used.
        """
        database = open_database(settings.database_url)
        engines = Engines(settings, engine)
        metrics = Metrics()
        desk = Desk(engines, SessionStore(database), opened=metrics.opened)
        return cls(
            settings,
            engines,
            database,
            desk,
            KeyRing(KeyStore(database)),
            metrics,
            Replies(database),
            Pruner(database, settings.retention_days, desk.clock),
            Hooks.start(settings, database, desk, engines, metrics.delivered),
        )

    def stop(self) -> None:
        """Finish what is being worked on, and let go of the database once nothing is being loaded any more."""
        self.hooks.stop()
        self.engines.settle()
        self.pruner.stop()
        self.database.dispose()


def the_service(request: Request) -> Service:
    """Return the service of the application that the request came to."""
    return cast(Service, request.app.state.service)


def the_principal(request: Request) -> Principal:
    """Return who makes the request.

    Raises:
        ProblemError: 401, nobody that the guard knows.
    """
    principal = getattr(request.state, "principal", None)
    if not isinstance(principal, Principal):
        raise ProblemError(401, "a key is needed", {"WWW-Authenticate": "Bearer"})
    return principal


def needs(scope: Scope) -> Callable[[Principal], None]:
    """Return a dependency for routes that only a key with ``scope`` may use."""

    def check(principal: ThePrincipal) -> None:
        if not principal.may(scope):
            raise ProblemError(403, f"this key has no scope {scope!r}")

    return check


#: Parameters of endpoints.
TheService = Annotated[Service, Depends(the_service)]
ThePrincipal = Annotated[Principal, Depends(the_principal)]
