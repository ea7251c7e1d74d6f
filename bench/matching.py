"""How well texts are matched to problems, against BM25 alone and embeddings alone over the same entries.

``python bench/matching.py [FILE.jsonl]`` runs every labelled text (by default ``labelled.jsonl`` beside this file:
messages in changed form, complaints, neighbouring trouble and other products, all made up) through

* BM25 over whole entries, raw text;
* cosine of sentence embeddings over whole entries, raw text;
* the whole of SyncSage's matching.

For texts in scope: share with an accepted problem first (top-1) and among three (top-3), and MRR. AUROC: the chance
that a text in scope scores above one out of scope. Milliseconds a text are medians, model loaded. The two peers cannot
decline to answer, so only SyncSage has a share of texts lost to ``none`` and of other texts rightly declined.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from syncsage import Engine
from syncsage.observing.encoder import encoders
from syncsage.observing.lexical import LexicalIndex
from syncsage.observing.ranking import document
from syncsage.quality.evaluation import LabelledText, auroc, evaluate, read_cases

Scores = Callable[[str], Mapping[str, float]]


def bm25(engine: Engine) -> Scores:
    """Return a scorer by words alone."""
    ids = tuple(engine.kb.problems)
    index = LexicalIndex([document(problem) for problem in engine.kb.problems.values()])
    return lambda text: dict(zip(ids, index.scores(text).tolist(), strict=True))


def embeddings(engine: Engine) -> Scores:
    """Return a scorer by meaning alone."""
    ids, encoder = tuple(engine.kb.problems), encoders()[0]
    entries = encoder.encode([document(problem) for problem in engine.kb.problems.values()])
    return lambda text: dict(zip(ids, (entries @ encoder.encode([text])[0]).tolist(), strict=True))


def whole(engine: Engine) -> Scores:
    """Return the scorer of the engine; what it declines to name scores below what it names."""

    def score(text: str) -> Mapping[str, float]:
        parsed = engine.parse(text)
        named = {m.id: 1 + m.score for m in parsed.problems}
        return named | {m.id: m.score for m in parsed.nearest if m.coverage != "outside"}

    return score


def row(name: str, scores: Scores, cases: Sequence[LabelledText]) -> str:
    """Measure one scorer and return its line of the table."""
    ranks: list[int | None] = []
    best: dict[str, list[float]] = {"in": [], "out": [], "beyond": []}
    times: list[float] = []
    for case in cases:
        began = time.perf_counter()
        found = scores(case.text)
        times.append(time.perf_counter() - began)
        order = sorted(found, key=lambda problem: -found[problem])
        best[case.scope].append(max(found.values(), default=0.0))
        if case.scope == "in":
            ranks.append(next((i for i, p in enumerate(order, start=1) if p in case.problems), None))
    many = len(ranks)
    top1 = sum(r == 1 for r in ranks) / many
    top3 = sum(r is not None and r <= 3 for r in ranks) / many
    mrr = sum(1 / r for r in ranks if r) / many
    area = auroc(best["in"], best["out"]) or 0.0
    return f"{name:<22}{top1:>8.3f}{top3:>8.3f}{mrr:>8.3f}{area:>8.3f}{statistics.median(times) * 1000:>9.1f}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=Path(__file__).with_name("labelled.jsonl"))
    file: Path = parser.parse_args().file
    engine, cases = Engine.load(), read_cases(file)
    engine.warm()
    print(f"{len(cases)} texts, {len(engine.kb.problems)} entries, knowledge {engine.kb.version}\n")
    print(f"{'':<22}{'top-1':>8}{'top-3':>8}{'MRR':>8}{'AUROC':>8}{'ms':>9}")
    for name, make in (("BM25", bm25), ("embeddings", embeddings), ("SyncSage", whole)):
        print(row(name, make(engine), cases))
    print("\n" + evaluate(engine, file).to_text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
