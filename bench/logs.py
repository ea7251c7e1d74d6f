"""How long large logs take, against counting the lines with the same texts in them.

``python bench/logs.py [--size MB] [--runs N]`` makes up a log in the CCM form and one in the ``$$<`` form (see
``generators/sync_logs.py``; the same ones every time), and starts, in turns so that a busy machine hurts all alike,

* the peer: ``grep -cF`` with the fixed texts that SyncSage looks for in the same file;
* ``wc -l``, the floor under everything that looks at each byte;
* a loop over the lines in Python, what a program in Python pays before it has looked at anything;
* ``syncsage track FILE --json``.

The table gives medians of CPU time (user and system) and wall time in milliseconds, CPU time over that of the peer, and
the most memory used. What the program says of each run is compared with what was put into the file: outcome, role,
site, trigger, beginning, end, failing step, failures of single updates, signature.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from generators.sync_logs import Form, TruthRun, write
from syncsage.knowledge import load
from syncsage.observing.logs.watch import watcher

PROGRAM = str(Path(sys.executable).with_name("syncsage"))
_READ_LINES = "import sys\nfor line in open(sys.argv[1], 'rb'): pass"
_SHOWN = 5


@dataclass(slots=True)
class Subject:
    """A command with what its runs took: CPU and wall in milliseconds, memory in MB."""

    name: str
    command: Sequence[str]
    codes: tuple[int, ...] = (0,)
    cpu: list[float] = field(default_factory=list[float])
    wall: list[float] = field(default_factory=list[float])
    memory: float = 0.0

    def run(self, output: Path, counted: bool) -> None:
        """Start the command once, with ``output`` as its standard output, and wait for its end.

        Raises:
            SystemExit: The command failed: a time of it would say nothing.
        """
        # Into a file: grep stops at the first hit where its output goes to /dev/null.
        with output.open("wb") as file:
            began = time.perf_counter()
            process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=file)
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in self.codes:
            raise SystemExit(f"{self.name} ended with {process.returncode}")
        if counted:
            self.cpu.append((used.ru_utime + used.ru_stime) * 1000)
            self.wall.append(wall * 1000)
            self.memory = max(self.memory, used.ru_maxrss / 1024)


def subjects(log: Path) -> list[Subject]:
    """Name what is measured; the peer comes first."""
    with log.open(encoding="utf-8") as file:
        texts = watcher(load(), log.name, file.read(1 << 16)).texts
    patterns = [part for text in texts for part in ("-e", text)]
    return [
        Subject(f"grep -cF, {len(texts)} texts", ["grep", "-cF", *patterns, str(log)]),
        Subject("wc -l", ["wc", "-l", str(log)]),
        Subject("lines in Python", [sys.executable, "-c", _READ_LINES, str(log)]),
        Subject("syncsage track --json", [PROGRAM, "track", str(log), "--json"], codes=(0, 10, 11)),
    ]


def table(measured: Sequence[Subject]) -> str:
    """Lay out medians and the ratio to the first subject."""
    peer = statistics.median(measured[0].cpu)
    lines = [f"{'':24}{'cpu ms':>9}{'min':>8}{'max':>8}{'wall ms':>9}{'x peer':>8}{'MB':>7}"]
    for subject in measured:
        cpu, wall = statistics.median(subject.cpu), statistics.median(subject.wall)
        spread = f"{min(subject.cpu):8.0f}{max(subject.cpu):8.0f}"
        lines.append(f"{subject.name:24}{cpu:9.0f}{spread}{wall:9.0f}{cpu / peer:8.2f}{subject.memory:7.0f}")
    return "\n".join(lines)


def differences(said: dict[str, Any], truth: Sequence[TruthRun]) -> list[str]:
    """Compare what the program said with what is in the log."""
    runs: list[dict[str, Any]] = said["runs"]
    found = [] if len(runs) == len(truth) else [f"{len(runs)} runs instead of {len(truth)}"]
    expected = "failure" if truth[-1].outcome == "failure" else "success"
    if said["verdict"] != expected:
        found.append(f"verdict {said['verdict']} instead of {expected}")
    for number, (run, true) in enumerate(zip(runs, truth, strict=False), start=1):
        signature = run["signature"]
        pairs = {
            "outcome": (run["outcome"], true.outcome),
            "role": (run["role"], "top"),
            "site": (run["site"], true.site),
            "trigger": (run["trigger"], true.trigger),
            "started": (_time(run["started"]), true.started),
            "ended": (_time(run["ended"]), true.ended),
            "failing_step": (run["failing_step"], true.failing_step),
            "update_failures": (run["update_failures"], true.update_failures),
            "prefix": (signature["prefix"], true.prefix),
            "exceptions": (tuple(signature["exceptions"]), true.exceptions),
        }
        found += [f"run {number}: {name} {a} instead of {b}" for name, (a, b) in pairs.items() if a != b]
    return found


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=None) if text else None


def measure(form: Form, size: int, runs: int, folder: Path) -> bool:
    """Make one log, measure on it, print the table and tell whether every answer was right."""
    log, output = folder / f"wsyncmgr-{form}.log", folder / "output"
    truth = write(log, form, size * 1_000_000)
    measured = subjects(log)
    for round_number in range(runs + 1):
        for subject in measured:
            subject.run(output, counted=round_number > 0)
    wrong = differences(json.loads(output.read_text("utf-8")), truth)
    print(f"\n{form}: {size} MB, {len(truth)} runs; {len(wrong)} answers differ from the truth")
    print("".join(f"  {line}\n" for line in wrong[:_SHOWN]) + table(measured))
    log.unlink()
    return not wrong


def main() -> None:
    """Measure both forms and print the tables."""
    parser = argparse.ArgumentParser(description="Time tracking of large logs against grep.")
    parser.add_argument("--size", type=int, default=100, help="megabytes of each log (default 100)")
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each command (default 7)")
    arguments = parser.parse_args()
    print(f"large logs, median of {arguments.runs} runs each, Python {sys.version.split()[0]}, {os.cpu_count()} CPUs")
    with tempfile.TemporaryDirectory() as folder:
        right = [measure(form, arguments.size, arguments.runs, Path(folder)) for form in get_args(Form)]
    if not all(right):
        raise SystemExit("some answers were wrong")


if __name__ == "__main__":
    main()
