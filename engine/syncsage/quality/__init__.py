"""Proof of a knowledge base: its own tests, labelled texts, and what its reasoning can and cannot tell."""

from syncsage.quality.cases import CaseResult, Report, run_tests
from syncsage.quality.evaluation import Evaluation, evaluate
from syncsage.quality.reach import lint_reasoning

__all__ = ["CaseResult", "Evaluation", "Report", "evaluate", "lint_reasoning", "run_tests"]
