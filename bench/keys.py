"""How long a key takes to show in the interview, while the model is loaded behind it and when nothing is.

``python bench/keys.py [--runs N]`` starts ``syncsage`` in a pseudo-terminal, types two words, waits just until loading
has begun, types a sentence, twelve keys a second, and takes for each of its keys the time from sending it until the
terminal shows it. Each setting is run N times, in turns:

* nothing is loaded: the same after a rest in which loading came to its end (the peer);
* the packaged model is loaded, its vectors lie ready;
* a model that only sentence-transformers can serve is loaded: the import of torch;
* the same, and its vectors have to be made as well.

The table gives median, 95th percentile and maximum in milliseconds over the keys of all runs. What people notice is
said to begin at about 100 ms (Miller, "Response time in man-computer conversational transactions", 1968).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import select
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pexpect

from syncsage import Engine
from syncsage.observing.models import find_model

PROGRAM = str(Path(sys.executable).with_name("syncsage"))
BEGINNING = "since monday "
SENTENCE = "the synchronization stops after some minutes and nobody knows why"
#: Seconds between two keys; of thinking, after which loading has just begun; and until it is over.
PAUSE, THOUGHT, REST = 1 / 12, 0.55, 5.0
#: What the terminal gets when the prompt is up, and at the end of each drawing.
_READY, _DRAWN = "\x1b[?2004h", b"\x1b[?25h"
_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_]|\][^\x07]*\x07)")


@dataclass(slots=True)
class Setting:
    """What goes on while somebody types.

    Attributes:
        name: How it is called in the table.
        model: Value of SYNCSAGE_MODEL, empty for the packaged model.
        cache: Folder of caches; None for one that is empty each time.
        rest: Seconds between the beginning of the sentence and the keys that count.
        times: Milliseconds of each key.
    """

    name: str
    model: str
    cache: Path | None
    rest: float = THOUGHT
    times: list[float] = field(default_factory=list[float])

    def run(self) -> None:
        """Start the program, type, and leave."""
        with tempfile.TemporaryDirectory() as folder:
            cache = self.cache or Path(folder)
            child = pexpect.spawn(
                PROGRAM, env=_environment(cache, self.model), dimensions=(24, 80), timeout=120, encoding="utf-8"
            )
            child.expect_exact(_READY)
            for key in BEGINNING:
                _key(child, key)
                time.sleep(PAUSE)
            time.sleep(self.rest)
            for key in SENTENCE:
                self.times.append(_key(child, key) * 1000)
                time.sleep(PAUSE)
            child.close(force=True)


def _environment(cache: Path, model: str) -> dict[str, str]:
    return {
        **os.environ,
        "XDG_CACHE_HOME": str(cache),
        "XDG_STATE_HOME": str(cache),
        "HF_HUB_OFFLINE": "1",
        "PROMPT_TOOLKIT_NO_CPR": "1",
        "TERM": "xterm",
        "SYNCSAGE_MODEL": model,
    }


def _key(child: pexpect.spawn[str], key: str) -> float:
    """Send a key; return the seconds until it shows.

    Raises:
        SystemExit: It never shows.
    """
    while _waits(child, 0):
        os.read(child.child_fd, 65_536)
    began, shown = time.perf_counter(), b""
    os.write(child.child_fd, key.encode())
    while not (_DRAWN in shown and key.strip().encode() in _ESCAPE.sub(b"", shown)):
        if not _waits(child, 60):
            raise SystemExit(f"{key!r} never showed; the terminal got {shown!r}")
        shown += os.read(child.child_fd, 65_536)
    return time.perf_counter() - began


def _waits(child: pexpect.spawn[str], seconds: float) -> bool:
    return bool(select.select([child.child_fd], [], [], seconds)[0])


def foreign_model(folder: Path) -> Path:
    """Make a model that only sentence-transformers serves: the packaged one, with a word before each query."""
    model = folder / "model"
    shutil.copytree(find_model(), model, copy_function=os.symlink)
    settings = model / "config_sentence_transformers.json"
    settings.unlink()
    settings.write_text(json.dumps({"prompts": {"query": "query: ", "document": ""}}), "utf-8")
    return model


def table(settings: list[Setting]) -> str:
    """Lay out median, 95th percentile and maximum of each setting."""
    lines = [f"{'':44}{'keys':>6}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}"]
    for setting in settings:
        p95 = statistics.quantiles(setting.times, n=20)[-1]
        figures = f"{statistics.median(setting.times):8.1f}{p95:8.1f}{max(setting.times):8.1f}"
        lines.append(f"{setting.name:44}{len(setting.times):6}{figures}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Time keys in the interview while the model is loaded.")
    parser.add_argument("--runs", type=int, default=5, help="interviews of each setting (default 5)")
    runs: int = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        foreign = str(foreign_model(folder))
        settings = [
            Setting("nothing is loaded", "", folder / "a", rest=REST),
            Setting("packaged model, vectors ready", "", folder / "a"),
            Setting("sentence-transformers is imported", foreign, folder / "b"),
            Setting("the same, and vectors are made", foreign, None),
        ]
        Engine.load(cache_dir=folder / "b" / "syncsage", model=foreign).index()
        Engine.load(cache_dir=folder / "a" / "syncsage").index()
        for _ in range(runs):
            for setting in settings:
                setting.run()
    print(f"keys, {runs} interviews of each setting, Python {sys.version.split()[0]}, {os.cpu_count()} CPUs")
    print(table(settings))


if __name__ == "__main__":
    main()
