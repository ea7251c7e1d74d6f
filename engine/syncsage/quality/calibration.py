"""Bands from labelled texts: what score by words and meaning is enough to name a problem, and to be sure of it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import sqrt
from pathlib import Path
from typing import Any

from syncsage.engine import Engine
from syncsage.errors import InputError
from syncsage.knowledge import bundled
from syncsage.observing.weights import WEIGHTS
from syncsage.quality.evaluation import LabelledText, foreign_bands, read_cases

#: The targets: texts in scope that get no answer, texts in scope that surely get a wrong one, others surely taken.
MOST_LOST, MOST_WRONG, MOST_TAKEN = 0.03, 0.05, 0.02
#: They must hold for the upper bound of a one-sided 90 % interval.
_Z = 1.2816
_FOLDS = 5
_STEPS = tuple(round(0.01 * n, 2) for n in range(1, 100))
_LINE = re.compile(r"^bands: \{[^}\n]*\}(?:\nbands_model: .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scored:
    """A labelled text with what words and meaning say of it.

    Attributes:
        score: That of the best problem; 1 where a message was read, which no band changes.
        lead: How far it is ahead of the second.
        right: Whether it is an accepted problem.
        read: Whether a message was read.
    """

    scope: str
    score: float
    lead: float
    right: bool
    read: bool
    fold: int


@dataclass(frozen=True, slots=True)
class Rates:
    """What two bands make of texts; shares of the texts in scope, and of those out of scope."""

    lost: float
    wrong: float
    declined: float
    taken: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Bands found, those in force, what each makes of the texts, and what to expect of texts never seen.

    ``expected`` is measured on texts that were not used to find the bands: five parts, each with the bands of the rest.
    """

    model: str
    cases: int
    now: Mapping[str, float]
    now_rates: Rates
    found: Mapping[str, float]
    found_rates: Rates
    expected: Rates
    note: str

    def to_dict(self) -> dict[str, Any]:
        """Return all figures as plain data."""
        return asdict(self) | {"now": dict(self.now), "found": dict(self.found)}

    def to_text(self) -> str:
        """Return the figures as a table of at most 80 columns."""
        head = f"{'':<26}{'weak':>6}{'strong':>8}{'lost':>8}{'wrong':>8}{'declined':>10}{'taken':>8}"
        rows = [
            _row("in force", self.now, self.now_rates),
            _row("found", self.found, self.found_rates),
            _row("found, on unseen texts", {}, self.expected),
        ]
        bounds = f"{'wanted, at most':<26}{'':>14}{MOST_LOST:>8.3f}{MOST_WRONG:>8.3f}{'':>10}{MOST_TAKEN:>8.3f}"
        notes = ["", self.note] if self.note else []
        return "\n".join([f"{self.cases} texts, model {self.model}", "", head, *rows, bounds, *notes])


def calibrate(engine: Engine, path: Path, progress: Callable[[int, int], None] | None = None) -> Calibration:
    """Find the bands for the model in use.

    *weak* is the highest score that loses no more texts in scope than wanted; *strong* the lowest one above it that is
    surely wrong in scope, and taken out of scope, no more often than wanted. All shares count as Wilson's upper bound
    (Wilson, "Probable inference", 1927), so that few texts give careful bands.

    Args:
        engine: The engine whose model and knowledge are measured.
        path: Labelled texts, as for ``kb eval``.
        progress: Called with the number done and the number of all.

    Raises:
        InputError: The file cannot be read, or has too few texts in or out of scope to say anything.
    """
    cases = read_cases(path)
    scored = _score(engine, cases, progress or (lambda _done, _all: None))
    if not _of(scored, "in") or not _of(scored, "out"):
        raise InputError(f"{path}: needs texts with scope in and texts with scope out")
    found = _bands(scored)
    parts = [[s for s in scored if s.fold == fold] for fold in range(_FOLDS)]
    rest = [[s for s in scored if s.fold != fold] for fold in range(_FOLDS)]
    held = [
        _judge(s, bands)
        for part, others in zip(parts, rest, strict=True)
        if _of(others, "in") and _of(others, "out")
        for bands in (_bands(others),)
        for s in part
    ]
    now = engine.kb.domain.bands
    few = found["strong"] >= _STEPS[-1]
    remarks = (foreign_bands(engine), "Too few texts, or too many taken: nothing can be called strong." if few else "")
    return Calibration(
        engine.model_key, len(cases), now, _rates([_judge(s, now) for s in scored]), found,
        _rates([_judge(s, found) for s in scored]), _rates(held), "\n".join(filter(None, remarks)),
    )  # fmt: skip


def write_bands(folder: Path | None, calibration: Calibration) -> Path:
    """Put the bands found into ``domain.yaml``, with the model they belong to; everything else stays as it is.

    Args:
        folder: The folder of the knowledge; None for the bundled one.
        calibration: What was found.

    Raises:
        InputError: The file cannot be changed, or its bands do not stand in one line.
    """
    file = (folder or bundled()) / "domain.yaml"
    found = calibration.found
    lines = f"bands: {{strong: {found['strong']:.2f}, weak: {found['weak']:.2f}}}\nbands_model: {calibration.model}"
    try:
        text, count = _LINE.subn(lines, file.read_text("utf-8"))
        if count != 1:
            raise InputError(f"{file}: its bands do not stand in one line; write there:\n{lines}")
        file.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"cannot change {file}: {error.strerror}; write there:\n{lines}") from error
    return file


def _score(engine: Engine, cases: Sequence[LabelledText], progress: Callable[[int, int], None]) -> list[Scored]:
    """Return the scores of all texts, by an engine that names everything and is sure of nothing it has not read."""
    domain = replace(engine.kb.domain, bands={"strong": 1.01, "weak": 0.0}, bands_model="")
    open_engine = engine.over(replace(engine.kb, domain=domain))
    scored: list[Scored] = []
    for case in cases:
        scored.append(_scored(open_engine, case))
        progress(len(scored), len(cases))
    return scored


def _scored(engine: Engine, case: LabelledText) -> Scored:
    problems, fold = engine.parse(case.text).problems, zlib.crc32(case.id.encode()) % _FOLDS
    if not problems:
        return Scored(case.scope, 0.0, 0.0, False, False, fold)
    first, read = problems[0], problems[0].by != "semantic"
    lead = first.score - problems[1].score if len(problems) > 1 else 1.0
    return Scored(case.scope, 1.0 if read else first.score, lead, first.id in case.problems, read, fold)


def _bands(scored: Sequence[Scored]) -> dict[str, float]:
    inside = [s.score for s in _of(scored, "in")]
    kept = (t for t in _STEPS if _upper(sum(s < t for s in inside), len(inside)) <= MOST_LOST)
    weak = max(kept, default=_STEPS[0])
    strong = next((t for t in _STEPS if t > weak and _sure_enough(scored, {"weak": weak, "strong": t})), _STEPS[-1])
    return {"strong": strong, "weak": weak}


def _sure_enough(scored: Sequence[Scored], bands: Mapping[str, float]) -> bool:
    judged = [(s, level) for s, level in (_judge(s, bands) for s in scored) if not s.read]

    def holds(scope: str, most: float, counts: Callable[[Scored], bool]) -> bool:
        bad = sum(level == "strong" and counts(s) for s, level in judged if s.scope == scope)
        return _upper(bad, len(_of(scored, scope))) <= most

    return holds("in", MOST_WRONG, lambda s: not s.right) and holds("out", MOST_TAKEN, lambda _: True)


def _judge(scored: Scored, bands: Mapping[str, float]) -> tuple[Scored, str]:
    if scored.score < bands["weak"]:
        return scored, "none"
    return scored, "strong" if scored.read or (
        scored.score >= bands["strong"] and scored.lead >= WEIGHTS.lead
    ) else "weak"


def _rates(judged: Sequence[tuple[Scored, str]]) -> Rates:
    inside = [(s, level) for s, level in judged if s.scope == "in"]
    outside = [level for s, level in judged if s.scope == "out"]
    return Rates(
        lost=_share([level == "none" for _, level in inside]),
        wrong=_share([level == "strong" and not s.right for s, level in inside]),
        declined=_share([level == "none" for level in outside]),
        taken=_share([level == "strong" for level in outside]),
    )


def _of(scored: Sequence[Scored], scope: str) -> list[Scored]:
    return [s for s in scored if s.scope == scope]


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def _upper(hits: int, many: int) -> float:
    """Return Wilson's upper bound of a share."""
    share, z2 = hits / many, _Z * _Z
    spread = _Z * sqrt((share * (1 - share) + z2 / (4 * many)) / many)
    return (share + z2 / (2 * many) + spread) / (1 + z2 / many)


def _row(name: str, bands: Mapping[str, float], rates: Rates) -> str:
    shown = "".join(f"{format(bands[b], '.2f') if b in bands else '':>{w}}" for b, w in (("weak", 6), ("strong", 8)))
    return f"{name:<26}{shown}{rates.lost:>8.3f}{rates.wrong:>8.3f}{rates.declined:>10.3f}{rates.taken:>8.3f}"
