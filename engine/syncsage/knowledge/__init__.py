"""The knowledge room: YAML folders in, frozen typed objects out; faults with file, line and field."""

from __future__ import annotations

from syncsage.knowledge.lint import lint
from syncsage.knowledge.loader import load
from syncsage.knowledge.location import bundled
from syncsage.knowledge.patterns import collapse, compiled, holds, search
from syncsage.knowledge.scenarios import Scenario, load_scenarios
from syncsage.knowledge.testcases import TestCase, load_tests

__all__ = [
    "Scenario",
    "TestCase",
    "bundled",
    "collapse",
    "compiled",
    "holds",
    "lint",
    "load",
    "load_scenarios",
    "load_tests",
    "search",
]
