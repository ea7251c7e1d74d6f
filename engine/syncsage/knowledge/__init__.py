"""The knowledge room: YAML folders in, frozen typed objects out; faults with file, line and field.

Checking (`lint`) and the tests of the knowledge (`testcases`) are modules of their own: no start waits for them.
"""

from __future__ import annotations

from syncsage.knowledge.loader import load
from syncsage.knowledge.location import bundled
from syncsage.knowledge.patterns import collapse, compiled, holds, search

__all__ = ["bundled", "collapse", "compiled", "holds", "load", "search"]
