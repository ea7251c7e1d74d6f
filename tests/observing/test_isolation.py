"""What is loaded, and what is never asked of the network."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

COLD = """
import json, sys
from pathlib import Path
from syncsage import Engine
cache = Path(sys.argv[2])
engine = Engine.load(sys.argv[1], cache_dir=cache)
step = engine.diagnose(text="E21 check speed sensor")
assert step.match == "exact", step.match
json.dump(sorted({name.partition(".")[0] for name in sys.modules}), sys.stdout)
"""

HEAVY = {
    "bm25s",
    "jsonschema",
    "numpy",
    "prompt_toolkit",
    "rich",
    "scipy",
    "sentence_transformers",
    "sklearn",
    "tokenizers",
    "torch",
    "transformers",
    "yaml",
}


def test_a_known_message_loads_nothing_heavy(
    bicycle_folder: Path, tmp_path: Path, run_python: Callable[..., str]
) -> None:
    run_python(COLD, str(bicycle_folder), str(tmp_path))
    loaded = set(json.loads(run_python(COLD, str(bicycle_folder), str(tmp_path))))
    assert "syncsage" in loaded
    assert loaded & HEAVY == set()


GUARDED = """
import os, sys
from pathlib import Path

def guard(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        os.write(2, f"{event} {arguments}".encode())
        os._exit(9)

sys.addaudithook(guard)
from syncsage import Engine
engine = Engine.load(sys.argv[1], cache_dir=sys.argv[2])
engine.warm()
parsed = engine.parse("something on my bicycle makes a squealing noise")
step = engine.diagnose(text="under load the chian jumps over the teeth")
assert list(Path(sys.argv[2]).glob("vectors-*")), "the index was not built"
print(parsed.level != "none", step.problems[0].id)
if sys.argv[3] == "prove the guard":
    import socket
    socket.getaddrinfo("example.invalid", 80)
"""


def test_building_the_index_and_answering_ask_nothing_of_the_network(
    bicycle_folder: Path, tmp_path: Path, run_python: Callable[..., str]
) -> None:
    assert run_python(GUARDED, str(bicycle_folder), str(tmp_path), "").split() == ["True", "chain-skips"]


def test_neither_building_the_index_nor_answering_imports_the_reference_encoder(
    bicycle_folder: Path, tmp_path: Path, run_python: Callable[..., str]
) -> None:
    code = """
import sys
from syncsage import Engine
engine = Engine.load(sys.argv[1], cache_dir=sys.argv[2])
print(engine.parse("something on my bicycle makes a squealing noise").problems[0].id)
print(sorted({"bm25s", "scipy", "sentence_transformers", "torch", "transformers", "sklearn"} & set(sys.modules)))
"""
    for _ in range(2):
        assert run_python(code, str(bicycle_folder), str(tmp_path)).split("\n")[:2] == ["bike-squeaks", "[]"]
