"""One step of a procedure at a time, ticked off by Enter. Ticks are kept with the interview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from syncsage_cli.render.page import BLANK, QUIET, heading, paragraph
from syncsage_cli.render.procedure import instructions, preface, ticked
from syncsage_cli.repl import turns
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage import Session
    from syncsage.step import Instruction, Mark, Next, ProcedureView
    from syncsage_cli.repl.conversation import Conversation

KEYS = "Enter done · s skip · b back · u untick · all · q leave"
_DONE = frozenset({"", "d", "done", "y", "yes", "ok", "next"})
_BACK = frozenset({"b", "back"})
_SKIP = frozenset({"s", "skip"})
_UNTICK = frozenset({"u", "untick"})
_LEAVE = frozenset({"q", "quit", "stop", "leave"})


@dataclass(slots=True)
class Walk:
    """A walk through the procedures of one question or fix.

    Attributes:
        session: Where ticks are kept.
        ask: What they belong to.
        parts: Each procedure with its label, in order.
        at: The present step, from 0 over all parts.
    """

    session: Session
    ask: Next
    parts: tuple[tuple[str, ProcedureView], ...]
    at: int = 0

    @property
    def steps(self) -> tuple[tuple[str, Instruction], ...]:
        """Every step, with the title of its procedure."""
        return tuple((f"{label}: {part.title}", step) for label, part in self.parts for step in part.steps)

    @property
    def ticks(self) -> dict[int, Mark]:
        """What became of the steps so far, by number from 0."""
        return _ticks(self.session, self.ask)

    @property
    def prompt(self) -> str:
        """What stands before the cursor."""
        return f"step {self.at + 1} of {len(self.steps)}> "


def begin(conversation: Conversation) -> Reply | None:
    """Begin or go on with the walk through what is asked; None where that has no procedure."""
    ask = conversation.step.next
    parts = _parts(ask) if ask is not None and conversation.asking in ("question", "fix") else ()
    if ask is None or not parts:
        return None
    conversation.walk = Walk(conversation.session, ask, parts)
    conversation.walk.at = _first_open(conversation.walk)
    return _shown(conversation.walk)


def progress(session: Session, ask: Next) -> str:
    """Return how far the walk through what is asked has come; empty where it did not begin."""
    marks, total = _ticks(session, ask), sum(len(part.steps) for part in ask.parts)
    if not marks:
        return ""
    left = "all of them" if len(marks) == total else f"{len(marks)} of {total}"
    return f"Steps ticked off: {left}. steps {'shows them' if len(marks) == total else 'goes on with them'}."


def hear(conversation: Conversation, line: str) -> Reply | None:
    """Take one line during a walk; None where it is none of its keys."""
    walk, said = conversation.walk, line.strip().casefold()
    if walk is None:
        return None
    if said in _DONE or said in _SKIP:
        return _tick(conversation, walk, "skipped" if said in _SKIP else "done")
    if said in _UNTICK:
        return _untick(walk)
    if said in _LEAVE:
        conversation.walk = None
        return Reply(tuple(turns.outcome(conversation.step, conversation.asking)))
    return _look_around(walk, said)


def _tick(conversation: Conversation, walk: Walk, mark: Mark) -> Reply:
    walk.session.tick(walk.at + 1, mark)
    walk.at += 1
    return _shown(walk) if walk.at < len(walk.steps) else _ended(conversation, walk)


def _untick(walk: Walk) -> Reply:
    """Take back the tick of the present step, else that of the step before, which was perhaps ticked by mistake."""
    at = next((n for n in (walk.at, walk.at - 1) if n in walk.ticks), None)
    if at is None:
        return say("This step is not ticked off.")
    walk.session.tick(at + 1, "undone")
    walk.at = at
    return _shown(walk)


def _ticks(session: Session, ask: Next) -> dict[int, Mark]:
    steps = [step.do for part in ask.parts for step in part.steps]
    held = (tick for tick in session.ticks if tick.id == ask.id and tick.text in steps[tick.step - 1 : tick.step])
    return {tick.step - 1: tick.mark for tick in held}


def _first_open(walk: Walk) -> int:
    """Return the first step without a tick, else the first that was skipped, else the first."""
    marks = [walk.ticks.get(n) for n in range(len(walk.steps))]
    return next((marks.index(mark) for mark in (None, "skipped") if mark in marks), 0)


def _look_around(walk: Walk, said: str) -> Reply | None:
    if said == "all":
        return _overview(walk)
    if said in ("no", "n", "?"):
        return say(f"{KEYS}; or the number of a step.")
    number = walk.at if said in _BACK else int(said) if said.isascii() and said.isdigit() else None
    return _jump(walk, max(1, number) if said in _BACK else number) if number is not None else None


def _parts(ask: Next) -> tuple[tuple[str, ProcedureView], ...]:
    first = "Fix" if ask.kind == "fix" else "How to find out"
    found = ((first, ask.procedure), ("Then verify", ask.verify))
    return tuple((label, part) for label, part in found if part is not None)


def _jump(walk: Walk, number: int) -> Reply:
    if not 1 <= number <= len(walk.steps):
        return say(f"There are steps 1 to {len(walk.steps)}.")
    walk.at = number - 1
    return _shown(walk)


def _shown(walk: Walk) -> Reply:
    title, step = walk.steps[walk.at]
    begins = walk.at == 0 or walk.steps[walk.at - 1][0] != title
    part = next(part for label, part in walk.parts if title == f"{label}: {part.title}")
    first = [*preface(part), BLANK] if begins else []
    shown = instructions([step], first=walk.at + 1)
    return Reply((heading(title), *first, *shown, BLANK, paragraph(KEYS, style=QUIET)))


def _overview(walk: Walk) -> Reply:
    blocks, ticks = [], walk.ticks
    for title in dict.fromkeys(title for title, _ in walk.steps):
        shown = [(n, step, ticks.get(n - 1, "")) for n, (of, step) in enumerate(walk.steps, 1) if of == title]
        blocks += [BLANK, heading(title), *ticked(shown, present=walk.at + 1)]
    return Reply((*blocks, BLANK, paragraph(KEYS, style=QUIET)), long=True)


def _ended(conversation: Conversation, walk: Walk) -> Reply:
    conversation.walk = None
    ticks = walk.ticks
    left = [str(n + 1) for n in range(len(walk.steps)) if ticks.get(n) != "done"]
    whole = "The step is done." if len(walk.steps) == 1 else f"All {len(walk.steps)} steps are done."
    text = f"That was the last step; not done: {', '.join(left)}." if left else whole
    return Reply((paragraph(text), *turns.outcome(conversation.step, conversation.asking)))
