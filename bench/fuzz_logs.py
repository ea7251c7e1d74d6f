"""Bytes that no log should hold, to see whether reading them ever fails.

``python bench/fuzz_logs.py [--runs N] [--seconds N] [CORPUS]`` lets atheris, a fuzzer that watches which branches an
input takes, make inputs out of the samples of all formats. For each of them

* the bytes are decoded or refused, and nothing else;
* every record stands behind the one before, and its lines lie within the text;
* the runs are read as well.

The first input that breaks one of these ends the search with a traceback and is kept as ``crash-...`` in the current
folder. Inputs that took a new branch are kept in the folder CORPUS if one is given. atheris has wheels for Linux only;
where it is not installed this program says so and does nothing.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

_LONGEST = 4_096


def main() -> int:
    """Fuzz the log reader; return the exit code where the fuzzer is missing (else it ends the process)."""
    parser = argparse.ArgumentParser(description="Fuzz the log reader.")
    parser.add_argument("--runs", type=int, default=20_000, help="inputs to try (20000)")
    parser.add_argument("--seconds", type=int, default=120, help="time after which to stop (120)")
    parser.add_argument("corpus", nargs="?", type=Path, help="folder of inputs that is added to")
    arguments = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: it belongs to the dependency group dev, on Linux only")
        return 0
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["syncsage.observing.logs"]):
        target, samples = _target()
    with tempfile.TemporaryDirectory() as scratch:
        corpus = arguments.corpus or Path(scratch)
        corpus.mkdir(parents=True, exist_ok=True)
        for number, sample in enumerate(samples):
            (corpus / f"sample-{number:03}").write_bytes(sample)
        options = [f"-runs={arguments.runs}", f"-max_total_time={arguments.seconds}", f"-max_len={_LONGEST}"]
        atheris.Setup([sys.argv[0], str(corpus), *options], target)
        atheris.Fuzz()
    return 0


def _target() -> tuple[Callable[[bytes], None], list[bytes]]:
    """Return what is called for every input, and inputs to begin with."""
    from syncsage.errors import InputError
    from syncsage.knowledge import load
    from syncsage.observing.logs.reader import LogReader
    from syncsage.observing.logs.tracker import Tracker
    from syncsage.observing.text import decode

    kb = load()
    reader, tracker = LogReader(kb.formats.values()), Tracker(kb)

    def target(data: bytes) -> None:
        try:
            text = decode(data).text
        except InputError:
            return
        last, lines = -1, text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        for record in reader.read(text):
            if not (last < record.offset and 1 <= record.line <= record.line + record.lines - 1 <= lines):
                raise AssertionError(f"{record} stands in a wrong place")
            last = record.offset
        tracker.track_text(text)

    samples = [sample for log_format in kb.formats.values() for sample in log_format.samples]
    lines = [line for tracking in kb.tracking.values() for step in tracking.steps for line in step.lines]
    return target, [text.encode() for text in (*samples, "\n".join(samples), "\n".join(lines))]


if __name__ == "__main__":
    sys.exit(main())
