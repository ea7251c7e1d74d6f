"""Explanations of a diagnosis, as data and as text."""

from __future__ import annotations

from typing import Any

from syncsage import EvidenceError, Session
from syncsage.serialise import plain
from syncsage_cli.render import explain as view
from syncsage_cli.render.page import Block
from syncsage_cli.repl.commands.rules import in_question
from syncsage_service.inputs import What


def explained(
    session: Session, what: What, cause: str, question: str, value: str
) -> tuple[dict[str, Any], list[Block]]:
    """Return one explanation, under its name in ``explanation.schema.json``.

    Raises:
        UnknownIdError: There is no such cause.
        EvidenceError: Something that it needs is missing, or does not fit the knowledge.
    """
    engine, step = session.engine, session.step
    match what:
        case "why":
            why = engine.why(step)
            return {"why": why.to_dict()}, view.why(why)
        case "how":
            how = engine.explain(step, _cause(session, cause), session.said)
            return {"how": how.to_dict()}, view.how(how, str(how.rank or how.id))
        case "whynot":
            why_not = engine.why_not(step, _needed(cause, "cause"), session.said)
            return {"whynot": why_not.to_dict()}, view.why_not(why_not, engine.kb)
        case "whatif":
            return _what_if(session, _needed(question, "question"), _needed(value, "value"))
        case "facts":
            facts = engine.facts(step, session.said)
            return {"facts": facts.to_dict()}, view.facts(facts)
        case "rules":
            states = engine.rule_states(step)
            return {"rules": plain(states)}, view.rules(in_question(states, step, engine.kb))


def _what_if(session: Session, question: str, value: str) -> tuple[dict[str, Any], list[Block]]:
    engine = session.engine
    answer = engine.what_if(session.step, question, value)
    finding = engine.kb.findings.get(question)
    words, label = (finding.ask, finding.label(value)) if finding is not None else (question, value)
    return {"what_if": answer.to_dict()}, view.what_if(words, label, answer)


def _cause(session: Session, cause: str) -> str:
    if cause:
        return cause
    if not session.step.causes:
        raise EvidenceError("no cause is in question yet: name one in `cause`, or tell more")
    return session.step.causes[0].id


def _needed(given: str, name: str) -> str:
    if not given:
        raise EvidenceError(f"`{name}` is missing: this explanation needs it")
    return given
