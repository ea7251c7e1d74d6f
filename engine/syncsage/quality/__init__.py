"""Proof of a knowledge base: its own tests, labelled texts, and what its reasoning can and cannot tell."""

from syncsage.quality.calibration import Calibration, calibrate, write_bands
from syncsage.quality.cases import CaseResult, Report, run_tests
from syncsage.quality.evaluation import Evaluation, evaluate
from syncsage.quality.reach import lint_reasoning
from syncsage.quality.scenarios import Play, play

__all__ = [
    "Calibration",
    "CaseResult",
    "Evaluation",
    "Play",
    "Report",
    "calibrate",
    "evaluate",
    "lint_reasoning",
    "play",
    "run_tests",
    "write_bands",
]
