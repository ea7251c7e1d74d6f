"""How load, answers and memory grow with the knowledge: 100, 1,000, 10,000 and (``--largest``) 100,000 entries.

``python bench/growth.py [--largest] [--runs N]`` makes up a knowledge base of each size (an entry is a problem; causes,
procedures, findings, rules and tests come with it) and measures it in processes of its own:

* the first load, from YAML, and a load from the cache that it leaves;
* the first answer of a process to an error known word for word, and further ones;
* the same for a text with a typing error, a complaint in free words, and the next step after an answer;
* the memory of the process (peak) after its load and in the end.

Vectors are those of a stand-in encoder of the same width, which adds up random vectors of words: the real one would
need hours for a million texts. What the real one takes for the same complaint is measured beside it, in the same
process, and is not part of the answers. Physical limits of the same run: ``json.loads`` of the cached knowledge, and
one product of numpy's BLAS with the same vectors. The exponent is that of the growth from the second largest to the
largest size: 1 is linear.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}

from generators.knowledge import Sample, generate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZES, LARGEST = (100, 1_000, 10_000), 100_000
_WIDTH = 384
_MOST_SECONDS = 3.0
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


def measure(folder: Path, cache: Path, sample: Sample, runs: int) -> _Figures:
    """Measure one knowledge base in this process; milliseconds and megabytes."""
    figures: _Figures = {}

    def timed(name: str, act: Callable[[], object]) -> None:
        began = time.perf_counter()
        act()
        figures[f"{name}, first"] = took = (time.perf_counter() - began) * 1000
        times: list[float] = []
        while len(times) < min(runs, 1 + _MOST_SECONDS * 1000 / max(took, 0.001)):
            began = time.perf_counter()
            act()
            times.append((time.perf_counter() - began) * 1000)
        figures[name] = statistics.median(times)

    began = time.perf_counter()
    from syncsage import Engine, Evidence

    figures["import"] = (time.perf_counter() - began) * 1000
    began = time.perf_counter()
    kb = Engine.load(folder, cache_dir=cache).kb
    figures["load"] = (time.perf_counter() - began) * 1000
    figures["MB after load"] = _peak()
    encoder = StandIn()
    engine = Engine(kb, cache, encoders=(encoder, encoder), path=folder)
    timed("exact", lambda: engine.diagnose(text=sample.exact))
    parsed = engine.parse(sample.exact)
    assert [m.id for m in parsed.problems] == [sample.problem]
    step = engine.diagnose(parsed=parsed)
    assert step.next is not None and step.next.choices
    answer = Evidence(step.next.id, step.next.choices[0].value)
    timed("next step", lambda: engine.diagnose([answer], parsed=parsed))
    figures["MB after exact"] = _peak()
    timed("free", lambda: engine.diagnose(text=sample.free))
    timed("misspelt", lambda: engine.diagnose(text=sample.misspelt))
    figures["MB in the end"] = _peak()
    return figures


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
