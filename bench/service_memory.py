"""Memory and start of one worker of the service: at its start, after complaints, and after texts of 8 MB.

The peer in the same run is a worker of the same server that only answers whether it lives.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil

PORT = 8791
PEER = """
import sys, uvicorn
from fastapi import FastAPI
app = FastAPI()
app.get("/healthz")(lambda: {})
uvicorn.run(app, port=int(sys.argv[1]), log_level="error")
"""
SERVICE = "import sys; from syncsage_cli.main import main; sys.argv[1:] = ['serve', '--port', sys.argv[1]]; main()"
LINES = "2024-03-01 08:00:00 sync failed for a reason that nobody knows\n" * 125_000


def main() -> None:
    """Print a line for each state."""
    with tempfile.TemporaryDirectory() as folder:
        for name, code in (("bare server", PEER), ("service", SERVICE)):
            variables = os.environ | {"SYNCSAGE_DATABASE_URL": f"sqlite:///{Path(folder) / 'service.db'}"}
            began = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, "-c", code, str(PORT)],
                env=variables,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                _wait()
                _tell(f"{name}, started in {time.perf_counter() - began:.1f} s", process.pid)
                if code is SERVICE:
                    _use(process.pid)
            finally:
                process.terminate()
                process.wait(60)


def _use(pid: int) -> None:
    for number in range(50):
        _ask(f"our server gets no updates since the proxy was replaced, {number} machines")
    _tell("after 50 complaints", pid)
    for _ in range(3):
        _ask(LINES[:8_000_000])
    _tell("after three texts of 8 MB", pid)


def _wait() -> None:
    for _ in range(600):
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5).close()
            return
        time.sleep(0.05)
    sys.exit("the server does not answer")


def _ask(text: str) -> None:
    body = json.dumps({"text": text}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}/v1/diagnosis", body, {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=120).close()  # noqa: S310 - the address is made here


def _tell(what: str, pid: int) -> None:
    memory = psutil.Process(pid).memory_full_info()
    print(f"{what:34}  resident {memory.rss / 1e6:5.0f} MB, its own {memory.uss / 1e6:5.0f} MB")


if __name__ == "__main__":
    main()
