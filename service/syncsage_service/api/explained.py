"""The explanations of a step as data."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from syncsage import Engine
from syncsage.explanation import Said
from syncsage.serialise import plain
from syncsage.step import Step
from syncsage_service.problems import ProblemError

#: What can be asked about a step.
What = Literal["why", "how", "whynot", "whatif", "facts", "rules"]
_NEEDS = {"how": ("cause",), "whynot": ("cause",), "whatif": ("question", "value")}


class About(BaseModel):
    """What is to be explained of a step."""

    what: What = "why"
    cause: str = Field(default="", max_length=200, description="For how, whynot: id of a cause.")
    question: str = Field(default="", max_length=200, description="For whatif: id of a question.")
    value: str = Field(default="", max_length=200, description="For whatif: value of an answer.")


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
