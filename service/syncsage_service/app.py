"""The application: routes, errors, and what is made at its start and let go at its end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware

from syncsage import Engine, __version__
from syncsage_service.access.bodies import Bodies
from syncsage_service.access.crowd import Crowd
from syncsage_service.access.guard import Guard
from syncsage_service.access.headers import UsualHeaders
from syncsage_service.access.limits import Rate
from syncsage_service.access.observed import Observed
from syncsage_service.api import (
    description,
    diagnosis,
    errors,
    health,
    hooks,
    knowledge,
    outcomes,
    page,
    sessions,
    tracking,
)
from syncsage_service.problems import handle_problems
from syncsage_service.service import Service, needs
from syncsage_service.settings import Settings


def create_app(
    settings: Settings, engine: Engine | None = None, tell_others: Callable[[], None] | None = None
) -> FastAPI:
    """Return the application.

    Args:
        settings: What it is told.
        engine: The engine to begin with; loaded at the start where left out.
        tell_others: Tells further processes of the same service that the knowledge was read anew.

    Raises:
        InputError: A setting is none.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncGenerator[None]:
        # Endpoints are plain functions: they run in threads, so that no engine work ever holds the event loop.
        to_thread.current_default_thread_limiter().total_tokens = settings.threads
        app.state.service = await to_thread.run_sync(Service.start, settings, engine)
        try:
            yield
        finally:
            await to_thread.run_sync(app.state.service.stop)

    # The usual pages that show the description load scripts from elsewhere; there is the description alone.
    app = FastAPI(title="SyncSage", version=__version__, lifespan=life, openapi_url=None, redirect_slashes=False)
    app.state.tell_others = tell_others
    handle_problems(app)
    _guard(app, settings)
    _add_routes(app)
    return app


def _add_routes(app: FastAPI) -> None:
    for part in (diagnosis, errors, knowledge, tracking):
        app.include_router(part.router, dependencies=[Depends(needs("diagnose"))])
    for part in (sessions, outcomes):
        app.include_router(part.router, dependencies=[Depends(needs("sessions"))])
    for router in (knowledge.admin, health.admin):
        app.include_router(router, dependencies=[Depends(needs("admin"))])
    app.include_router(health.router)
    app.include_router(hooks.router)  # each verifies its own signature
    app.include_router(description.router)
    app.include_router(page.router)


def _guard(app: FastAPI, settings: Settings) -> None:
    """Put the layers around the application that every request goes through; what is added last comes first."""
    app.add_middleware(Crowd, settings)
    app.add_middleware(Bodies, settings)
    app.add_middleware(Guard, settings, Rate(settings.rate))
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key"],
            expose_headers=["ETag", "Location", "RateLimit", "Retry-After", "X-Request-ID", "Idempotency-Replayed"],
        )
    app.add_middleware(Observed)
    app.add_middleware(UsualHeaders)
