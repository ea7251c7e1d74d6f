"""The service as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import BICYCLE, ROOT

from syncsage_service import serving

COMMAND = (sys.executable, "-m", "syncsage_cli.start")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="the tests end processes by signals")


@dataclass
class Process:
    """A running service: what it says, and where it listens."""

    running: subprocess.Popen[str]
    port: int = 0
    over: bool = False
    said: list[str] = field(default_factory=list[str])
    grown: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self.listener = threading.Thread(target=self.listen, daemon=True)

    def listen(self) -> None:
        assert self.running.stderr is not None
        for line in self.running.stderr:
            with self.grown:
                self.said.append(line.rstrip())
                self.grown.notify_all()
        with self.grown:
            self.over = True
            self.grown.notify_all()

    def until(self, text: str, count: int = 1) -> str:
        """Wait until it has said ``text`` so many times; return the line."""
        with self.grown:
            self.grown.wait_for(lambda: self.over or sum(text in line for line in self.said) >= count, 30)
            assert sum(text in line for line in self.said) >= count, self.said
        return next(line for line in self.said if text in line)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        data = json.dumps(body) if body is not None else None
        connection.request(method, path, data, {"Content-Type": "application/json"} | headers)
        answer = connection.getresponse()
        told = answer.read()
        connection.close()
        return answer.status, json.loads(told) if "json" in answer.headers["Content-Type"] else told.decode()

    def end(self, wanted: signal.Signals = signal.SIGTERM) -> int:
        self.running.send_signal(wanted)
        return self.running.wait(60)


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    paths = os.pathsep.join(str(ROOT / part) for part in ("engine", "cli", "service"))
    url = f"sqlite:///{tmp_path / 'service.db'}"
    home = {"XDG_CONFIG_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    return os.environ | home | {"PYTHONPATH": paths, "SYNCSAGE_DATABASE_URL": url, "SYNCSAGE_KB": str(BICYCLE)}


Start = Callable[..., Process]


@pytest.fixture
def start(variables: dict[str, str]) -> Iterator[Start]:
    """Start ``syncsage serve`` and wait until it can work."""
    started: list[Process] = []

    def begin(*options: str, **more: str) -> Process:
        running = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", *options], env=variables | more, stderr=subprocess.PIPE, text=True
        )
        process = Process(running)
        started.append(process)
        process.listener.start()
        process.port = int(process.until("SyncSage serves").split(":")[2].split()[0])
        deadline = time.monotonic() + 60
        while process.ask("GET", "/readyz")[0] != 200:
            assert time.monotonic() < deadline, process.said
            time.sleep(0.05)
        return process

    yield begin
    for process in started:
        if process.running.poll() is None:
            process.running.kill()  # workers end by themselves without their parent
            process.running.wait()
        process.listener.join(60)  # until the last of them has ended
        assert process.running.stderr is not None
        process.running.stderr.close()


def run(variables: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "serve", *arguments]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=120)


def test_it_serves_until_it_is_told_to_stop(start: Start) -> None:
    service = start()
    status, step = service.ask("POST", "/v1/diagnosis", {"text": "E21"})
    assert (status, bool(step["problems"])) == (200, True)
    assert service.end() == 0
    assert not [line for line in service.said if "Traceback" in line]


def test_requests_in_flight_are_finished(start: Start) -> None:
    service = start()
    with socket.create_connection(("127.0.0.1", service.port)) as connection:
        body = json.dumps({"text": "E21"}).encode()
        head = f"POST /v1/parse HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
        connection.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n" + body[:5])
        service.ask("GET", "/healthz")  # by now the service has the head of the other one
        service.running.send_signal(signal.SIGTERM)
        service.until("Shutting down")
        connection.sendall(body[5:])
        assert connection.makefile("rb").readline().startswith(b"HTTP/1.1 200")
    assert service.running.wait(60) == 0


def test_several_processes_share_port_sessions_and_figures(start: Start) -> None:
    service = start("--workers", "2")
    service.until("Application startup complete", 2)
    status, session = service.ask("POST", "/v1/sessions", {"text": "E21"})
    assert status == 201
    assert {service.ask("GET", f"/v1/sessions/{session['id']}")[0] for _ in range(12)} == {200}
    assert 'route="/v1/sessions/{session_id}",status="200"} 12.0' in service.ask("GET", "/metrics")[1]
    assert service.ask("POST", "/v1/kb/reload")[0] == 200
    service.until("the knowledge was read anew", 2)
    assert service.end() == 0


def test_knowledge_is_read_anew_and_faulty_knowledge_is_not_taken(start: Start, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay" / "sources.yaml"
    overlay.parent.mkdir()
    notes = "- {{id: site, title: {}, product: any, version: any, date: 2026-01}}\n"
    overlay.write_text(notes.format("Notes"), "utf-8")
    service = start("--overlay", str(overlay.parent))
    before = service.ask("GET", "/v1/kb")[1]["hash"]
    overlay.write_text(notes.format("Other notes"), "utf-8")
    service.running.send_signal(signal.SIGHUP)
    service.until("the knowledge was read anew")
    after = service.ask("GET", "/v1/kb")[1]["hash"]
    assert after != before
    overlay.write_text("- [\n", "utf-8")
    status, told = service.ask("POST", "/v1/kb/reload")
    assert (status, bool(told["faults"])) == (409, True)
    service.running.send_signal(signal.SIGHUP)
    service.until("cannot be read anew")
    assert service.ask("GET", "/v1/kb")[1]["hash"] == after


def test_a_head_that_is_too_long_is_refused(start: Start) -> None:
    service = start()
    with socket.create_connection(("127.0.0.1", service.port)) as connection:
        connection.sendall(b"GET /v1/kb HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 70_000)
        assert connection.makefile("rb").readline().startswith(b"HTTP/1.1 400")
    assert service.ask("GET", "/healthz")[0] == 200


def test_keys_are_made_shown_once_listed_and_revoked(start: Start, variables: dict[str, str]) -> None:
    assert "no keys" in run(variables, "keys", "list").stderr
    made = run(variables, "keys", "add", "desk", "--scope", "diagnose")
    key = made.stdout.strip()
    listed = json.loads(run(variables, "keys", "list", "--json").stdout)
    assert [(entry["name"], entry["scopes"], entry["state"]) for entry in listed] == [("desk", "diagnose", "holds")]
    assert key.rpartition("_")[2] not in run(variables, "keys", "list").stdout
    service = start("--host", "0.0.0.0")
    bearer = {"Authorization": f"Bearer {key}"}
    assert service.ask("GET", "/v1/kb")[0] == 401
    assert service.ask("GET", "/v1/kb", **bearer)[0] == 200
    assert "revoked: 1 key" in run(variables, "keys", "revoke", "desk").stderr
    deadline = time.monotonic() + 60
    while service.ask("GET", "/v1/kb", **bearer)[0] != 401:
        assert time.monotonic() < deadline, "a revoked key goes on"
        time.sleep(0.1)
    assert run(variables, "keys", "revoke", "desk").returncode == 2


def test_commands_of_keys_load_no_knowledge(variables: dict[str, str]) -> None:
    done = run(variables | {"SYNCSAGE_KB": "/nowhere"}, "keys", "list")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "more", "told"),
    [
        (["--host", "0.0.0.0"], {}, "there are no keys"),
        (["--host", "nowhere.invalid"], {}, "there are no keys"),
        ([], {"SYNCSAGE_DATABASE_URL": "mysql://h/x"}, "sqlite or postgresql"),
        ([], {"SYNCSAGE_DATABASE_URL": "sqlite:////dev/null/all.db"}, "/dev/null"),
        ([], {"SYNCSAGE_DATABASE_URL": "postgresql://u:geheim@127.0.0.1:1/x"}, "u:***@"),
        ([], {"SYNCSAGE_RATE": "often"}, "SYNCSAGE_RATE"),
        ([], {"SYNCSAGE_THREADS": "-1"}, "SYNCSAGE_THREADS"),
        ([], {"SYNCSAGE_CORS_ORIGINS": "*"}, "SYNCSAGE_CORS_ORIGINS"),
        (["--workers", "0"], {}, "--workers"),
    ],
)
def test_what_is_wrong_is_said_and_no_more(
    variables: dict[str, str], arguments: list[str], more: dict[str, str], told: str
) -> None:
    done = run(variables | more, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "geheim" not in done.stderr


def test_a_busy_port_is_said(variables: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run(variables, "--port", port)
    assert done.returncode == 2
    assert f"port {port}: address already in use" in done.stderr


def test_answers_go_out_at_once() -> None:
    with serving.listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()) as asking:
        answering, _ = listening.accept()
        assert answering.proto == socket.IPPROTO_TCP  # without it asyncio leaves small pieces to Nagle's algorithm
        answering.close()
        asking.close()
