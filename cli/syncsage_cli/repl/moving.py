"""Commands that move about: back, change, history, steps, again, new, quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage.replying import answer_in_words, read_answer
from syncsage_cli.render import changes
from syncsage_cli.render.changes import saying
from syncsage_cli.render.page import BLANK, QUIET, Block, Verbatim, heading, paragraph
from syncsage_cli.render.step import choices
from syncsage_cli.repl import walking
from syncsage_cli.repl.answers import options_for
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def back(conversation: Conversation, argument: str) -> Reply:
    """Take back the last turn, or the one with a number."""
    if not conversation.session.events:
        return say("There is nothing to take back.")
    if argument and argument not in {str(event.number) for event in conversation.session.events}:
        return say(f"Number {argument} is nothing you said: history shows the numbers.")
    before = conversation.step
    undone = conversation.take_back(int(argument) if argument else None)
    moved = changes.moved(conversation.engine.difference(before, conversation.step))
    quiet = paragraph(f"Taken back: {undone}", style=QUIET)
    return Reply((quiet, *moved, BLANK, *conversation.where_we_are().blocks))


def change(conversation: Conversation, argument: str) -> Reply:
    """Answer a question anew: ``change 2 yes``."""
    number, _, said = argument.partition(" ")
    event = next((e for e in conversation.session.events if str(e.number) == number), None)
    if event is None or event.kind == "told":
        what = "a text: back takes it back" if event is not None else "nothing you said: history shows the numbers"
        return say(f"Number {number} is {what}." if number else "Which answer? Such as: change 2 yes")
    options = options_for(event.id, conversation.step.next, conversation.engine.kb)
    answer = read_answer(said, options) or answer_in_words(said, options)
    if answer is None:
        return Reply((heading(saying(event, conversation.engine.kb)), *choices(options), *_how_to_change(number)))
    before = conversation.step
    conversation.change(event.number, answer)
    moved = changes.moved(conversation.engine.difference(before, conversation.step))
    name = saying(conversation.session.events[-1], conversation.engine.kb)
    return Reply((paragraph(f"Changed: {name}", style=QUIET), *moved, BLANK, *conversation.where_we_are().blocks))


def history(conversation: Conversation, argument: str) -> Reply:
    """Show everything that was said, by number."""
    return Reply(tuple(changes.said(conversation.session.events, conversation.engine.kb)), long=True)


def names_an_event(conversation: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` begins with a number, or is empty."""
    return not argument or argument.split(maxsplit=1)[0].isdigit()


def is_number(conversation: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is a number, or empty."""
    return not argument or (argument.isascii() and argument.isdigit())


def steps(conversation: Conversation, argument: str) -> Reply:
    """Go through the present procedure step by step; with ``all`` show it whole, as every version words it."""
    walk = walking.begin(conversation) if not argument else None
    return walk if walk is not None else conversation.where_we_are(variants=argument == "all")


def again(conversation: Conversation, argument: str) -> Reply:
    """Show the present question or fix again, whole."""
    return conversation.where_we_are()


def new(conversation: Conversation, argument: str) -> Reply:
    """Forget everything and begin again."""
    conversation.begin()
    return say("A new interview. What do you see?")


def leave(conversation: Conversation, argument: str) -> Reply:
    """Leave, with the summary where something was told."""
    return Reply(conversation.farewell(), done=True)


def _how_to_change(number: str) -> tuple[Block, ...]:
    return BLANK, paragraph(f"To answer anew: change {number} ANSWER", style=QUIET)


def as_blocks(text: str) -> tuple[Verbatim, ...]:
    """Return a ready-made page as blocks that keep its lines."""
    return tuple(Verbatim(line) for line in text.splitlines())
