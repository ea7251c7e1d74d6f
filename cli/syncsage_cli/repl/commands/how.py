"""``how``: how a cause stands, and what each reason for it rests on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from syncsage_cli.repl.candidates import NONE_YET, candidate, first, known, named
from syncsage_cli.repl.command import Command
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def run(conversation: Conversation, argument: str) -> Reply:
    """Explain how a cause stands; the first one where none is named. ``how 1.2`` goes down to its second reason."""
    from syncsage_cli.render import explain, reasons

    name, _, number = argument.partition(".")
    cause = candidate(conversation, name) or known(conversation, name) if argument else first(conversation)
    if cause is None:
        return say(NONE_YET if not conversation.step.causes else f"No cause here is called {argument!r}: see causes.")
    answer = conversation.engine.explain(conversation.step, cause, conversation.session.said)
    prefix = str(answer.rank or answer.id)
    if not number:
        return Reply(tuple(explain.how(answer, prefix)), long=True)
    reason = answer.at(number)
    if reason is None:
        return say(f"{prefix} has no reason {number}: how {prefix} shows them.")
    return Reply(tuple(reasons.reason(answer, reason, prefix)), long=True)


def _fits(conversation: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is empty, a number, or names one of the causes in question or a reason of it."""
    name, _, number = argument.partition(".")
    numbered = not number or _NUMBER.fullmatch(number) is not None
    return not argument or (numbered and (name.isdigit() or candidate(conversation, name) is not None))


COMMAND = Command(
    "how",
    "[CAUSE]",
    "how a cause stands, and what each reason rests on",
    "What it comes from",
    2,
    run,
    _fits,
    examples=(
        ("how", "the first cause"),
        ("how 2", "the second one"),
        ("how 1.2", "what the second reason of the first rests on"),
    ),
    offers=named,
)
