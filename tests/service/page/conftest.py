"""The page in a real browser, against a real server."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from syncsage.engine import Engine
from syncsage_service import Settings, create_app

CHROMIUM = Path("/usr/bin/chromium")


@contextmanager
def serving(engine: Engine, folder: Path) -> Generator[str]:
    """Serve the application on a free port and yield its address."""
    app = create_app(Settings(database_url=f"sqlite:///{folder / 'service.db'}", rate="100000/minute"), engine)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
        begun = threading.Event()

        async def serve() -> None:
            run = asyncio.create_task(server.serve([listening]))
            while not server.started and not run.done():
                await asyncio.sleep(0.01)
            begun.set()
            await run

        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        try:
            assert begun.wait(30)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.fixture(scope="session")
def address(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service over the bicycle knowledge."""
    with serving(engine, tmp_path_factory.mktemp("bicycle")) as address:
        yield address


@pytest.fixture(scope="session")
def bundled_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service over the bundled knowledge."""
    with serving(Engine.load(), tmp_path_factory.mktemp("bundled")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("the page is tried in a browser: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, watched: Callable[[Page], Page]) -> Page:
    return watched(context.new_page())


@pytest.fixture
def watched() -> Iterator[Callable[[Page], Page]]:
    """Fail the test for whatever the browser complains of: errors, violations of the policy, dialogs."""
    complaints: list[str] = []

    def watch(page: Page) -> Page:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on(
            "console",
            lambda message: (
                # What a test lets fail on the way to the service is said in the console, too.
                complaints.append(message.text)
                if message.type == "error" and not message.text.startswith("Failed to load resource")
                else None
            ),
        )
        return page

    yield watch
    assert complaints == []
