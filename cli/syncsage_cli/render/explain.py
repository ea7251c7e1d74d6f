"""Explanations: why this question, how a cause stands, why not another, what an answer would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from syncsage_cli.render.page import BAND_STYLES, BLANK, QUIET, Block, heading, paragraph, rows
from syncsage_cli.render.procedure import source_lines

if TYPE_CHECKING:
    from syncsage.explanation import Explanation, Move, WhatIf, Why, WhyNot
    from syncsage.knowledge.model import KnowledgeBase
    from syncsage.observing.model import Observation
    from syncsage.step import Ground, Step

_FAVOURED = 3
_WEIGHTS = {
    "confirm": "proves it",
    "always": "a strong sign",
    "likely": "a sign",
    "unlikely": "a sign against it",
    "never": "a strong sign against it",
    "exclude": "rules it out",
}
_ORIGINS = {"answer": "your answer", "told": ""}
_KINDS = {
    "discriminate": "to tell the causes apart",
    "confirm": "to confirm the first cause",
    "exclude": "to rule a cause out",
    "scope": "to know what applies at all",
    "required-by-rule": "a rule needs it",
    "fix": "to repair it",
}


def why(answer: Why) -> list[Block]:
    """Return why the next step is what it is, and what each answer would speak for."""
    blocks = [heading("Why this", _KINDS.get(answer.kind, answer.kind)), paragraph(answer.text)]
    cells = [(favour.option.label, "; ".join(favour.causes[:_FAVOURED])) for favour in answer.favours if favour.causes]
    for label, titles in cells:
        blocks += [
            paragraph(f"If: {label}", indent=2),
            paragraph(f"speaks for: {titles}", indent=6, style=QUIET),
        ]
    return blocks


def how(answer: Explanation) -> list[Block]:
    """Return how a cause stands and on what grounds."""
    blocks = [heading(answer.title, answer.band)]
    if answer.summary:
        blocks.append(paragraph(answer.summary, indent=2))
    if answer.raised_by:
        blocks += [paragraph("Considered because of: " + "; ".join(answer.raised_by), indent=2, style=QUIET)]
    if answer.excluded_by is not None:
        blocks += _grounds("Ruled out by", [answer.excluded_by])
    blocks += _grounds("For it", answer.supporting)
    blocks += _grounds("Against it", answer.against)
    if answer.unknown:
        blocks += [
            BLANK,
            heading("Not known yet"),
            rows([("-", item.text) for item in answer.unknown], gap=1),
        ]
    if answer.sources:
        blocks += [BLANK, *source_lines(answer.sources)]
    return blocks


def why_not(answer: WhyNot, knowledge: KnowledgeBase) -> list[Block]:
    """Return why a cause is not the first."""
    blocks = [heading(f"Why not: {answer.title}"), paragraph(answer.text)]
    asked = [knowledge.findings[finding].ask for finding in answer.missing if knowledge.findings[finding].ask]
    if asked:
        blocks += [BLANK, heading("What would speak for it"), rows([("-", text) for text in asked], gap=1)]
    if answer.ahead:
        titles = [("-", knowledge.causes[cause].title) for cause in answer.ahead]
        blocks += [BLANK, heading("Ahead of it"), rows(titles, gap=1)]
    return blocks


def what_if(question: str, label: str, answer: WhatIf) -> list[Block]:
    """Return what an answer would move, and what would come next."""
    blocks = [heading("What if", f"{question} {label}"), *moves(answer.moved)]
    if not answer.moved:
        blocks.append(paragraph("Nothing would move.", indent=2))
    if answer.step.next is not None:
        blocks += [BLANK, paragraph(f"Then I would come to: {answer.step.next.text}")]
    return blocks


def moves(moved: Sequence[Move]) -> list[Block]:
    """Return how causes moved between two steps."""
    if not moved:
        return []
    return [rows([_move_row(move) for move in moved])]


def facts(step: Step, knowledge: KnowledgeBase) -> list[Block]:
    """Return everything that is known, with where it comes from."""
    if not step.observations:
        return [paragraph("Nothing is known yet.")]
    cells = [
        (
            str(number),
            f"{_finding_name(item.finding, knowledge)}: {_value_name(item, knowledge)}",
            _origin(item),
        )
        for number, item in enumerate(step.observations, start=1)
    ]
    blocks: list[Block] = [heading("What is known")]
    for number, fact, origin in cells:
        line = Text(fact)
        line.append(f"  ({origin})", style=QUIET)
        blocks.append(rows([(f"{number:>2}", line)]))
    return blocks


def _grounds(title: str, grounds: Sequence[Ground]) -> list[Block]:
    if not grounds:
        return []
    blocks: list[Block] = [BLANK, heading(title)]
    for ground in grounds:
        line = Text(ground.text)
        words = (_WEIGHTS.get(ground.weight, ground.weight), _ORIGINS.get(ground.origin, ground.origin))
        remark = ", ".join(part for part in words if part)
        if remark:
            line.append(f"  ({remark})", style=QUIET)
        blocks.append(rows([("-", line)], gap=1))
    return blocks


def _move_row(move: Move) -> tuple[Text | str, ...]:
    before, after = move.before or "no candidate", move.after or "no candidate"
    change = f"{before} -> {after}" if before != after else f"{after}, {_direction(move)}"
    return (Text(change, style=BAND_STYLES.get(after, "")), move.title)


def _direction(move: Move) -> str:
    return "more" if move.probability_after > move.probability_before else "less"


def _finding_name(finding: str, knowledge: KnowledgeBase) -> str:
    known = knowledge.findings.get(finding)
    return known.ask.rstrip("?") if known is not None and known.ask else finding


def _value_name(item: Observation, knowledge: KnowledgeBase) -> str:
    known = knowledge.findings.get(item.finding)
    return known.label(item.value) if known is not None else item.value


def _origin(item: Observation) -> str:
    if item.where is not None:
        return f"line {item.where.first}"
    return {"answer": "you said so", "derived": f"rule {item.detail}" if item.detail else "a rule"}.get(
        item.how, item.how
    )
