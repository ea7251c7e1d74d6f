"""Runs of an e-bike that starts up, made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from syncsage.observing.logs.model import FailureSignature, Outcome, Quote, Run, RunStep, Track

MORNING = datetime(2024, 5, 3, 6, 30, 0, tzinfo=UTC)
_STEPS = (("display", "Display wakes", 2.0), ("battery", "Battery answers", 70.0), ("ready", "Motor is ready", 8.0))
NO_SIGNATURE = FailureSignature()
SIGNATURE = FailureSignature("SignalError", ("SensorException",), ("E21",), "Motor.Listen")


def steps(count: int, *, began: datetime | None = MORNING) -> tuple[RunStep, ...]:
    """Return the first ``count`` steps, one after the other; without times where ``began`` is None."""
    made: list[RunStep] = []
    for number, (id_, name, seconds) in enumerate(_STEPS[:count]):
        made.append(RunStep(id_, name, began, seconds if began else None, (10 * number + 1, 10 * number + 9)))
        began = began + timedelta(seconds=seconds) if began else None
    return tuple(made)


def run(outcome: Outcome = "success", count: int = 3, began: datetime | None = MORNING) -> Run:
    """Return a run that reached ``count`` steps; a failing one failed in the last of them."""
    reached = steps(count, began=began)
    failing = outcome == "failure"
    return Run(
        outcome=outcome,
        role="unknown",
        site="",
        trigger="unknown",
        started=began,
        ended=began + timedelta(seconds=sum(step.seconds or 0 for step in reached)) if began else None,
        failing_step=reached[-1].id if failing else None,
        percent=None,
        eta=None,
        waiting=False,
        steps=reached,
        update_failures=0,
        signature=SIGNATURE if failing else NO_SIGNATURE,
        problems=("speed-signal-missing",) if failing else (),
        quotes=(Quote(25, "E21 check speed sensor", "ride.log"),) if failing else (),
    )


def track(*runs: Run) -> Track:
    """Return a track of one file with ``runs``."""
    return Track(
        verdict=runs[-1].outcome if runs else "none",
        kind="service",
        format="plain",
        problems=runs[-1].problems if runs else (),
        runs=runs,
        signature=runs[-1].signature if runs else NO_SIGNATURE,
        quotes=(),
        known=(),
        records=40,
        files=("ride.log",),
    )


def unfinished(percent: int, eta: str) -> Run:
    """Return a run that goes on."""
    return replace(run("partial", 2), percent=percent, eta=eta)
