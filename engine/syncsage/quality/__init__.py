"""Proof of a knowledge base: its own tests, labelled texts, and what its reasoning can and cannot tell."""

from syncsage.quality.calibration import Calibration, calibrate, write_bands
from syncsage.quality.cases import CaseResult, Report, run_tests
from syncsage.quality.evaluation import Evaluation, evaluate
from syncsage.quality.reach import lint_reasoning

__all__ = [
    "Calibration",
    "CaseResult",
    "Evaluation",
    "Report",
    "calibrate",
    "evaluate",
    "lint_reasoning",
    "run_tests",
    "write_bands",
]
