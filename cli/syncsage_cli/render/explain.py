"""Explanations: why this question, how a cause stands, why not another, what an answer would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from syncsage_cli.render import reasons
from syncsage_cli.render.changes import difference
from syncsage_cli.render.page import BLANK, QUIET, Block, heading, paragraph, rows
from syncsage_cli.render.procedure import source_lines

if TYPE_CHECKING:
    from syncsage.explanation import Ceiling, Explanation, Factor, Facts, RuleState, WhatIf, Why, WhyNot
    from syncsage.knowledge.model import KnowledgeBase

_FAVOURED = 3
_SIDES = (
    ("Ruled out by", ("excluded",)),
    ("Proven by", ("proof",)),
    ("For it", ("for",)),
    ("Against it", ("against",)),
    ("Known of it, but it decides nothing here", ("alike",)),
    ("Considered because of", ("raised",)),
    ("Not known yet", ("unknown",)),
)
_KINDS = {
    "discriminate": "to tell the causes apart",
    "confirm": "to confirm the first cause",
    "exclude": "to rule a cause out",
    "safety": "because the fix is risky",
    "scope": "to know what applies at all",
    "required-by-rule": "it comes before everything else",
    "contradiction": "to settle what does not fit together",
    "fix": "to repair it",
    "end": "nothing is asked",
}


def why(answer: Why) -> list[Block]:
    """Return why the next step is what it is, and what each answer would speak for."""
    blocks = [heading("Why this", _KINDS[answer.kind]), paragraph(answer.text)]
    alike: dict[str, list[str]] = {}
    for favour in answer.favours:
        alike.setdefault("; ".join(cause.title for cause in favour.causes[:_FAVOURED]), []).append(favour.option.label)
    for titles, labels in alike.items():
        if titles:
            blocks += [
                paragraph(f"If: {' / '.join(labels)}", indent=2),
                paragraph(f"speaks for: {titles}", indent=6, style=QUIET),
            ]
    if answer.rules:
        blocks += [BLANK, heading("Rules that wait for it"), *map(_waiting, answer.rules)]
    return blocks


def how(answer: Explanation, prefix: str) -> list[Block]:
    """Return how a cause stands and on what grounds; ``prefix`` is what its reasons are numbered below."""
    blocks = [heading(answer.title, answer.band)]
    if answer.summary:
        blocks.append(paragraph(answer.summary, indent=2))
    if answer.ceiling is not None:
        blocks.append(paragraph(ceiling(answer.ceiling), indent=2, style=QUIET))
    for title, kinds in _SIDES:
        found = [reason for reason in answer.reasons if reason.kind in kinds]
        if found:
            blocks += [BLANK, heading(title)]
            blocks += [reasons.line(reason, f"{prefix}.{reason.number}", answer.band) for reason in found]
    if answer.sources:
        blocks += [BLANK, *source_lines(answer.sources)]
    deeper = next((reason for reason in answer.reasons if reason.below), None)
    if deeper is not None:
        blocks += [BLANK, paragraph(f"how {prefix}.{deeper.number} shows what that rests on.", style=QUIET)]
    return blocks


def ceiling(answer: Ceiling) -> str:
    """Return how sure a cause can become, and by what."""
    needed = "; ".join(reasons.requirement(item) for item in answer.requires)
    if answer.band == "confirmed":
        return f"It would be proven by: {needed}."
    if not needed:
        return "It cannot be more than likely until its fix has worked."
    return f"It cannot be more than likely until its fix has worked, or this is known: {needed}."


def why_not(answer: WhyNot, knowledge: KnowledgeBase) -> list[Block]:
    """Return why a cause is not the first."""
    blocks = [heading(f"Why not: {answer.title}"), paragraph(answer.text)]
    if answer.excluded_by is not None:
        blocks.append(reasons.line(answer.excluded_by, "-"))
    if answer.factors:
        blocks += [BLANK, heading("What the lead comes from"), rows([_factor_row(f) for f in answer.factors])]
    if answer.missing is not None:
        blocks += [BLANK, heading("The first thing missing"), paragraph(reasons.requirement(answer.missing), indent=2)]
        blocks += [paragraph(f"Then: {answer.requires[0].text}  (rule {answer.requires[0].id})", indent=2, style=QUIET)]
    if answer.ahead:
        titles = [("-", knowledge.causes[cause].title) for cause in answer.ahead]
        blocks += [BLANK, heading("Ahead of it"), rows(titles, gap=1)]
    return blocks


def what_if(question: str, label: str, answer: WhatIf) -> list[Block]:
    """Return what an answer would move, and what would come next."""
    blocks = [heading("What if", f"{question} {label}")]
    return blocks + (difference(answer.difference) or [paragraph("Nothing would move.", indent=2)])


def facts(answer: Facts) -> list[Block]:
    """Return everything that is known, with where it comes from, and what was asked for and is not."""
    if not answer.known and not answer.unknown:
        return [paragraph("Nothing is known yet.")]
    blocks: list[Block] = []
    if answer.known:
        blocks.append(heading("What is known"))
    for number, item in enumerate(answer.known, start=1):
        line = Text(f"{item.text.rstrip('?')}: {item.label}")
        line.append(f"  ({reasons.origin(item.origin)})", style=QUIET)
        blocks.append(rows([(f"{number:>2}", line)]))
    if answer.unknown:
        cells = [("-", f"{item.text}  ({reasons.NOT_KNOWN[item.reason]})") for item in answer.unknown]
        blocks += [BLANK, heading("Not known"), rows(cells, gap=1)]
    return blocks


def rules(states: Sequence[RuleState]) -> list[Block]:
    """Return which rules fired, which lack an input, and which are false."""
    titles = {
        "fired": "Rules that fired",
        "not-evaluated": "Not evaluated: an input is missing, which is not the same as false",
        "not-met": "False",
    }
    blocks: list[Block] = []
    for status, title in titles.items():
        found = [state for state in states if state.status == status]
        if found:
            blocks += [BLANK, heading(title)]
            blocks += [block for state in found for block in _rule(state)]
    return blocks[1:] or [paragraph("No rule speaks of what is known so far.")]


def _rule(state: RuleState) -> list[Block]:
    blocks = [rows([("-", state.text)], gap=1), paragraph(state.id, indent=4, style=QUIET)]
    told = [
        *(f"on: {premise}" for premise in state.premises),
        *(f"requires: {reasons.requirement(item)}" for item in state.requires),
        *(f"would need: {reasons.requirement(item)}" for item in state.failed),
    ]
    return blocks + [paragraph(text, indent=4, style=QUIET) for text in told]


def _waiting(rule: RuleState) -> Block:
    return rows([("-", f"{rule.text}, if: {' / '.join(map(reasons.wanted, rule.requires))}")], gap=1)


def _factor_row(factor: Factor) -> tuple[str, str]:
    sign, times = ("x", factor.times) if factor.times >= 1 else ("/", 1 / factor.times)
    return f"{sign} {times:.1f}", factor.text
