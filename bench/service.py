"""How many interviews the service holds, how long a request takes, and whether its memory stays flat.

``python bench/service.py [--seconds N] [--sessions N] [--database URL]`` starts ``syncsage serve`` with one and with
two workers, each over a database of its own (SQLite in a new file, or the one given), and holds interviews with it from
1, 8 and 64 clients at a time: a session is begun with an error, and what is asked is answered until the interview ends,
six times at most. Every interview is another one, chosen by its number, so that all rows hold the same mixture.

Two limits are measured in the same run: the same interviews with the engine alone, in one thread of this process, and
the same server answering ``/healthz``, which needs nothing of engine and database. The clients run beside the servers
and take a part of the processors, so the figures of a machine of its own would be better.

At the end ``--sessions`` (10,000) interviews of two requests are held with one worker, whose memory is read ten times.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import httpx2
import psutil

from syncsage import Engine

PROGRAM = str(Path(sys.executable).with_name("syncsage"))
CLIENTS = (1, 8, 64)
WORKERS = (1, 2)
TURNS = 6
#: Seconds that a server may take until it answers.
PATIENCE = 60
MIB = 1024 * 1024


@dataclass(slots=True)
class Load:
    """What a load came to: milliseconds of each request, ended interviews, and what failed.

    Attributes:
        seconds: How long it lasted.
    """

    requests: list[float] = field(default_factory=list[float])
    sessions: int = 0
    failed: int = 0
    seconds: float = 0.0

    def row(self, name: str) -> str:
        """Return the load as a line of the table."""
        centiles = statistics.quantiles(self.requests, n=100) if len(self.requests) > 1 else [0.0] * 99
        each = f"{self.sessions / self.seconds:9.1f}{len(self.requests) / self.seconds:11.1f}"
        return f"{name:34}{each}{centiles[49]:10.1f}{centiles[98]:10.1f}{self.failed:8}"


def texts() -> list[str]:
    """Return the errors that interviews begin with: the samples of the knowledge."""
    problems = Engine.load().kb.problems.values()
    found = [s for p in problems for signature in p.signatures for s in signature.samples]
    return sorted(found, key=lambda text: crc32(text.encode()))


def choice(number: int, asked: dict[str, Any]) -> str:
    """Return the answer of interview ``number`` to a question; one in eight is not known."""
    values = [option["value"] for option in asked["choices"]]
    drawn = crc32(f"{number} {asked['id']}".encode())
    return "unknown" if drawn % 8 == 0 or not values else str(values[drawn // 8 % len(values)])


async def interview(client: httpx2.AsyncClient, number: int, text: str, load: Load, turns: int = TURNS) -> None:
    """Hold one interview."""

    async def post(place: str, body: dict[str, Any]) -> dict[str, Any] | None:
        began = time.perf_counter()
        answer = await client.post(place, json=body)
        load.requests.append(1000 * (time.perf_counter() - began))
        if answer.is_success:
            data: dict[str, Any] = answer.json()
            return data
        load.failed += 1
        return None

    said = await post("/v1/sessions", {"text": text})
    for _ in range(turns):
        if said is None or said["step"]["should_stop"] or said["step"]["next"] is None:
            break
        asked = said["step"]["next"]
        answer = {"kind": "answered", "id": asked["id"], "value": choice(number, asked)}
        said = await post(f"/v1/sessions/{said['id']}/turns", answer)
    load.sessions += said is not None


async def press(base: str, clients: int, go_on: Callable[[Load], bool], one: Callable[..., Awaitable[None]]) -> Load:
    """Let ``clients`` clients do ``one`` thing after the other as long as ``go_on`` says so."""
    load, numbers = Load(), iter(range(10**9))
    limits = httpx2.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx2.AsyncClient(base_url=base, timeout=120, limits=limits) as client:

        async def work() -> None:
            while go_on(load):
                await one(client, next(numbers), load)

        began = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(clients)))
        load.seconds = time.perf_counter() - began
    return load


def for_seconds(seconds: float) -> Callable[[Load], bool]:
    """Return what goes on for some seconds from now."""
    end = time.perf_counter() + seconds
    return lambda _: time.perf_counter() < end


@contextmanager
def served(workers: int, database: str) -> Generator[tuple[str, psutil.Process]]:
    """Start a service; give its address and process, and stop it.

    Raises:
        SystemExit: It does not answer.
    """
    with tempfile.TemporaryDirectory() as folder, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.close()
        own = {"SYNCSAGE_DATABASE_URL": database or f"sqlite:///{folder}/service.db", "SYNCSAGE_RATE": "1000000/second"}
        command = [PROGRAM, "serve", "--port", str(port), "--workers", str(workers)]
        log = Path(folder) / "log"
        with log.open("wb") as said:
            child = subprocess.Popen(command, env=os.environ | own, stdout=said, stderr=said)
        try:
            _await_answer(f"http://127.0.0.1:{port}", child, log)
            yield f"http://127.0.0.1:{port}", psutil.Process(child.pid)
        finally:
            child.terminate()
            child.wait(30)


def _await_answer(base: str, child: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and child.poll() is None:
        try:
            if httpx2.get(f"{base}/readyz").is_success:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"the service does not answer:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def alone(errors: list[str], seconds: float) -> Load:
    """Hold interviews with the engine itself, in this thread."""
    engine, load = Engine.load(), Load()
    engine.warm()
    began = time.perf_counter()
    while load.seconds < seconds:
        number, session = load.sessions, engine.session()
        at = time.perf_counter()
        step = session.tell(errors[number % len(errors)])
        for _ in range(TURNS):
            load.requests.append(1000 * (time.perf_counter() - at))
            if step.should_stop or step.next is None:
                break
            asked = step.to_dict()["next"]
            at = time.perf_counter()
            step = session.answer(asked["id"], choice(number, asked))
        load.sessions, load.seconds = number + 1, time.perf_counter() - began
    return load


async def health(client: httpx2.AsyncClient, _: int, load: Load) -> None:
    """Ask for nothing."""
    began = time.perf_counter()
    answer = await client.get("/healthz")
    load.requests.append(1000 * (time.perf_counter() - began))
    load.failed += not answer.is_success


def memory(process: psutil.Process) -> float:
    """Return MB of a process and all it started."""
    return sum(each.memory_info().rss for each in (process, *process.children(recursive=True))) / MIB


def compare(errors: list[str], seconds: float, database: str) -> None:
    """Print the table of loads."""
    print(f"{'':34}{'sessions/s':>9}{'requests/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'failed':>8}")
    print(alone(errors, seconds).row("engine alone, one thread"))

    async def one(client: httpx2.AsyncClient, number: int, load: Load) -> None:
        await interview(client, number, errors[number % len(errors)], load)

    for workers in WORKERS:
        with served(workers, database) as (base, _):
            name = f"{workers} worker{'s' if workers > 1 else ''}"
            idle = asyncio.run(press(base, 8, for_seconds(seconds / 2), health))
            print(idle.row(f"{name}, /healthz, 8 clients"))
            for clients in CLIENTS:
                load = asyncio.run(press(base, clients, for_seconds(seconds), one))
                print(load.row(f"{name}, {clients} client{'s' if clients > 1 else ''}"), flush=True)


def endure(errors: list[str], sessions: int, database: str) -> None:
    """Print the memory of one worker over many interviews."""

    async def one(client: httpx2.AsyncClient, number: int, load: Load) -> None:
        await interview(client, number, f"{errors[number % len(errors)]} ({number})", load, turns=1)

    wanted = sessions // 10
    with served(1, database) as (base, process):
        print(f"\nMemory of one worker, MB\n{0:>8}{memory(process):8.0f}")
        for tenth in range(1, 11):
            load = asyncio.run(press(base, 8, lambda done: done.sessions < wanted, one))
            print(f"{tenth * wanted:>8}{memory(process):8.0f}", flush=True)
            if load.failed:
                raise SystemExit(f"{load.failed} requests failed")


def main() -> None:
    """Measure, and print."""
    arguments = argparse.ArgumentParser(description="Interviews by HTTP, from many clients.")
    arguments.add_argument("--seconds", type=float, default=10, help="length of each load")
    arguments.add_argument("--sessions", type=int, default=10_000, help="interviews while memory is read; 0: none")
    arguments.add_argument("--database", default="", help="URL of a database; a new SQLite file where left out")
    given = arguments.parse_args()
    errors = texts()
    compare(errors, given.seconds, given.database)
    if given.sessions:
        endure(errors, given.sessions, given.database)


if __name__ == "__main__":
    main()
