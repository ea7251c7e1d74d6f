"""How long it takes from starting a process to its first answer, and how much memory.

``python bench/startup.py [--runs N]`` starts, in turns so that a busy machine hurts all alike,

* the peer of short answers: an interpreter that imports prompt_toolkit and rich, which an interactive Python program
  of this kind loads before its first line of own work;
* the peer of answers by meaning: an interpreter that encodes one sentence by sentence-transformers with the same model;
* an empty interpreter, the floor under all of them;
* ``syncsage ask`` with an error known word for word, and ``syncsage lookup``;
* ``syncsage ask`` with a complaint in free words, for which the model is loaded: with warm caches on disk, and with an
  empty cache folder (the very first run); in both the vectors that come with the program are there, if it was
  installed by ``make`` or as a wheel.

Each is a new process; a first round, which fills the caches of program and operating system, is not counted. The
table gives medians of wall time with minimum and maximum, of CPU time (user and system), and of the peak of memory,
and wall time over that of the first peer. The second complaint of one process is timed apart, in this process. The
machine's load decides the absolute figures: only those of one run may be compared.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from syncsage import Engine
from syncsage.observing.models import find_model

ERROR_TEXT = "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync"
COMPLAINT = "our wsus gets no updates since the proxy was replaced"
SECOND = "since last week the nightly catalogue run ends early and nobody touched the machine"
PROGRAM = str(Path(sys.executable).with_name("syncsage"))
REFERENCE = """
import sys
from sentence_transformers import SentenceTransformer
SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True).encode(sys.argv[2:], normalize_embeddings=True)
"""


@dataclass(slots=True)
class Subject:
    """A command with what its runs took: milliseconds of wall and of CPU time, megabytes.

    Attributes:
        name: How it is called in the table.
        command: What is run.
        codes: The exit codes that are right.
        first: Each run gets an empty cache folder.
    """

    name: str
    command: list[str]
    codes: tuple[int, ...] = (0,)
    first: bool = False
    wall: list[float] = field(default_factory=list[float])
    cpu: list[float] = field(default_factory=list[float])
    memory: list[float] = field(default_factory=list[float])

    def run(self, counted: bool) -> None:
        """Start the command once and wait for its end.

        Raises:
            SystemExit: The command failed: a time of it would say nothing.
        """
        with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryFile() as said:
            surroundings = {**os.environ, "XDG_CACHE_HOME": cache} if self.first else None
            began = time.perf_counter()
            child = subprocess.Popen(
                self.command, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
            )
            _, status, used = os.wait4(child.pid, 0)
            wall = time.perf_counter() - began
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode not in self.codes:
                said.seek(0)
                raise SystemExit(f"{self.name} ended with {child.returncode}: {said.read()[-2000:].decode()}")
        if counted:
            self.wall.append(wall * 1000)
            self.cpu.append((used.ru_utime + used.ru_stime) * 1000)
            self.memory.append(used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024))


def subjects() -> list[Subject]:
    """Name what is measured; the peers come first."""
    reference = [sys.executable, "-c", REFERENCE, str(find_model()), COMPLAINT]
    free = [PROGRAM, "ask", COMPLAINT, "--json"]
    answers = (0, 10, 11)
    return [
        Subject("import prompt_toolkit, rich", [sys.executable, "-c", "import prompt_toolkit, rich"]),
        Subject("sentence-transformers, 1 sentence", reference),
        Subject("empty interpreter", [sys.executable, "-c", "pass"]),
        Subject("syncsage ask ERROR --json", [PROGRAM, "ask", ERROR_TEXT, "--json"], answers),
        Subject("syncsage lookup 6703", [PROGRAM, "lookup", "6703"]),
        Subject("syncsage ask FREE TEXT --json", free, answers),
        Subject("the same, empty cache", free, answers, first=True),
    ]


def table(measured: list[Subject]) -> str:
    """Lay out medians, spread, memory, and the ratio to the first subject."""
    peer = statistics.median(measured[0].wall)
    lines = [f"{'':34}{'wall ms':>9}{'min':>8}{'max':>8}{'cpu ms':>9}{'MB':>6}{'x peer':>8}"]
    for subject in measured:
        wall = statistics.median(subject.wall)
        spread = f"{min(subject.wall):8.0f}{max(subject.wall):8.0f}"
        cpu, memory = statistics.median(subject.cpu), statistics.median(subject.memory)
        lines.append(f"{subject.name:34}{wall:9.0f}{spread}{cpu:9.0f}{memory:6.0f}{wall / peer:8.2f}")
    return "\n".join(lines)


def second_answer(runs: int) -> float:
    """Return the milliseconds that a complaint takes in a process which has answered one before."""
    engine = Engine.load()
    times: list[float] = []
    for _ in range(runs):
        for text in (COMPLAINT, SECOND):
            began = time.perf_counter()
            engine.diagnose(text=text)
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Time cold starts against peers.")
    parser.add_argument("--runs", type=int, default=11, help="counted runs of each command (default 11)")
    runs: int = parser.parse_args().runs
    os.environ.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # as on any machine: compiled once, in the round that is not counted
    os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    measured = subjects()
    for round_number in range(runs + 1):
        for subject in measured:
            subject.run(counted=round_number > 0)
    print(f"process start to answer, median of {runs} runs, Python {sys.version.split()[0]}, {os.cpu_count()} CPUs")
    print(table(measured))
    print(f"a second free text in the same process: {second_answer(runs):.1f} ms")


if __name__ == "__main__":
    main()
