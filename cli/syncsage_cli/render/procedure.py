"""Procedures: numbered steps with what to expect, and commands that can be copied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from syncsage_cli.render.page import BLANK, QUIET, Block, Drawing, Verbatim, clean, heading, paragraph, rows

if TYPE_CHECKING:
    from syncsage.step import Instruction, ProcedureView

_STEP_INDENT = 2
_TEXT_INDENT = 6
_RISKS = {"none": "", "low": "low risk", "medium": "some risk", "high": "HIGH RISK"}


def minutes(value: float) -> str:
    """Return a duration as people say it: ``5 min``, ``1.5 h``."""
    return f"{value:g} min" if value < 90 else f"{value / 60:.2g} h"


def aside(view: ProcedureView) -> str:
    """Return time, risk and needs of a procedure in one line."""
    parts = [f"about {minutes(view.minutes)}", _RISKS.get(view.risk, view.risk)]
    if view.needs:
        parts.append("needs " + ", ".join(view.needs))
    return " · ".join(part for part in parts if part)


def procedure(view: ProcedureView, *, label: str = "", variants: bool = True) -> list[Block]:
    """Return the blocks of a complete procedure.

    Args:
        view: The procedure, its fitting variant already chosen.
        label: What it is for, such as ``Fix``; put before the title.
        variants: Whether to show how other versions word it, or only to name them.
    """
    title = f"{label}: {view.title}" if label else view.title
    blocks = [heading(title), paragraph(aside(view), style=QUIET), *instructions(view.steps)]
    if variants:
        for name, steps in view.others:
            blocks += [BLANK, heading(name), *instructions(steps)]
    return blocks + [block for part in _remarks(view, variants=variants) for block in (BLANK, part)]


def outline(view: ProcedureView, *, label: str) -> list[Block]:
    """Return what is to be done in a procedure, without commands and what to expect."""
    steps = rows([(f"{number:>2}", step.do) for number, step in enumerate(view.steps, start=1)])
    undo = [rows([("To undo:", view.undo)], gap=1)] if view.undo else []
    return [heading(f"{label}: {view.title}"), paragraph(aside(view), style=QUIET), steps, *undo]


def preface(view: ProcedureView) -> list[Block]:
    """Return what one should know of a procedure before its first step."""
    return [paragraph(aside(view), style=QUIET), *_remarks(view, variants=False)]


def _remarks(view: ProcedureView, *, variants: bool) -> list[Block]:
    """Return the names of other versions where they are not shown, the notes, and how to undo it."""
    names = "; ".join(name for name, _ in view.others) if not variants else ""
    blocks = [paragraph(f"steps all shows other versions too: {names}", indent=2, style=QUIET)] if names else []
    blocks += [rows([("-", note) for note in view.notes], gap=1)] if view.notes else []
    return blocks + ([rows([("To undo:", view.undo)], gap=1)] if view.undo else [])


def instructions(steps: Iterable[Instruction], first: int = 1) -> list[Block]:
    """Return numbered steps, each with its command and what to expect after it; ``first``: where to count from."""
    blocks: list[Block] = []
    for number, step in enumerate(steps, start=first):
        blocks.append(rows([(f"{number:>2}", step.do)], indent=_STEP_INDENT))
        if step.command:
            blocks += [Verbatim(line, indent=_TEXT_INDENT + 4) for line in step.command.splitlines()]
        if step.expect:
            blocks.append(paragraph(f"Expect: {step.expect}", indent=_TEXT_INDENT, style=QUIET))
    return blocks


def ticked(steps: Iterable[tuple[int, Instruction, str]], present: int) -> list[Block]:
    """Return steps by number, each with a mark for what became of it: x done, - skipped, > where one is."""
    marks, listed = {"done": "x", "skipped": "-"}, list(steps)
    cells = [(">" if n == present else marks.get(tick, " "), f"{n:>2}", step.do) for n, step, tick in listed]
    said = [(tick, "you are here" if n == present else "", clean(step.do), n) for n, step, tick in listed]
    sentences = (f"{n}: {', '.join(part for part in parts if part)}" for *parts, n in said)
    return [Drawing(rows(cells).drawn(), tuple(sentences))]


def source_lines(sources: Iterable[str]) -> list[Block]:
    """Return where the knowledge comes from, one document a line."""
    return [rows([("Source:", source) for source in sources], gap=1)]
