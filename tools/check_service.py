"""The service in the clean environment of ``check_wheel.py``: what it says without its extra, and how it serves."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path

#: What the program says of commands whose packages are missing.
LACKING = "needs more packages: pip install 'syncsage[service]'"
ERROR_TEXT = "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync"
#: Seconds that the service has to come up, to answer, and to end.
PATIENCE = 120


class CheckError(Exception):
    """What is built does not do what it should."""


def surroundings_in(folder: Path) -> dict[str, str]:
    """Return the variables of a process whose home is ``folder``."""
    kept = {key: os.environ[key] for key in os.environ if not key.startswith(("PYTHON", "SYNCSAGE", "XDG_"))}
    return kept | {"HOME": str(folder), "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


def refuse(programs: Path, folder: Path) -> None:
    """Let the commands of the service say what they lack: the extra is not installed.

    Raises:
        CheckError: They do not, or fail in another way.
    """
    for command in ("serve", "mcp"):
        call = [str(programs / "syncsage"), command]
        done = subprocess.run(
            call, cwd=folder, env=surroundings_in(folder), capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode != 2 or LACKING not in done.stderr:
            raise CheckError(
                f"syncsage {command} without the extra ended with {done.returncode}:\n{done.stderr[-2000:]}"
            )
    print("  ok         without the extra: serve and mcp say what they lack")


def serve(programs: Path, folder: Path) -> None:
    """Start the service, ask it once, and end it.

    Raises:
        CheckError: It does not come up, does not recognise the error, or does not end well.
    """
    began = time.perf_counter()
    command = [str(programs / "syncsage"), "serve", "--port", "0"]
    log = folder / "service.log"
    with log.open("wb") as stderr:
        process = subprocess.Popen(command, cwd=folder, env=surroundings_in(folder), stdout=stderr, stderr=stderr)
    try:
        address = _address(process, log)
        body = json.dumps({"text": ERROR_TEXT}).encode()
        asked = HTTPConnection(address, timeout=PATIENCE)
        asked.request("POST", "/v1/diagnosis", body, {"Content-Type": "application/json"})
        step = json.load(asked.getresponse())
        process.send_signal(signal.SIGTERM)
        code = process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()
    if not step.get("problems") or (code and os.name != "nt"):
        raise CheckError(f"serve recognised {step.get('problems')} and ended with {code}:\n{_said(log)}")
    print(f"  ok {time.perf_counter() - began:6.2f} s  syncsage serve: asked over HTTP, ended by SIGTERM")


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Return address and port that the service tells."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        if found := re.search(r"http://([\d.]+:\d+)", _said(log)):
            return found.group(1)
        time.sleep(0.1)
    raise CheckError(f"the service does not come up:\n{_said(log)}")


def _said(log: Path) -> str:
    return log.read_text("utf-8", errors="replace")[-4000:]
