"""The rule about patterns that give names away: they say which part is the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syncsage.errors import Fault
from syncsage.knowledge.backtracking import compile_fault
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.model import NAME_GROUPS
from syncsage.knowledge.naming import listed


def name_faults(draft: Draft) -> Iterator[Fault]:
    """A pattern of ``private`` has a group that is called after what it names."""
    for index, pattern in enumerate(draft.kb.domain.private):
        if not compile_fault(pattern) and not set(NAME_GROUPS) & set(re.compile(pattern).groupindex):
            message = f"has none of the groups {listed(NAME_GROUPS)}"
            yield draft.fault(("domain", "domain"), ("private", index), message, "missing-group")
