"""How long a cold start takes, against the imports alone of a comparable terminal program.

``python bench/startup.py [--runs N]`` starts, in turns so that a busy machine hurts all alike,

* the peer: an interpreter that imports prompt_toolkit and rich, which an interactive Python program of this
  kind loads before its first line of own work;
* an empty interpreter, the floor under all of them;
* ``syncsage ask ERROR --json`` with an error text known word for word;
* ``syncsage lookup CODE``.

Each is a new process; a first round, which fills the caches of program and operating system, is not counted.
The table gives medians of wall time and of CPU time (user and system, of the child) in milliseconds, and wall
time over that of the peer. The machine's load decides the absolute figures: only those of one run may be
compared.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ERROR_TEXT = "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync"
PROGRAM = str(Path(sys.executable).with_name("syncsage"))


@dataclass(slots=True)
class Subject:
    """A command with the times of its runs, in milliseconds."""

    name: str
    command: list[str]
    codes: tuple[int, ...] = (0,)
    wall: list[float] = field(default_factory=list[float])
    cpu: list[float] = field(default_factory=list[float])

    def run(self, counted: bool) -> None:
        """Start the command once and wait for its end.

        Raises:
            SystemExit: The command failed: a time of it would say nothing.
        """
        before, began = _children_cpu(), time.perf_counter()
        done = subprocess.run(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        wall, cpu = time.perf_counter() - began, _children_cpu() - before
        if done.returncode not in self.codes:
            raise SystemExit(f"{self.name} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
        if counted:
            self.wall.append(wall * 1000)
            self.cpu.append(cpu * 1000)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def subjects() -> list[Subject]:
    """Name what is measured; the peer comes first."""
    return [
        Subject("import prompt_toolkit, rich", [sys.executable, "-c", "import prompt_toolkit, rich"]),
        Subject("empty interpreter", [sys.executable, "-c", "pass"]),
        Subject("syncsage ask ERROR --json", [PROGRAM, "ask", ERROR_TEXT, "--json"], codes=(0, 10)),
        Subject("syncsage lookup 6703", [PROGRAM, "lookup", "6703"]),
    ]


def table(measured: list[Subject]) -> str:
    """Lay out medians, spread and the ratio to the first subject."""
    peer = statistics.median(measured[0].wall)
    lines = [f"{'':30}{'wall ms':>9}{'min':>8}{'max':>8}{'cpu ms':>9}{'x peer':>8}"]
    for subject in measured:
        wall = statistics.median(subject.wall)
        spread = f"{min(subject.wall):8.0f}{max(subject.wall):8.0f}"
        cpu = statistics.median(subject.cpu)
        lines.append(f"{subject.name:30}{wall:9.0f}{spread}{cpu:9.0f}{wall / peer:8.2f}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Time cold starts against a peer's imports.")
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each command (default 15)")
    runs: int = parser.parse_args().runs
    os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    measured = subjects()
    for round_number in range(runs + 1):
        for subject in measured:
            subject.run(counted=round_number > 0)
    print(f"cold start, median of {runs} runs each, Python {sys.version.split()[0]}, {os.cpu_count()} CPUs")
    print(table(measured))


if __name__ == "__main__":
    main()
