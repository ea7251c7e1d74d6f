"""Arrivals and plans as JSON, for the outbox."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from syncsage_service.adapters.model import Arrival, Attached
from syncsage_service.adapters.note import Heard
from syncsage_service.adapters.talk import Plan
from syncsage_service.turns import Turn


def packed_arrival(arrival: Arrival) -> str:
    """Return an arrival as JSON."""
    return json.dumps(asdict(arrival))


def unpacked_arrival(line: str) -> Arrival:
    """Return the arrival that ``packed_arrival`` wrote."""
    data: dict[str, Any] = json.loads(line)
    data["files"] = tuple(Attached(**file) for file in data["files"])
    return Arrival(**data)


def packed_plan(plan: Plan) -> str:
    """Return a plan as JSON."""
    return json.dumps(asdict(plan))


def unpacked_plan(line: str) -> Plan:
    """Return the plan that ``packed_plan`` wrote."""
    data: dict[str, Any] = json.loads(line)
    turns = tuple(Turn(**turn) for turn in data["turns"])
    return Plan(data["session"], data["before"], turns, Heard(**data["heard"]))
