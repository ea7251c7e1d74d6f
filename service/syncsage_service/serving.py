"""The service as processes: one that listens, or several behind one socket, until they are told to stop."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import cast

from fastapi import FastAPI
from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from syncsage.errors import InputError, SyncSageError
from syncsage_service.app import create_app
from syncsage_service.logs import configure
from syncsage_service.patience import PatientProtocol
from syncsage_service.service import Service
from syncsage_service.settings import Settings

_LOG = logging.getLogger(__name__)
_HANGUP: int | None = getattr(signal, "SIGHUP", None)
#: Connections at a time; what more come are told so at once.
_CONNECTIONS = 1_000
#: Bytes of the head of a request.
_HEAD = 32_768
#: Seconds that requests in flight have to come to their end.
_GRACE = 30


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        InputError: There is no such address, or it is taken.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError) as error:
        raise InputError(f"--host {host}: there is no such address") from error
    # asyncio sends small pieces at once (TCP_NODELAY) only where the protocol is named; else answers wait for 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere this would let another program take the port at the same time
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        # Whoever connects from now on waits for the service instead of being turned away.
        listening.listen(2048)
    except OSError as error:
        listening.close()
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        raise InputError(f"cannot listen on {host}, port {port}: {reason}; --port 0 takes a free one") from error
    listening.set_inheritable(True)
    return listening


def address_of(listening: socket.socket) -> str:
    """Return the URL at which a listening socket is reached from this machine."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: FastAPI, settings: Settings, listening: socket.socket) -> None:
    """Serve in this process until SIGTERM or SIGINT; requests in flight are finished first."""
    hear_hangups(app)
    _quiet_signals()
    Server(_config(app, settings)).run(sockets=[listening])


def serve_in_processes(settings: Settings, listening: socket.socket, workers: int) -> None:
    """Serve in several processes, each with an engine of its own, until SIGTERM or SIGINT."""
    # They are made anew, not copied: what they are told goes by variables.
    os.environ.update(settings.environment())
    with tempfile.TemporaryDirectory(prefix="syncsage-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        Parent(_config("syncsage_service.serving:worker", settings, workers), [listening]).run()


def worker() -> FastAPI:
    """Return the application of one of several processes."""
    configure(sys.stderr)
    threading.Thread(target=_end_with_parent, name="syncsage-parent", daemon=True).start()
    app = create_app(Settings.from_environment(os.environ), tell_others=_tell_parent)
    hear_hangups(app)
    return app


class Parent(Multiprocess):
    """Starts processes and starts those again that end; passes SIGHUP on, so that each reads its knowledge anew."""

    def handle_hup(self) -> None:
        """Pass the signal on; processes that were made anew would have forgotten earlier knowledge."""
        for process in self.processes:
            if process.pid is not None and _HANGUP is not None:
                os.kill(process.pid, _HANGUP)


def hear_hangups(app: FastAPI) -> None:
    """Let ``app`` read its knowledge anew when the process gets SIGHUP; does nothing where there is no such signal."""
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def life(running: FastAPI) -> AsyncGenerator[None]:
        async with inner(running):
            if _HANGUP is not None:
                service = cast(Service, running.state.service)
                asyncio.get_running_loop().add_signal_handler(_HANGUP, _in_background(service))
            yield

    app.router.lifespan_context = life


def _in_background(service: Service) -> Callable[[], None]:
    def begin() -> None:
        threading.Thread(target=reread, args=(service,), name="syncsage-reread", daemon=True).start()

    return begin


def reread(service: Service) -> None:
    """Read the knowledge anew and log what became of it; where it has faults, the one in use goes on."""
    try:
        engine = service.engines.reload()
    except SyncSageError as error:
        _LOG.warning("the knowledge cannot be read anew; the one in use goes on", extra={"reason": str(error)})
    else:
        _LOG.info("the knowledge was read anew", extra={"knowledge": engine.kb.version})


def _tell_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None and _HANGUP is not None:
        os.kill(parent.pid, _HANGUP)


def _end_with_parent() -> None:
    """Stop when the parent is gone, however it went: nobody would stop or count this process any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _config(app: FastAPI | str, settings: Settings, workers: int = 1) -> Config:
    return Config(
        app,
        factory=isinstance(app, str),
        workers=workers,
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=_HEAD,
        timeout_graceful_shutdown=_GRACE,
        timeout_worker_healthcheck=60,
    )


def _quiet_signals() -> None:
    """Let a stop that was asked for be a success: after it the server raises its signal once more."""
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: None)
