"""A helpdesk that is made up: it records what it is asked, and fails when it is told to."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from fastapi import FastAPI

from syncsage_service.service import Service

SECRET = "a secret of more than sixteen"
CHAIN = "under load the chain jumps over the teeth"
SIGNAL = "Display: E-21 no speed signal"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that the helpdesk got."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class FakeHelpdesk:
    """A server on a free port.

    Attributes:
        answers: What GET returns, by path with its query.
        failures: Statuses of the next requests; 0 lets the next one through, -1 breaks the connection off.
        calls: What was asked.
    """

    answers: dict[str, Any] = field(default_factory=dict[str, Any])
    failures: list[int] = field(default_factory=list[int])
    calls: list[Call] = field(default_factory=list[Call])
    pause: str = ""

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def written(self) -> list[Call]:
        return [call for call in self.calls if call.method == "POST"]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(desk: FakeHelpdesk) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = desk.failures.pop(0) if desk.failures else 0
            if status == -1:
                self.connection.close()
                return
            known = desk.answers.get(self.path)
            desk.calls += [] if status else [Call(self.command, self.path, headers, body)]
            status = status or (201 if self.command == "POST" else 200 if known is not None else 404)
            data = known if isinstance(known, bytes) else json.dumps(known).encode()
            self.send_response(status)
            if desk.pause:
                self.send_header("Retry-After", desk.pause)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def timed(body: bytes, secret: str = SECRET, when: float | None = None, prefix: str = "X-SyncSage") -> dict[str, str]:
    """Sign as the Scrip and Chatwoot do."""
    stamp = str(int(time.time() if when is None else when))
    mac = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {f"{prefix}-Timestamp": stamp, f"{prefix}-Signature": f"sha256={mac}"}


def service_of(app: FastAPI) -> Service:
    service: Service = app.state.service
    return service


def settle(app: FastAPI) -> None:
    """Wait until nothing is left to be done."""
    end = time.monotonic() + 30
    outbox = service_of(app).hooks.outbox
    while outbox.waiting():
        assert time.monotonic() < end, "the outbox is not worked on"
        time.sleep(0.02)
