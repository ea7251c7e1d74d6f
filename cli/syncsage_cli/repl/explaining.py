"""Commands that explain: why, how, whynot, whatif, facts, causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.render import codes as codes_view
from syncsage_cli.render import explain as view
from syncsage_cli.render import step as step_view
from syncsage_cli.repl.answers import read_answer
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation

LOOKUP_GOES_ON = "To find the cause behind it, paste the whole message."
NO_CAUSES = "There are no causes to speak of yet: tell me what you see."


def why(conversation: Conversation, argument: str) -> Reply:
    """Explain why the present question or fix comes next."""
    if conversation.asking == "nothing":
        return say("Nothing is asked at the moment.")
    return Reply(tuple(view.why(conversation.engine.why(conversation.step))))


def how(conversation: Conversation, argument: str) -> Reply:
    """Explain how a cause stands; the first one where none is named."""
    cause = resolve(conversation, argument) if argument else first(conversation)
    if cause is None:
        return say(NO_CAUSES if not conversation.step.causes else f"No cause here is called {argument!r}: see causes.")
    return Reply(tuple(view.how(conversation.engine.explain(conversation.step, cause))), long=True)


def why_not(conversation: Conversation, argument: str) -> Reply:
    """Explain why a cause is not the first."""
    cause = resolve(conversation, argument) or known(conversation, argument)
    if cause is None:
        return say("Which cause? Give its number in causes, or its name: whynot 2")
    answer = conversation.engine.why_not(conversation.step, cause)
    return Reply(tuple(view.why_not(answer, conversation.engine.kb)), long=True)


def what_if(conversation: Conversation, argument: str) -> Reply:
    """Show what an answer to the present question would move."""
    ask = conversation.step.next
    if ask is None or conversation.asking != "question":
        return say("There is no question to try an answer to.")
    answer = read_answer(argument, conversation.options)
    if answer is None:
        return say("Give one of the answers: whatif 1")
    label = next((o.label for o in conversation.options if o.value == answer.value), answer.value)
    result = conversation.engine.what_if(conversation.step.evidence, ask.id, answer.value, conversation.text)
    return Reply(tuple(view.what_if(ask.text, label, result)))


def lookup(conversation: Conversation, argument: str) -> Reply:
    """Explain a code."""
    if not argument:
        return say("Which code? Such as: lookup 404")
    engine = conversation.engine
    return Reply(tuple(codes_view.lookup(engine.lookup(argument), engine.kb, LOOKUP_GOES_ON)), long=True)


def facts(conversation: Conversation, argument: str) -> Reply:
    """Show everything that is known."""
    return Reply(tuple(view.facts(conversation.step, conversation.engine.kb)), long=True)


def causes(conversation: Conversation, argument: str) -> Reply:
    """Show all causes, the ones ruled out as well."""
    blocks = step_view.causes(conversation.step, limit=None)
    return Reply(tuple(blocks[1:]), long=True) if blocks else say(NO_CAUSES)


def names_a_candidate(conversation: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is empty, a number, or names one of the causes in question."""
    return not argument or argument.isdigit() or resolve(conversation, argument) is not None


def first(conversation: Conversation) -> str | None:
    """Return the id of the leading cause."""
    ordered = step_view.in_order(conversation.step)
    return ordered[0].id if ordered else None


def resolve(conversation: Conversation, name: str) -> str | None:
    """Return the id of the candidate that ``name`` means: its number, id, or a part of its title."""
    ordered = step_view.in_order(conversation.step)
    if name.isascii() and name.isdigit():
        return ordered[int(name) - 1].id if 1 <= int(name) <= len(ordered) else None
    return _by_name({cause.id: cause.title for cause in ordered}, name)


def known(conversation: Conversation, name: str) -> str | None:
    """Return the id of the cause of the knowledge, candidate or not, that ``name`` means."""
    return _by_name({cause.id: cause.title for cause in conversation.engine.kb.causes.values()}, name)


def _by_name(titles: dict[str, str], name: str) -> str | None:
    folded = name.casefold()
    if folded in titles:
        return folded
    if len(folded) < 3:
        return None
    matching = [id_ for id_, title in titles.items() if id_.startswith(folded) or folded in title.casefold()]
    return matching[0] if len(matching) == 1 else None
