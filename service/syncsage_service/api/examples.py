"""Examples for the description of the API: requests made of the knowledge in use, and what they are answered with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from syncsage import Engine, Evidence, Step
from syncsage.serialise import parsed_to_dict, plain, track_to_dict
from syncsage_service.api.explained import explained
from syncsage_service.api.models import About

#: Path and method of an operation, and its description.
Operations = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Example:
    """A request and its answer.

    Attributes:
        body: The body of the request; None for none.
        parameters: Values of parameters by name.
        answer: Makes the body of the answer.
    """

    answer: Callable[[], Any]
    body: Any = None
    parameters: tuple[tuple[str, Any], ...] = ()


def add_examples(operations: Operations, engine: Engine) -> None:
    """Add examples to the operations that there are any for."""
    for place, example in _examples(engine):
        if place in operations:
            _add(operations[place], example)


def _add(operation: dict[str, Any], example: Example) -> None:
    if example.body is not None:
        operation["requestBody"]["content"]["application/json"]["example"] = example.body
    values = dict(example.parameters)
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in values:
            parameter["example"] = values[parameter["name"]]
    content = operation["responses"]["200"]["content"]
    content["application/json"]["example"] = example.answer()


def _examples(engine: Engine) -> Iterator[tuple[tuple[str, str], Example]]:
    text = _text(engine)
    before = engine.diagnose(text=text)
    given: dict[str, Any] = {"text": text, "evidence": _answers(before), "scope": {}}
    step = engine.diagnose([Evidence(**answer) for answer in given["evidence"]], text=text)
    yield ("/v1/diagnosis", "post"), Example(step.to_dict, given)
    yield ("/v1/parse", "post"), Example(lambda: parsed_to_dict(engine.parse(text)), {"text": text})
    why = About(what="why")
    yield ("/v1/explain", "post"), Example(lambda: explained(engine, step, why), given | {"what": "why"})
    yield ("/v1/facts", "post"), Example(lambda: explained(engine, step, About(what="facts")), given)
    yield ("/v1/track", "post"), Example(lambda: track_to_dict(engine.track(_log(engine))), {"text": _log(engine)})
    if engine.kb.codes:
        code = engine.kb.codes[0].code
        yield ("/v1/errors/{code}", "get"), Example(lambda: plain(engine.lookup(code)), parameters=(("code", code),))
    if engine.kb.procedures:
        name, entry = next(iter(engine.kb.procedures.items()))
        chosen = (("kind", "procedures"), ("entry_id", name))
        yield ("/v1/kb/{kind}/{entry_id}", "get"), Example(lambda: plain(entry), parameters=chosen)


def _text(engine: Engine) -> str:
    """Return a text that the knowledge knows for certain, or one that it gives to begin with."""
    problems = engine.kb.problems.values()
    samples = (s for p in problems if p.causes for signature in p.signatures for s in signature.samples)
    return next(samples, "") or next(iter(engine.kb.domain.examples), engine.kb.domain.title)


def _log(engine: Engine) -> str:
    """Return lines that show steps of a process, or any text."""
    lines = [line for tracking in engine.kb.tracking.values() for step in tracking.steps for line in step.lines]
    return "\n".join(lines[:3]) or _text(engine)


def _answers(step: Step) -> list[dict[str, str]]:
    if step.next is None or not step.next.choices:
        return []
    return [{"id": step.next.id, "value": step.next.choices[0].value}]
