"""Where facts come from and what reasons rest on, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from syncsage_cli.render.page import BLANK, QUIET, Block, heading, paragraph, rows
from syncsage_cli.render.procedure import source_lines

if TYPE_CHECKING:
    from syncsage.explanation import Effect, Explanation, Origin, Reason, Requirement

WEIGHTS = {
    "always": "a strong sign",
    "likely": "a sign",
    "unlikely": "a sign against it",
    "never": "a strong sign against it",
}
NOT_KNOWN = {
    "dont_know": "you don't know",
    "no_access": "no access",
    "later": "later",
    "refused": "skipped",
    "not_applicable": "does not apply",
}


def origin(item: Origin | None) -> str:
    """Return where a fact comes from, in a few words."""
    if item is None:
        return ""
    if item.kind == "rule":
        return f"rule {item.rule}"
    if item.kind == "beforehand":
        return "known beforehand"
    if item.kind == "answer":
        return f"your answer {item.said}" if item.said else "your answer"
    return _place(item)


def requirement(item: Requirement) -> str:
    """Return a condition in words, with what is known of it."""
    if item.finding.startswith("problem:"):
        return f"{item.text} is recognised"
    state = f"  ({NOT_KNOWN[item.not_known]})" if item.not_known else ""
    return f"{item.text.rstrip('?')}: {wanted(item)}{state}"


def wanted(item: Requirement) -> str:
    """Return the answers that a condition asks for, without its question."""
    labels = " or ".join(item.labels)
    return f"anything but {labels}" if item.negated else labels


def without(effect: Effect | None, band: str) -> str:
    """Return how a cause would stand without a premise, where its word of confidence would be another one."""
    if effect is None or effect.band == band:
        return ""
    return f"without it: {effect.band}" if effect.band else "without it: no candidate"


def line(reason: Reason, number: str, band: str = "") -> Block:
    """Return a reason as one numbered entry with a quiet remark behind it."""
    expected = f"it would rather be: {reason.expected}" if reason.expected else ""
    asked = NOT_KNOWN[reason.not_known] if reason.not_known else ""
    others = f"it speaks {'against others' if reason.kind == 'for' else 'for others'}" if reason.indirect else ""
    remarks = (
        WEIGHTS.get(reason.weight, ""),
        others,
        expected,
        asked,
        origin(reason.origin),
        without(reason.effect, band),
    )
    text = Text(reason.text)
    if remark := ", ".join(part for part in remarks if part):
        text.append(f"  ({remark})", style=QUIET)
    return rows([(number, text)])


def reason(answer: Explanation, item: Reason, prefix: str) -> list[Block]:
    """Return one reason with what it rests on, down to the line, the answer, the rule and the source."""
    blocks = [heading(f"{prefix}.{item.number}  {item.text}"), *_told(item)]
    cells = [("Cause", f"{answer.title} ({answer.band})")]
    if item.rule:
        cells.append(("Rule", item.rule))
    if item.because:
        cells.append(("Because", item.because))
    if item.weight:
        cells.append(("Weight", WEIGHTS[item.weight]))
    if item.expected:
        cells.append(("Expected", item.expected))
    if left := without(item.effect, answer.band).removeprefix("without it: "):
        cells.append(("Without", left))
    blocks.append(rows(cells))
    if item.below:
        blocks += [BLANK, heading("It rests on"), *(line(part, f"{prefix}.{part.number}") for part in item.below)]
    return [*blocks, BLANK, *source_lines(item.sources)] if item.sources else blocks


def _told(item: Reason) -> Sequence[Block]:
    """Return the words or the answer that a fact was taken from."""
    source = item.origin
    if source is None or item.below:
        return ()
    if source.kind == "answer":
        again = f" To answer anew: change {source.said}" if source.said else ""
        return (paragraph(f"You answered that.{again}", indent=2),)
    if source.kind == "line":
        quoted = [paragraph(words, indent=4, style=QUIET) for words in source.quote.splitlines()]
        return (paragraph(f"{_place(source).capitalize()}:", indent=2), *quoted)
    return (paragraph("That was known before the interview.", indent=2),)


def _place(item: Origin) -> str:
    if item.first is None:
        return f"text {item.said}" if item.said else "the text"
    where = f"line {item.first}" if item.first == item.last else f"lines {item.first}-{item.last}"
    return f"{where} of text {item.said}" if item.said else where
