"""``rules``: which rules fired, and which lack an input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from syncsage_cli.repl.command import ALL, Command, maybe_all, offering
from syncsage_cli.repl.reply import Reply

if TYPE_CHECKING:
    from syncsage.explanation import RuleState
    from syncsage.knowledge.model import KnowledgeBase
    from syncsage.step import Step
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, argument: str) -> Reply:
    """Show which rules fired and which lack an input; ``all`` for those that speak of nothing in question, too."""
    from syncsage_cli.render.explain import rules

    states = conversation.engine.rule_states(conversation.step)
    shown = states if argument == ALL else in_question(states, conversation.step, conversation.engine.kb)
    return Reply(tuple(rules(shown)), long=True)


def in_question(states: Sequence[RuleState], step: Step, knowledge: KnowledgeBase) -> list[RuleState]:
    """Return the written rules and scopes that fired, or that speak of a cause in question."""
    about = {cause.id for cause in step.causes}
    written = [state for state in states if state.id in knowledge.rules or state.kind == "gate"]
    return [state for state in written if state.status == "fired" or state.target in about]


COMMAND = Command(
    "rules",
    f"[{ALL}]",
    "which rules fired, which lack an input",
    "What it comes from",
    5,
    run,
    maybe_all,
    offers=offering(ALL),
)
