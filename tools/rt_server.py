"""Request Tracker 5 of Debian, with a SQLite database in a folder of its own, for trials."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx2

SHARE = Path("/usr/share/request-tracker5")
PACKAGES = ("request-tracker5", "rt5-db-sqlite", "rt5-standalone")
SCRIP = Path(__file__).resolve().parents[1] / "service" / "syncsage_service" / "adapters" / "rt_scrip.pl"
_PREPARE = Path(__file__).with_suffix(".pl")
_SECONDS = 60


def install() -> None:
    """Install Debian's packages where they are missing."""
    if SHARE.is_dir() and shutil.which("rt-setup-database-5"):
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"Request Tracker is not installed. As root on Debian: apt-get install {' '.join(PACKAGES)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES], check=True, env=environment)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def await_url(url: str) -> None:
    """Wait until somebody answers at ``url``."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        try:
            httpx2.get(url, timeout=5, trust_env=False)
        except httpx2.TransportError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"nobody answers at {url}")


class RtServer:
    """A Request Tracker with its own database; ``token`` belongs to a user who may see and comment.

    Args:
        folder: Where everything is put.
        hook: Address of the service that its Scrip tells.
        secret: Shared with it.
    """

    def __init__(self, folder: Path, hook: str, secret: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "rt.log"
        (folder / "site.d").mkdir(parents=True)
        config = folder / "RT_SiteConfig.pm"
        config.write_text(self._config(folder, hook, secret), "utf-8")
        places = {"RT_SITE_CONFIG": str(config), "RT_SITE_CONFIG_DIR": str(folder / "site.d")}
        self._environment = {**os.environ, **places, "LC_ALL": "C.UTF-8"}
        self._run("rt-setup-database-5", "--action", "init", "--skip-create")
        self.token = self._run("perl", str(_PREPARE), str(SCRIP)).strip().splitlines()[-1]
        server = [str(SHARE / "libexec" / "rt-server"), "--server", "Standalone", "--port", str(self.port)]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(server, env=self._environment, stdout=log, stderr=log)
        await_url(self.url)

    def mail(self, mail: bytes, action: str = "correspond") -> None:
        """Give a mail to the mail gateway, as the mail server of the helpdesk would."""
        gate = ["rt-mailgate", "--queue", "General", "--action", action, "--url", self.url]
        subprocess.run(gate, input=mail, check=True, env=self._environment)

    def stop(self) -> None:
        """End the server."""
        self._process.terminate()
        self._process.wait(_SECONDS)

    def _config(self, folder: Path, hook: str, secret: str) -> str:
        return f"""
Set($rtname, 'rt.example'); Set($Organization, 'rt.example');
Set($CorrespondAddress, 'rt@rt.example'); Set($CommentAddress, 'rt-comment@rt.example');
Set($WebDomain, '127.0.0.1'); Set($WebPort, {self.port}); Set($WebPath, ''); Set($WebBaseURL, '{self.url}');
Set($DatabaseType, 'SQLite'); Set($DatabaseName, '{folder / "rt.db"}');
Set($MailCommand, 'testfile'); Set($LogToSTDERR, 'warning'); Set($LogToSyslog, undef); Set($LogToFile, undef);
Set(%SyncSage, URL => '{hook}', Secret => '{secret}');
1;
"""

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{command[0]} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout


@contextmanager
def silent_server(port: int) -> Generator[None]:
    """Listen on ``port`` and never answer."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", port))
        door.listen(8)
        yield
