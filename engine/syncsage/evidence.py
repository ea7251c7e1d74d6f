"""Evidence checked against the knowledge: ids and values that exist, one value for one id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from syncsage.errors import EvidenceError
from syncsage.knowledge.model import KnowledgeBase
from syncsage.nearest import hint
from syncsage.step import UNKNOWN, Evidence

#: Reserved ids and values: which problem a person picked, how a fix went, whether a risky one is wanted, and what holds
#: of a finding whose answer was contradicted.
PROBLEM, NO_PROBLEM = "problem", "none"
FIX, WORKED, FAILED = "fix:", "worked", "failed"
CONSENT, AGREED, DECLINED = "consent:", "yes", "no"
CONFLICT = "conflict:"
_LISTED = 8


def check(kb: KnowledgeBase, evidence: Sequence[Evidence]) -> Mapping[str, Evidence]:
    """Return the evidence by id, in sorted order.

    Raises:
        EvidenceError: An id or value that the knowledge does not declare, or two values for one id.
    """
    given: dict[str, Evidence] = {}
    for item in sorted(evidence, key=lambda e: (e.id, e.value, e.reason, e.asked)):
        allowed = _allowed(kb, item)
        if item.value != UNKNOWN and item.value not in allowed:
            shown = ", ".join(allowed) if len(allowed) <= _LISTED else "see the list of ids"
            near = hint(item.value, allowed)
            raise EvidenceError(f"{item.id!r} cannot be {item.value!r}{near}; it can be: {shown}, {UNKNOWN}")
        before = given.setdefault(item.id, item)
        if before.value != item.value:
            raise EvidenceError(f"two answers for {item.id!r}: {before.value!r} and {item.value!r}")
    return given


def _allowed(kb: KnowledgeBase, item: Evidence) -> Sequence[str]:
    if item.id == PROBLEM:
        return (*kb.problems, NO_PROBLEM)
    for prefix, values in ((FIX, (WORKED, FAILED)), (CONSENT, (AGREED, DECLINED))):
        if item.id.startswith(prefix):
            cause = item.id.removeprefix(prefix)
            if cause not in kb.causes:
                raise EvidenceError(f"no cause {cause!r}{hint(cause, kb.causes)}")
            return values
    finding = item.id.removeprefix(CONFLICT)
    if finding not in kb.findings:
        raise EvidenceError(f"no finding {finding!r}{hint(finding, kb.findings)}")
    return kb.findings[finding].values
