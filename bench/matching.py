"""How well texts are matched to problems: against peers, and without each stage of its own.

``python bench/matching.py [--cases FILE.jsonl] [--only NAME]`` runs every labelled text (by default ``labelled.jsonl``
beside this file, all of it made up) through SyncSage, through its peers over the same entries (``systems/peers.py``:
BM25 alone, sentence embeddings alone, the plain fusion of both), and through SyncSage without one stage each
(``systems/ablation.py``).

For texts in scope: share with an accepted problem first (top-1) and among three (top-3), and MRR, by score alone.
AUROC: the chance that a text in scope scores above one out of scope, or beyond the documents. The peers cannot decline
to answer; where a system can: texts in scope lost to ``none``, texts in scope with a wrong problem called exact or
strong, texts out of scope declined, and called exact or strong. Differences are paired, SyncSage less the other, with
95 % intervals of a bootstrap over the texts. Texts found and texts made up are told apart where the file marks them.

Last, one failing line among healthy ones: every message in scope of up to three lines, alone and inside 40 and 300
lines of a log in which nothing is wrong.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from syncsage import Engine
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.encoder import encoders
from syncsage.observing.semantic import Encoder
from syncsage.quality.evaluation import LabelledText, read_cases
from systems.ablation import BURIED, SYNCSAGE, WITHOUT
from systems.healthy import bury
from systems.measures import Result, difference
from systems.model import RememberingEncoder, System
from systems.peers import bm25, embeddings, fusion

Maker = Callable[[KnowledgeBase, Encoder], System]
PEERS: Mapping[str, Maker] = {"BM25": bm25, "embeddings": embeddings, "plain fusion": fusion}
_HEAD = ("top-1", "top-3", "MRR", "in:out", "in:bey", "lost", "wrong", "declin", "taken")
_DEPTHS = (0, 40, 300)
_SHORT = 3


def run(name: str, maker: Maker, kb: KnowledgeBase, encoder: Encoder, cases: Sequence[LabelledText]) -> Result:
    """Run every text through one system."""
    system = maker(kb, encoder)
    return Result(name, tuple(cases), tuple(system(case.text) for case in cases))


def figures(result: Result) -> str:
    """Return one line of the table."""
    values = (
        sum(result.first(1)) / len(result.first(1)),
        sum(result.first(3)) / len(result.first(3)),
        result.mrr(),
        result.auroc("out"),
        result.auroc("beyond"),
        result.share("in", "none"),
        result.certain_and_wrong(),
        result.share("out", "none"),
        result.share("out", "exact", "strong"),
    )
    return f"{result.name:<17}" + "".join(f"{'-' if v is None else format(v, '.3f'):>7}" for v in values)


def compared(ours: Result, theirs: Result) -> str:
    """Return how much better SyncSage is than another system, top-1 and top-3."""
    parts = (difference(ours.first(most), theirs.first(most)) for most in (1, 3))
    return f"{theirs.name:<17}" + "".join(f"   {d:+.3f} [{low:+.3f}, {high:+.3f}]" for d, low, high in parts)


def groups(cases: Sequence[LabelledText]) -> dict[str, list[LabelledText]]:
    """Return all texts, and those found and those made up where a file has both."""
    real, made = [c for c in cases if not c.synthetic], [c for c in cases if c.synthetic]
    return {"all": list(cases)} | ({"real": real, "synthetic": made} if real and made else {})


def speed(engine: Engine, cases: Sequence[LabelledText]) -> float:
    """Return the median of milliseconds that a text takes, model loaded, nothing remembered."""
    engine.warm()
    times: list[float] = []
    for case in cases:
        began = time.perf_counter()
        engine.parse(case.text)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def table(name: str, cases: Sequence[LabelledText], results: Sequence[Result]) -> None:
    """Print the figures of one group of texts, and the paired differences to the first system."""
    many = sum(case.scope == "in" for case in cases)
    print(f"\n{name}: {many} in scope, {len(cases) - many} not\n{'':<17}" + "".join(f"{h:>7}" for h in _HEAD))
    for result in results:
        print(figures(result))
    print(f"\n{'SyncSage less':<17}{'top-1':>9} {'95 %':^17}{'top-3':>9} {'95 %':^17}")
    for result in results[1:]:
        print(compared(results[0], result))


def undecided(results: Sequence[Result]) -> list[Result]:
    """Return the results for the texts that no signature decides, where words and meaning have to do the work."""
    kept = [i for i, ranking in enumerate(results[0].rankings) if ranking.by not in ("signature", "progress")]
    return [Result(r.name, tuple(r.cases[i] for i in kept), tuple(r.rankings[i] for i in kept)) for r in results]


def buried(kb: KnowledgeBase, encoder: Encoder, cases: Sequence[LabelledText]) -> None:
    """Print how often one failing line is found among healthy ones."""
    machine = [c for c in cases if c.scope == "in" and c.kind != "free_text"]
    short = [c for c in machine if len(c.text.strip().splitlines()) <= _SHORT]
    print(f"\n{len(short)} short messages among healthy lines, top-1\n{'':<17}" + "".join(f"{d:>7}" for d in _DEPTHS))
    for name, maker in (*BURIED.items(), *PEERS.items()):
        system = maker(kb, encoder)
        row: list[float] = []
        for depth in _DEPTHS:
            right = [system(bury(case.text, depth)).order[:1] for case in short]
            row.append(sum(bool(o) and o[0] in c.problems for o, c in zip(right, short, strict=True)) / len(short))
        print(f"{name:<17}" + "".join(f"{value:>7.3f}" for value in row))


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=Path, default=Path(__file__).with_name("labelled.jsonl"), metavar="FILE")
    parser.add_argument("--peers", action="store_true", help="peers only, no ablation and no buried lines")
    options = parser.parse_args()
    engine, cases, encoder = Engine.load(), read_cases(options.cases), RememberingEncoder(encoders()[0])
    makers = {"SyncSage": SYNCSAGE, **PEERS}
    if not options.peers:
        makers |= {f"- {stage}": maker for stage, maker in WITHOUT.items()}
    print(f"{len(cases)} texts, {len(engine.kb.problems)} entries, knowledge {engine.kb.version}")
    print(f"SyncSage: {speed(engine, cases):.1f} ms a text (median)")
    results = [run(name, maker, engine.kb, encoder, cases) for name, maker in makers.items()]
    for name, group in groups(cases).items():
        kept = {case.id for case in group}
        chosen = [i for i, case in enumerate(cases) if case.id in kept]
        table(name, group, [Result(r.name, tuple(group), tuple(r.rankings[i] for i in chosen)) for r in results])
    if not options.peers:
        left = undecided(results)
        table("left by signatures", left[0].cases, left)
        buried(engine.kb, encoder, cases)
    return 0


if __name__ == "__main__":
    sys.exit(main())
