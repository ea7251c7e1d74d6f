"""What is said after a turn: what was understood, what moved, how it ends, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.render import step as view
from syncsage_cli.render.page import BLANK, QUIET, Block, heading, paragraph
from syncsage_cli.repl.answers import Asking, options_of

if TYPE_CHECKING:
    from syncsage.step import Next, Step

NOTHING_NEW = "That tells me nothing new."


def after_text(before: Step, after: Step) -> list[Block]:
    """Return what a text brought: what it was recognised as, or that it brought nothing."""
    if _same(before, after):
        return [paragraph(NOTHING_NEW, style=QUIET)]
    if after.problems == before.problems and (after.problems or after.observations):
        return [_noted(before, after), *_ranking(before, after)]
    known = {match.id for match in before.problems} if after.problems[:1] == before.problems[:1] else set[str]()
    recognised = view.recognised(after, known=known)
    return [*recognised, *view.procedures(after), *_ranking(before, after)]


def after_answer(before: Step, after: Step) -> list[Block]:
    """Return what an answer moved: the problem, where it was one of several, and the causes."""
    settled = view.undecided(before) and not view.undecided(after)
    blocks = [*view.recognised(after), *view.procedures(after)] if settled and after.problems else []
    return blocks + (view.causes(after) if settled else _ranking(before, after))


def ask(step: Step, asking: Asking, *, variants: bool = False) -> list[Block]:
    """Return what is asked now, ready to be answered; ``variants``: with the wording for all versions."""
    if step.next is None:
        return []
    options = options_of(step.next, asking)
    if asking == "consent":
        return [BLANK, *_consent(step.next)]
    if asking == "fix":
        fix = view.fix(step.next, variants=variants)
        return [BLANK, *fix, BLANK, heading("Did it work?"), *view.choices(options, unknowns=False)]
    question = view.question(step.next, step.asked + 1, variants=variants)
    return [BLANK, *question, *view.choices(options, paste=step.next.paste)]


def _consent(ask: Next) -> list[Block]:
    blocks = [heading(ask.text), paragraph(ask.rationale)]
    blocks += [paragraph(ask.help, indent=2)] if ask.help else []
    return [*blocks, *view.choices(options_of(ask, "consent"), unknowns=False)]


def _ranking(before: Step, after: Step) -> list[Block]:
    """Return the causes where their order or standing changed."""
    old, new = ([(c.id, c.band) for c in view.in_order(step)[: view.SHOWN_CAUSES]] for step in (before, after))
    return view.causes(after) if old != new else []


def _noted(before: Step, after: Step) -> Block:
    count = len(set(after.observations) - set(before.observations))
    return paragraph(f"Noted ({count} new {'fact' if count == 1 else 'facts'}).", style=QUIET)


def _same(before: Step, after: Step) -> bool:
    return bool(before.problems or before.observations) and (
        (before.problems, before.observations, before.causes) == (after.problems, after.observations, after.causes)
    )
