"""``change``: answer a question anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from syncsage.replying import answer_in_words, read_answer
from syncsage_cli.render import changes
from syncsage_cli.render.changes import saying
from syncsage_cli.render.page import BLANK, QUIET, heading, paragraph
from syncsage_cli.render.step import choices
from syncsage_cli.repl.answers import options_for
from syncsage_cli.repl.command import Choice, Command
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, argument: str) -> Reply:
    """Answer a question anew: ``change 2 yes``."""
    number, _, said = argument.partition(" ")
    event = next((e for e in conversation.session.events if str(e.number) == number), None)
    if event is None or event.kind == "told":
        what = "a text: back takes it back" if event is not None else "nothing you said: history shows the numbers"
        return say(f"Number {number} is {what}." if number else "Which answer? Such as: change 2 yes")
    options = options_for(event.id, conversation.step.next, conversation.engine.kb)
    answer = read_answer(said, options) or answer_in_words(said, options)
    if answer is None:
        how = paragraph(f"To answer anew: change {number} ANSWER", style=QUIET)
        return Reply((heading(saying(event, conversation.engine.kb)), *choices(options), BLANK, how))
    before = conversation.step
    conversation.change(event.number, answer)
    moved = changes.moved(conversation.engine.difference(before, conversation.step))
    name = saying(conversation.session.events[-1], conversation.engine.kb)
    return Reply((paragraph(f"Changed: {name}", style=QUIET), *moved, BLANK, *conversation.where_we_are().blocks))


def _fits(_: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` begins with a number, or is empty."""
    return not argument or argument.split(maxsplit=1)[0].isdigit()


def _offers(conversation: Conversation, begun: str) -> Iterator[Choice]:
    """Yield the numbers of answers that can be changed, and behind one the answers it could have."""
    knowledge = conversation.engine.kb
    number, blank, _ = begun.partition(" ")
    for event in conversation.session.events:
        if event.kind != "told" and not blank:
            yield Choice(str(event.number), saying(event, knowledge))
        elif event.kind != "told" and str(event.number) == number:
            options = options_for(event.id, conversation.step.next, knowledge)
            yield from (Choice(f"{number} {option.label}") for option in options)


COMMAND = Command(
    "change",
    "N ANSWER",
    "answer number N anew",
    "What you said",
    3,
    run,
    _fits,
    examples=(("change 2", "shows what can be answered"), ("change 2 yes", "does it")),
    offers=_offers,
)
