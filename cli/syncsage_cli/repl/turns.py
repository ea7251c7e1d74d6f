"""What is said after a turn: what was understood, what moved, how it ends, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage.replying import Answer
from syncsage_cli.render import step as view
from syncsage_cli.render.noted import echo
from syncsage_cli.render.page import BLANK, QUIET, Block, heading, paragraph
from syncsage_cli.repl.answers import Asking, options_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syncsage.step import Next, Step
    from syncsage_cli.repl.conversation import Conversation

#: Steps of a fix and its verification that still go on one small screen.
_LONG = 5
WAITING = "Take your time. steps goes through it one by one, again shows it; causes lists what else it may be."
NO_BETTER_FIX = "Then it stays to be done: I know no better fix. causes lists what else it may be, back goes back."
UNDECIDED = "Take your time. 1 shows the fix, 2 leaves it out; causes lists what else it may be."
#: Reasons to stop that end the work, so that the summary is due.
_ENDS = frozenset({"resolved", "exhausted", "question-limit", "not-known", "declined"})
NOTHING_YET = "Nothing is asked yet: paste an error or lines of a log, or say what goes wrong. help lists the commands."
NOTHING_MORE = "Nothing is asked any more. Tell more if you like; report FILE writes the ticket, new begins anew."
NOTHING_NEW = "That tells me nothing new."
NOTED_ELSEWHERE = "Noted; facts lists what follows from it."


def after_text(before: Step, after: Step, noted: Sequence[Block]) -> list[Block]:
    """Return what a text brought: what it was recognised as, or that it brought nothing.

    Args:
        before: Where the interview stood.
        after: Where it stands now.
        noted: The echo of the facts that were read.
    """
    if _same(before, after):
        return [paragraph(NOTHING_NEW, style=QUIET)]
    if after.problems == before.problems and (after.problems or after.observations):
        return [*(noted or [paragraph(NOTED_ELSEWHERE, style=QUIET)]), *_ranking(before, after)]
    known = {match.id for match in before.problems} if after.problems[:1] == before.problems[:1] else set[str]()
    recognised = view.recognised(after, known=known)
    return [*recognised, *([BLANK] if noted else []), *noted, *view.procedures(after), *_ranking(before, after)]


def after_answer(before: Step, after: Step, answer: Answer) -> list[Block]:
    """Return what was understood, and what it moved: the problem, where it was one of several, and the causes."""
    settled = view.undecided(before) and not view.undecided(after)
    blocks = [*view.recognised(after), *view.procedures(after)] if settled and after.problems else []
    return [*echo(before.next, answer), *blocks, *(view.causes(after) if settled else _ranking(before, after))]


def just_ended(before: Step, after: Step) -> bool:
    """Tell whether the questions ended by this turn, with nothing left to do."""
    ended = after.stop_reason in _ENDS and after.next is None
    return ended and (before.stop_reason, before.causes) != (after.stop_reason, after.causes)


def ask(step: Step, asking: Asking, *, variants: bool = False, full: bool = False) -> list[Block]:
    """Return what is asked now, ready to be answered.

    Args:
        step: Where the interview stands.
        asking: What kind of answer is awaited.
        variants: With the wording for all versions.
        full: With the procedure of a check, and every word of a long fix.
    """
    if step.next is None:
        return []
    options = options_of(step.next, asking)
    if asking == "consent":
        return [BLANK, *_consent(step.next)]
    if asking == "fix":
        whole = full or not is_long(step.next)
        fix = view.fix(step.next, variants=variants) if whole else view.fix_in_short(step.next)
        return [BLANK, *fix, *outcome(step, asking)]
    question = view.question(step.next, step.asked + 1, variants=variants, full=full)
    return [BLANK, *question, *view.choices(options, paste=step.next.paste)]


def outcome(step: Step, asking: Asking) -> list[Block]:
    """Return the question again, in short, after its procedure was gone through."""
    if step.next is None:
        return []
    options = options_of(step.next, asking)
    if asking == "fix":
        return [BLANK, heading("Did it work?"), *view.choices(options, unknowns=False)]
    return [BLANK, heading(step.next.text), *view.choices(options, paste=step.next.paste)]


def nothing_asked(conversation: Conversation) -> str:
    """Return what to say to an answer where nothing is asked."""
    return NOTHING_MORE if conversation.session.events else NOTHING_YET


def not_now(ask: Next | None, answer: Answer) -> str:
    """Return what to say where a fix is neither tried nor wanted, or nobody can tell whether it worked."""
    if ask is not None and ask.kind == "consent":
        return UNDECIDED
    if ask is None or answer.value != "unknown" or answer.reason == "later":
        return WAITING
    if answer.reason != "dont_know":
        return NO_BETTER_FIX
    check = f"“{ask.verify.title}” shows whether it worked; steps leads there." if ask.verify is not None else ""
    return f"{check} If it is not tried yet, say 3; causes lists what else it may be.".lstrip()


def is_long(ask: Next) -> bool:
    """Tell whether a fix with its verification is more than one keeps in mind."""
    return sum(len(part.steps) for part in (ask.procedure, ask.verify) if part is not None) > _LONG


def _consent(ask: Next) -> list[Block]:
    blocks = [heading(ask.text), paragraph(ask.rationale)]
    blocks += [paragraph(ask.help, indent=2)] if ask.help else []
    return [*blocks, *view.choices(options_of(ask, "consent"), unknowns=False)]


def _ranking(before: Step, after: Step) -> list[Block]:
    """Return the causes where their order or standing changed."""
    old, new = ([(c.id, c.band) for c in view.in_order(step)[: view.SHOWN_CAUSES]] for step in (before, after))
    return view.causes(after) if old != new else []


def _same(before: Step, after: Step) -> bool:
    return bool(before.problems or before.observations) and (
        (before.problems, before.observations, before.causes) == (after.problems, after.observations, after.causes)
    )
