"""Real servers on one database: none loses what another one wrote, nor what it said it had kept when it is killed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Lock, Semaphore

import httpx2
from sqlalchemy import Engine as Database
from sqlalchemy import text
from tests.service.serving import Server, serving

from syncsage.engine import Engine
from syncsage_service import Settings
from syncsage_service.desk import Desk
from syncsage_service.engines import Engines
from syncsage_service.store.sessions import SessionStore


def _begin(server: Server, number: int) -> list[str]:
    with httpx2.Client(base_url=server.url, transport=httpx2.HTTPTransport(retries=20), timeout=30) as client:
        begun = [client.post("/v1/sessions", json={"text": "the chain skips"}) for _ in range(number)]
    return [response.json()["id"] for response in begun]


def _texts(database: Database, engine: Engine, session_id: str) -> list[str]:
    """Return what was told in a session as a new process finds it, replayed."""
    desk = Desk(Engines(Settings(), engine), SessionStore(database))
    kept = desk.read(None, session_id)
    assert len(kept.session.log) == kept.row.length
    assert kept.session.step.problems
    return [event.text for event in kept.session.log]


def test_two_replicas_lose_no_turn(database_url: str, database: Database, engine: Engine) -> None:
    with serving(database_url) as one, serving(database_url) as other:
        sessions = _begin(one, 2)
        assert len(_begin(other, 1)) == 1

        def say(thread: int) -> list[tuple[str, str]]:
            said: list[tuple[str, str]] = []
            with httpx2.Client(timeout=30) as client:
                for number in range(10):
                    server, place = (one, other)[(thread + number) % 2], sessions[number // 2 % 2]
                    turn = {"kind": "told", "text": f"note {thread}-{number}"}
                    status = 409  # others were quicker, many times over
                    while status == 409:
                        status = client.post(f"{server.url}/v1/sessions/{place}/turns", json=turn).status_code
                    assert status == 200
                    said.append((place, turn["text"]))
            return said

        with ThreadPoolExecutor(8) as threads:
            said = [pair for pairs in threads.map(say, range(8)) for pair in pairs]
    kept = [(place, words) for place in sessions for words in _texts(database, engine, place)[1:]]
    assert Counter(kept) == Counter(said)


def test_what_was_acknowledged_survives_kill_9(database_url: str, database: Database, engine: Engine) -> None:
    sessions: list[str] = []
    said: list[tuple[str, str]] = []
    tried: list[tuple[str, str]] = []
    for round_number in range(4):
        with serving(database_url) as server:
            sessions += _begin(server, 2)
            _write_until_killed(server, sessions, f"round {round_number}", said, tried)
    kept = Counter((place, words) for place in sessions for words in _texts(database, engine, place)[1:])
    assert len(said) >= 4 * 12
    assert Counter(said) == Counter(pair for pair in kept.elements() if pair in set(said))
    assert kept <= Counter(tried)
    if database.dialect.name == "sqlite":
        with database.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


def _write_until_killed(
    server: Server, sessions: Sequence[str], prefix: str, said: list[tuple[str, str]], tried: list[tuple[str, str]]
) -> None:
    """Let four threads write; kill the server when twelve writes are acknowledged and others are under way."""
    acknowledged, lock = Semaphore(0), Lock()

    def write(thread: int) -> None:
        with httpx2.Client(base_url=server.url, timeout=30) as client:
            for number in count():
                place, words = sessions[(thread + number) % len(sessions)], f"{prefix}: {thread}-{number}"
                headers = {"Idempotency-Key": words} if thread % 2 else {}
                with lock:
                    tried.append((place, words))
                try:
                    turn = {"kind": "told", "text": words}
                    answer = client.post(f"/v1/sessions/{place}/turns", json=turn, headers=headers)
                except httpx2.TransportError:
                    return
                if answer.status_code == 200:
                    with lock:
                        said.append((place, words))
                    acknowledged.release()

    with ThreadPoolExecutor(4) as threads:
        done = [threads.submit(write, thread) for thread in range(4)]
        for _ in range(12):
            acknowledged.acquire()
        server.kill()
        for future in done:
            future.result()
