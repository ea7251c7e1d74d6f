"""How load, answers and memory grow with the knowledge: 100, 1,000, 10,000 and (``--largest``) 100,000 entries.

``python bench/growth.py [--largest] [--lint] [--runs N]`` makes up a knowledge base of each size and measures it in new
processes. An entry is a problem; causes, procedures, findings, rules and codes come with it. Measured are

* the first load, from YAML, and later ones, from the cache that it leaves;
* the first answer of a process, and further ones, to an error known word for word, to a complaint in free words, and
  to the error misspelt; and the step after an answer;
* the memory of the process at its peak: after the load, the exact answer, and all of them.

The vectors are those of a stand-in encoder of the same width, which adds up random vectors of words: the real one would
need hours for a million texts. What the real one takes for the complaint is measured beside it; no answer holds it.
Limits that the machine sets, in the same process: ``json.loads`` of the bytes that are cached, and one product of a
vector with as many rows by BLAS. Figures are milliseconds of CPU time (of ``kb lint``: of the clock), medians of
several processes and of the runs in each. The exponent is that of the growth over the last step: 1 is linear, 0 none.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}

from generators.families import Sample
from generators.knowledge import generate
from syncsage import Engine, Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZES, LARGEST = (100, 1_000, 10_000), 100_000
_WIDTH = 384
_PROCESSES = 3
_T = TypeVar("_T")
_Figures = dict[str, float]


class StandIn:
    """Vectors from words alone: each word has a random direction, a text is the sum of its words."""

    key = "stand-in"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, 384)."""
        import numpy as np

        rows = np.stack([np.sum([_direction(word) for word in text.split() or [""]], axis=0) for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@cache
def _direction(word: str) -> NDArray[np.float32]:
    import numpy as np

    seed = int.from_bytes(word.encode()[:12], "little")
    return np.random.default_rng(seed).standard_normal(_WIDTH, dtype=np.float32)


class Probe:
    """Measures one knowledge base in this process.

    Args:
        folder: Where it lies.
        cache_dir: Folder of its cache.
        runs: Further runs of each answer.
    """

    def __init__(self, folder: Path, cache_dir: Path, runs: int) -> None:
        self.figures: _Figures = {}
        self._cache = cache_dir
        self._runs = runs
        loaded = self._timed("load", lambda: Engine.load(folder, cache_dir=cache_dir))
        self._note_memory("load")
        self._engine = Engine(loaded.kb, cache_dir, encoders=(StandIn(), StandIn()), path=folder)

    def answers(self, sample: Sample) -> None:
        """Measure everything that is answered.

        Raises:
            SystemExit: An answer is wrong: how long it took would say nothing.
        """
        step = self._repeated("exact", lambda: self._engine.diagnose(text=sample.exact))
        if [match.id for match in step.problems] != [sample.problem] or step.next is None or not step.next.choices:
            raise SystemExit(f"{sample.exact!r} was answered with {step.problems}")
        parsed = self._engine.parse(sample.exact)
        answer = Evidence(step.next.id, step.next.choices[0].value)
        self._repeated("next step", lambda: self._engine.diagnose([answer], parsed=parsed))
        self._note_memory("exact")
        for name, text in (("free", sample.free), ("misspelt", sample.misspelt)):
            found = self._repeated(name, partial(self._engine.diagnose, text=text))
            if sample.problem not in [match.id for match in found.problems]:
                raise SystemExit(f"{text!r} was taken for {found.problems}")
        self._note_memory("all")

    def limits(self, sample: Sample) -> None:
        """Measure what the machine needs at least, and the real encoder."""
        import numpy as np

        from syncsage.observing.encoder import QuickEncoder

        gc.disable()  # json.loads is not to pay for what else lives here
        body = next(self._cache.glob("knowledge-*.json")).read_bytes().partition(b"\n")[2]
        self._repeated("json.loads of the cache", lambda: json.loads(body))
        facets = 0
        for problem in self._engine.kb.problems.values():
            signed = sum(len(signature.samples) for signature in problem.signatures)
            facets += 1 + len(problem.phrasings) + len(problem.samples) + signed + len(problem.causes)
        rows, one = np.ones((facets, _WIDTH), np.float32), np.ones(_WIDTH, np.float32)
        self._repeated("BLAS, one vector", lambda: rows @ one)
        encoder = QuickEncoder()
        self._repeated("real encoder", lambda: encoder.encode([sample.free]))

    def _timed(self, name: str, act: Callable[[], _T]) -> _T:
        began = time.process_time()
        result = act()
        self.figures[name] = (time.process_time() - began) * 1000
        return result

    def _repeated(self, name: str, act: Callable[[], _T]) -> _T:
        result = self._timed(f"{name}, first", act)
        times: list[float] = []
        for _ in range(self._runs):
            self._timed(name, act)
            times.append(self.figures[name])
        self.figures[name] = statistics.median(times)
        return result

    def _note_memory(self, name: str) -> None:
        self.figures[f"MB, {name}"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(size: int, folder: Path, runs: int, lint: bool) -> _Figures:
    """Make up a knowledge base in ``folder`` and return its figures."""
    began = time.perf_counter()
    sample = generate(folder / "kb", size)
    print(f"{size:,} entries made up in {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)
    first = _probe("load", folder, sample, runs)
    figures = {"first load": first["load"], "MB, first load": first["MB, load"]}
    found = [_probe("answers", folder, sample, runs) for _ in range(_PROCESSES if size < LARGEST else 1)]
    figures |= {name: statistics.median(one[name] for one in found) for name in found[0]}
    if lint:
        began = time.perf_counter()
        command = [str(Path(sys.executable).with_name("syncsage")), "--kb", str(folder / "kb"), "kb", "lint"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        figures["kb lint"] = (time.perf_counter() - began) * 1000
    return figures


def _probe(what: str, folder: Path, sample: Sample, runs: int) -> _Figures:
    command = [sys.executable, __file__, "--probe", what, str(folder), json.dumps(asdict(sample)), "--runs", str(runs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: _Figures = json.loads(done.stdout)
    return figures


def probe(what: str, folder: str, sample: str, runs: int) -> None:
    """Measure in this process and print the figures as JSON."""
    probe = Probe(Path(folder) / "kb", Path(folder) / "cache", runs)
    if what == "answers":
        probe.answers(Sample(**json.loads(sample)))
        probe.limits(Sample(**json.loads(sample)))
    print(json.dumps(probe.figures))


def table(found: Mapping[int, _Figures]) -> str:
    """Lay out the figures of all sizes, with the exponent of the last step and the growth from the first size."""
    sizes = list(found)
    lines = [f"{'':<26}" + "".join(f"{size:>10,}" for size in sizes) + f"{'exponent':>10}"]
    for name in found[sizes[0]]:
        values = [found[size].get(name, math.nan) for size in sizes]
        cells = "".join(f"{value:>10,.{1 if value < 100 else 0}f}" for value in values)
        exponent = math.log(values[-1] / values[-2]) / math.log(sizes[-1] / sizes[-2]) if len(sizes) > 1 else math.nan
        lines.append(f"{name:<26}{cells}{exponent:>10.2f}")
    return "\n".join(lines)


def main() -> int:
    """Measure all sizes and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--largest", action="store_true", help="100,000 entries too: half an hour, 15 GB of memory")
    parser.add_argument("--lint", action="store_true", help="time kb lint too")
    parser.add_argument("--runs", type=int, default=9, help="further runs of each answer (default 9)")
    parser.add_argument("--probe", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.probe:
        what, folder, sample = arguments.probe
        probe(what, folder, sample, arguments.runs)
        return 0
    found: dict[int, _Figures] = {}
    for size in (*SIZES, *([LARGEST] if arguments.largest else [])):
        with tempfile.TemporaryDirectory() as folder:
            found[size] = measure(size, Path(folder), arguments.runs, arguments.lint)
    print(table(found))
    fixed, grown = (found[size]["free"] + found[size]["real encoder"] for size in (SIZES[0], SIZES[2]))
    print(f"\na complaint with the real encoder: {fixed:.1f} ms at {SIZES[0]:,}, {grown:.1f} ms at {SIZES[2]:,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
