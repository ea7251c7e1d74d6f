"""Which exit code a diagnosis deserves."""

from __future__ import annotations

import pytest

from syncsage.reasoning.model import Trace
from syncsage.step import Band, Next, RankedCause, Step, StopReason
from syncsage_cli.exit_status import ExitStatus, status_of

WHICH = Next("question", "problem", "Which one?", (), "", 1, "none", "")
ASK = Next("question", "colour", "Which colour?", (), "", 1, "none", "")


def step(*bands: Band, reason: StopReason | None = None, ask: Next | None = None) -> Step:
    causes = tuple(RankedCause(f"c{n}", f"C {n}", band, 0.5, False, (), (), ()) for n, band in enumerate(bands))
    return Step("strong", (), (), causes, ask, reason is not None, reason, (), (), (), (), "v", 0, Trace((), ()))


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (step("likely", "possible", reason="identified"), ExitStatus.OK),
        (step("confirmed", reason="resolved"), ExitStatus.OK),
        (step("confirmed", reason="healthy"), ExitStatus.OK),
        (step("likely", "possible", ask=ASK), ExitStatus.SEVERAL_CAUSES),
        (step("possible", "possible", reason="exhausted"), ExitStatus.SEVERAL_CAUSES),
        (step("likely", "possible", reason="question-limit"), ExitStatus.SEVERAL_CAUSES),
        (step("possible", "ruled out", reason="exhausted"), ExitStatus.NOT_ENOUGH),
        (step("possible", "possible", ask=WHICH), ExitStatus.NOT_ENOUGH),
        (step(reason="not-covered"), ExitStatus.NOT_ENOUGH),
        (step(reason="pointer"), ExitStatus.NOT_ENOUGH),
        (step(reason="nothing-told"), ExitStatus.NOT_ENOUGH),
        (step("ruled out", "ruled out", reason="exhausted"), ExitStatus.NOT_ENOUGH),
    ],
)
def test_exit_code_of_a_diagnosis(state: Step, status: ExitStatus) -> None:
    assert status_of(state) is status


def test_the_codes_that_scripts_rely_on() -> None:
    assert {status.name: status.value for status in ExitStatus} == {
        "OK": 0,
        "ERROR": 1,
        "USAGE": 2,
        "KNOWLEDGE": 3,
        "SEVERAL_CAUSES": 10,
        "NOT_ENOUGH": 11,
        "INTERRUPTED": 130,
    }
