"""The application: routes, errors, and what is made at its start and let go at its end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI

from syncsage import Engine, __version__
from syncsage_service.api import diagnosis, health, page, sessions
from syncsage_service.problems import handle_problems
from syncsage_service.service import Service
from syncsage_service.settings import Settings


def create_app(settings: Settings, engine: Engine | None = None) -> FastAPI:
    """Return the application.

    Args:
        settings: What it is told.
        engine: The engine to begin with; loaded at the start where left out.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncGenerator[None]:
        # Endpoints are plain functions: they run in threads, so that no engine work ever holds the event loop.
        to_thread.current_default_thread_limiter().total_tokens = settings.threads
        app.state.service = await to_thread.run_sync(Service.start, settings, engine)
        try:
            yield
        finally:
            app.state.service.stop()

    app = FastAPI(title="SyncSage", version=__version__, lifespan=life)
    handle_problems(app)
    for part in (diagnosis, sessions, health, page):
        app.include_router(part.router)
    return app
