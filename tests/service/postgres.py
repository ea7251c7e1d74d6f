"""A PostgreSQL of the tests' own: made, started and thrown away by them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

_NUMBERS = count(1)
_USER = "postgres"
#: Nobody needs what is in it after the tests.
_CONF = ("listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=120", "shared_buffers=16MB")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL, reached by a socket in its folder."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql+psycopg://{_USER}@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        name = f"test{next(_NUMBERS)}"
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.url(name)


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL of this machine; Debian keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    places = [*([Path(on_path)] if on_path else []), *found]
    return next((place.parent for place in reversed(places) if (place.parent / "pg_ctl").exists()), None)


@contextmanager
def running(folder: Path) -> Generator[Cluster]:
    """Start a new cluster of the programs in ``folder``, and throw it away at the end."""
    place = Path(tempfile.mkdtemp(prefix="syncsage-pg-"))  # short: a socket's path has 107 characters at most
    if os.geteuid() == 0:
        shutil.chown(place, _USER)
    try:
        _run(folder / "initdb", "-D", place / "data", "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = " ".join(f'-c "{setting}"' for setting in (*_CONF, f"unix_socket_directories={place}"))
        _run(folder / "pg_ctl", "-D", place / "data", "-l", place / "log", "-w", "-o", settings, "start")
        try:
            yield Cluster(place)
        finally:
            _run(folder / "pg_ctl", "-D", place / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _run(*command: object) -> None:
    """Run a program that refuses to be root as the user that Debian's package has made."""
    wrapped = ["runuser", "-u", _USER, "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*wrapped, *map(str, command)], cwd="/", capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
