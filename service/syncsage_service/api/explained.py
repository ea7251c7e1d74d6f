"""The explanations of a step as data."""

from __future__ import annotations

from typing import Any

from syncsage import Engine
from syncsage.explanation import Said
from syncsage.serialise import plain
from syncsage.step import Step
from syncsage_service.api.models import About
from syncsage_service.problems import ProblemError

#: What each kind of explanation is about.
_NEEDS = {"how": ("cause",), "whynot": ("cause",), "whatif": ("question", "value")}


def explained(engine: Engine, step: Step, about: About, said: Said | None = None) -> Any:
    """Explain a step.

    Args:
        engine: The engine that it comes from.
        step: The step.
        about: What is asked.
        said: Which event each fact comes from.

    Raises:
        ProblemError: 422, what it is about is missing.
        UnknownIdError: There is no such cause.
        EvidenceError: The answer does not fit the knowledge.
    """
    missing = [name for name in _NEEDS.get(about.what, ()) if not getattr(about, name)]
    if missing:
        raise ProblemError(422, f"what={about.what} needs {' and '.join(missing)}")
    match about.what:
        case "why":
            return engine.why(step).to_dict()
        case "how":
            return engine.explain(step, about.cause, said).to_dict()
        case "whynot":
            return engine.why_not(step, about.cause, said).to_dict()
        case "whatif":
            return engine.what_if(step, about.question, about.value).to_dict()
        case "facts":
            return engine.facts(step, said).to_dict()
        case "rules":
            return plain(engine.rule_states(step))
