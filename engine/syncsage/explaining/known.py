"""Everything that is known and where it comes from, and what was asked for and is not."""

from __future__ import annotations

from syncsage.explaining.how import not_known
from syncsage.explaining.proofs import Proofs
from syncsage.explanation import Facts, Known, NotKnown, Said
from syncsage.interview import Interview
from syncsage.reasoning.model import Fact
from syncsage.step import Step


def facts(interview: Interview, step: Step, said: Said | None = None) -> Facts:
    """Return the facts of ``step`` by finding."""
    findings, numbers = interview.kb.findings, (said or Said()).numbers
    proofs = Proofs(interview, step, said or Said())
    known = (
        Known(
            finding=o.finding,
            text=findings[o.finding].ask or o.finding.replace("-", " "),
            value=o.value,
            label=findings[o.finding].label(o.value),
            origin=proofs.origin(Fact(o.finding, o.value)),
        )
        for o in step.observations
    )
    unknown = (
        NotKnown(finding, findings[finding].ask, reason, numbers.get(finding), findings[finding].help)
        for finding, reason in not_known(step).items()
        if finding in findings
    )
    return Facts(tuple(known), tuple(unknown))
