"""Matching measured on labelled texts: who comes first, what is lost, what is wrongly accepted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncsage.engine import Engine
from syncsage.errors import InputError
from syncsage.observing.model import LEVELS, Parsed

_CONFUSIONS = 12
_RATES = ("top1", "top3", "strict1", "mrr", "none")


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One labelled text; ``problems`` best first, empty where the text is out of scope."""

    id: str
    text: str
    kind: str
    scope: str
    problems: tuple[str, ...]
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the engine said of a labelled text. ``rank`` counts from 1; None where no listed problem is found."""

    case: LabelledText
    level: str
    score: float
    predicted: tuple[str, ...]
    rank: int | None

    @property
    def first(self) -> str:
        """The first predicted problem, or ``none``."""
        return self.predicted[0] if self.predicted else "none"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Predictions and the figures that follow from them."""

    predictions: tuple[Prediction, ...]
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return all figures, and the prediction of every case, as plain data."""
        return {
            "cases": len(self.predictions),
            "note": self.note,
            "in": {name: _in_scope(group) for name, group in self._groups("in").items() if group},
            **{scope: {n: _levels(g) for n, g in self._groups(scope).items() if g} for scope in ("beyond", "out")},
            "auroc_in_out": auroc(self._scores("in"), self._scores("out")),
            "auroc_in_beyond": auroc(self._scores("in"), self._scores("beyond")),
            "confusions": [{"expected": a, "predicted": b, "count": n} for (a, b), n in self._confusions()],
            "predictions": [_prediction(p) for p in self.predictions],
        }

    def to_text(self) -> str:
        """Return the figures as a table of at most 80 columns."""
        lines = [f"{'in scope':<22}{'cases':>7}{'top-1':>8}{'top-3':>8}{'strict-1':>10}{'MRR':>8}{'none':>8}"]
        for name, group in self._groups("in").items():
            if group:
                f = _in_scope(group)
                lines.append(
                    f"  {name:<20}{f['cases']:>7}{f['top1']:>8.3f}{f['top3']:>8.3f}{f['strict1']:>10.3f}"
                    f"{f['mrr']:>8.3f}{f['none']:>8.3f}"
                )
        for scope in ("beyond", "out"):
            lines += ["", f"{scope:<22}{'cases':>7}" + "".join(f"{level:>8}" for level in reversed(LEVELS))]
            for name, group in self._groups(scope).items():
                if group:
                    f = _levels(group)
                    shares = "".join(f"{f[level]:>8.3f}" for level in reversed(LEVELS))
                    lines.append(f"  {name:<20}{f['cases']:>7}{shares}")
        figures = [(f"in : {scope}", auroc(self._scores("in"), self._scores(scope))) for scope in ("out", "beyond")]
        lines += ["", "AUROC by score  " + "   ".join(f"{n} {v:.3f}" for n, v in figures if v is not None)]
        confusions = self._confusions()
        if confusions:
            lines += ["", "confusions (expected -> first)"]
            lines += [f"  {count}  {a} -> {b}" for (a, b), count in confusions]
        return "\n".join([*lines, *(["", self.note] if self.note else [])])

    def _groups(self, scope: str) -> dict[str, list[Prediction]]:
        of_scope = [p for p in self.predictions if p.case.scope == scope]
        kinds = sorted({p.case.kind for p in of_scope})
        groups: dict[str, list[Prediction]] = {
            "all": of_scope,
            "real": [p for p in of_scope if not p.case.synthetic],
            "synthetic": [p for p in of_scope if p.case.synthetic],
        }
        return groups | {kind: [p for p in of_scope if p.case.kind == kind] for kind in kinds}

    def _scores(self, scope: str) -> list[float]:
        return [p.score for p in self.predictions if p.case.scope == scope]

    def _confusions(self) -> list[tuple[tuple[str, str], int]]:
        wrong = Counter((p.case.problems[0], p.first) for p in self.predictions if p.case.scope == "in" and p.rank != 1)
        return sorted(wrong.items(), key=lambda item: (-item[1], item[0]))[:_CONFUSIONS]


def evaluate(engine: Engine, path: Path, progress: Callable[[int, int], None] | None = None) -> Evaluation:
    """Run every labelled text of a JSON Lines file through the matcher.

    Args:
        engine: The engine to measure.
        path: One object a line: id, text, kind, scope (in, beyond, out), problems, and ``synthetic`` where made up.
        progress: Called with the number done and the number of all.

    Raises:
        InputError: The file cannot be read, or a line is not of that shape.
    """
    cases = read_cases(path)
    predictions: list[Prediction] = []
    for number, case in enumerate(cases, start=1):
        predictions.append(_predict(case, engine.parse(case.text)))
        if progress:
            progress(number, len(cases))
    return Evaluation(tuple(predictions), foreign_bands(engine))


def foreign_bands(engine: Engine) -> str:
    """Return a remark where the bands of the knowledge belong to another model than the one in use, else nothing."""
    if not engine.foreign_bands:
        return ""
    measured = engine.kb.domain.bands_model
    return f"Bands measured with model {measured}, in use {engine.model_key}:\nnothing is strong by meaning alone."


def read_cases(path: Path) -> tuple[LabelledText, ...]:
    """Read labelled texts.

    Raises:
        InputError: The file cannot be read, or a line is not of that shape.
    """
    try:
        lines = path.read_text("utf-8").split("\n")  # not splitlines: JSON strings may hold other line ends
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from error
    return tuple(_case(path, n, line) for n, line in enumerate(lines, start=1) if line.strip())


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the chance that a positive scores above a negative, ties counted half (Mann-Whitney U)."""
    if not positive or not negative:
        return None
    wins = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return wins / (len(positive) * len(negative))


def _case(path: Path, number: int, line: str) -> LabelledText:
    try:
        data: Mapping[str, Any] = json.loads(line)
        scope = str(data["scope"])
        problems = tuple(str(p) for p in data.get("problems", ()))
        if isinstance(data.get("problems"), str):
            raise ValueError("problems is a list")
        if scope not in ("in", "beyond", "out"):
            raise ValueError(f"scope {scope!r} is none of in, beyond, out")
        if scope == "in" and not problems:
            raise ValueError("scope in needs at least one problem")
        return LabelledText(
            str(data["id"]),
            str(data["text"]),
            str(data.get("kind", "text")),
            scope,
            problems,
            bool(data.get("synthetic")),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}:{number}: not a labelled text: {error}") from error


def _predict(case: LabelledText, parsed: Parsed) -> Prediction:
    predicted = tuple(m.id for m in parsed.problems)
    rank = next((i for i, p in enumerate(predicted, start=1) if p in case.problems), None)
    covered = [m.score for m in (*parsed.problems, *parsed.nearest) if m.coverage != "outside"]
    score = max(covered, default=0.0) if parsed.problems else 0.99 * min(max(covered, default=0.0), 0.6)
    return Prediction(case, parsed.level, round(score, 4), predicted, rank)


def _in_scope(group: Sequence[Prediction]) -> dict[str, float]:
    ranks = [p.rank for p in group]
    figures: Mapping[str, Iterable[float]] = {
        "top1": [r == 1 for r in ranks],
        "top3": [r is not None and r <= 3 for r in ranks],
        "strict1": [p.first == p.case.problems[0] for p in group],
        "mrr": [1.0 / r if r else 0.0 for r in ranks],
        "none": [p.level == "none" for p in group],
    }
    return {"cases": len(group)} | {name: sum(figures[name]) / len(group) for name in _RATES}


def _levels(group: Sequence[Prediction]) -> dict[str, float]:
    counts = Counter(p.level for p in group)
    return {"cases": len(group)} | {level: counts[level] / len(group) for level in LEVELS}


def _prediction(prediction: Prediction) -> dict[str, Any]:
    case = prediction.case
    return {
        "id": case.id,
        "scope": case.scope,
        "kind": case.kind,
        "synthetic": case.synthetic,
        "expected": list(case.problems),
        "predicted": list(prediction.predicted),
        "level": prediction.level,
        "score": prediction.score,
        "rank": prediction.rank,
    }
