"""A real server in a process of its own, over the bicycle knowledge: ``python -m tests.service.serving URL``."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from tests.conftest import BICYCLE, ROOT, WordEncoder

from syncsage.engine import Engine
from syncsage.knowledge import load
from syncsage_service import Settings, create_app


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens."""

    process: subprocess.Popen[str]
    url: str

    def kill(self) -> None:
        """End it as a power cut would: nothing is finished."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(database_url: str) -> Generator[Server]:
    """Start a server, and stop it at the end if nobody has killed it."""
    command = [sys.executable, "-m", "tests.service.serving", database_url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Server(process, process.stdout.readline().strip())
        finally:
            process.terminate()


def main() -> None:
    """Serve until told to stop; the first line printed is the URL."""
    words = WordEncoder()
    app = create_app(Settings(database_url=sys.argv[1]), Engine(load(BICYCLE), encoders=(words, words)))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main()
