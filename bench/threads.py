"""What holding the matrix library to one thread is worth for a query, and what it costs.

``python bench/threads.py [--runs N]`` encodes one complaint and compares it with 700 and with 100,000 vectors, in a
process of its own for each setting, all in turns:

* one thread, by threadpoolctl, as the program does it;
* as many threads as the library starts by itself (the peer);

each alone, and beside one process that keeps a processor busy, as on a server at work. Medians and 95th percentiles in
milliseconds. At the end, what threadpoolctl costs: its import with the first look for the library, and each use.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

QUERY = "our wsus gets no updates since the proxy was replaced"
WORK = """
import contextlib, json, sys, time
import numpy as np
from syncsage.observing import encoder, threads, vectors
began = time.perf_counter()
with threads.one_thread():
    first = time.perf_counter() - began
began = time.perf_counter()
for _ in range(1000):
    with threads.one_thread():
        pass
each = time.perf_counter() - began
if sys.argv[1] == "free":
    encoder.one_thread = vectors.one_thread = contextlib.nullcontext
query = encoder.QuickEncoder()
random = np.random.default_rng(1)
sizes = [random.standard_normal((rows, 384), dtype=np.float32).astype(np.float16) for rows in (700, 100_000)]
for rows in sizes:
    vectors.cosines(rows, query.encode([sys.argv[2]]))
def timed(work):
    began = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - began) * 1000
times = {"encode": [], "700": [], "100,000": []}
for _ in range(25):
    found, spent = timed(lambda: query.encode([sys.argv[2]]))
    times["encode"].append(spent)
    for name, rows in zip(("700", "100,000"), sizes):
        times[name].append(timed(lambda: vectors.cosines(rows, found))[1])
json.dump({"times": times, "first": first * 1000, "each": each * 1000}, sys.stdout)
"""


@contextmanager
def busy(wanted: bool) -> Generator[None]:
    """Keep one processor busy meanwhile."""
    if not wanted:
        yield
        return
    other = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        other.kill()
        other.wait()


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Time a query with one thread and with several.")
    parser.add_argument("--runs", type=int, default=4, help="processes of each setting (default 4)")
    runs: int = parser.parse_args().runs
    times: dict[tuple[str, bool, str], list[float]] = {}
    costs: list[tuple[float, float]] = []
    for _ in range(runs):
        for setting in ("one", "free"):
            for beside in (False, True):
                with busy(beside):
                    done = subprocess.run([sys.executable, "-c", WORK, setting, QUERY], capture_output=True, check=True)
                said = json.loads(done.stdout)
                costs.append((said["first"], said["each"]))
                for what, values in said["times"].items():
                    times.setdefault((setting, beside, what), []).extend(values)
    print(
        f"{'':36}{'encode':>16}{'700 rows':>16}{'100,000 rows':>16}\n{'':36}{'p50     p95':>16}"
        + f"{'p50     p95':>16}" * 2
    )
    for setting, name in (("one", "one thread"), ("free", "several threads")):
        for beside in (False, True):
            shown = "".join(_figures(times[setting, beside, what]) for what in ("encode", "700", "100,000"))
            print(f"{name + (', beside a busy process' if beside else ''):36}{shown}")
    first, each = (statistics.median(column) for column in zip(*costs, strict=True))
    print(f"threadpoolctl: {first:.1f} ms for import and first look, {each / 1000:.3f} ms for each use")


def _figures(values: list[float]) -> str:
    return f"{statistics.median(values):8.1f}{statistics.quantiles(values, n=20)[-1]:8.1f}"


if __name__ == "__main__":
    main()
