"""Commands that explain: why, how, whynot, whatif, facts, rules, causes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from syncsage.replying import answer_in_words, read_answer
from syncsage_cli.render import codes as codes_view
from syncsage_cli.render import explain as view
from syncsage_cli.render import reasons as reasons_view
from syncsage_cli.render import step as step_view
from syncsage_cli.repl.answers import options_for
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage.explanation import RuleState
    from syncsage.knowledge.model import KnowledgeBase
    from syncsage.step import Next, Option, Step
    from syncsage_cli.repl.conversation import Conversation

LOOKUP_GOES_ON = "To find the cause behind it, paste the whole message."
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
NO_CAUSES = "There are no causes to speak of yet: tell me what you see."


def why(conversation: Conversation, argument: str) -> Reply:
    """Explain why the present question or fix comes next."""
    if conversation.asking == "nothing":
        return say("Nothing is asked at the moment.")
    return Reply(tuple(view.why(conversation.engine.why(conversation.step))))


def how(conversation: Conversation, argument: str) -> Reply:
    """Explain how a cause stands; the first one where none is named. ``how 1.2`` goes down to its second reason."""
    name, _, number = argument.partition(".")
    cause = resolve(conversation, name) or known(conversation, name) if argument else first(conversation)
    if cause is None:
        return say(NO_CAUSES if not conversation.step.causes else f"No cause here is called {argument!r}: see causes.")
    answer = conversation.engine.explain(conversation.step, cause, conversation.session.said)
    prefix = str(answer.rank or answer.id)
    if not number:
        return Reply(tuple(view.how(answer, prefix)), long=True)
    reason = answer.at(number)
    if reason is None:
        return say(f"{prefix} has no reason {number}: how {prefix} shows them.")
    return Reply(tuple(reasons_view.reason(answer, reason, prefix)), long=True)


def why_not(conversation: Conversation, argument: str) -> Reply:
    """Explain why a cause is not the first."""
    cause = resolve(conversation, argument) or known(conversation, argument)
    if cause is None:
        return say("Which cause? Give its number in causes, or its name: whynot 2")
    answer = conversation.engine.why_not(conversation.step, cause, conversation.session.said)
    return Reply(tuple(view.why_not(answer, conversation.engine.kb)), long=True)


def what_if(conversation: Conversation, argument: str) -> Reply:
    """Show what an answer would move: to the present question, or to any other as ``question=answer``."""
    question, equals, value = (part.strip() for part in argument.partition("="))
    ask = conversation.step.next
    if not equals:
        if ask is None or conversation.asking == "nothing":
            return say("There is no question to try an answer to. Any other: whatif QUESTION=ANSWER")
        question, value = ask.id, argument
    options = options_for(question, ask, conversation.engine.kb)
    answer = read_answer(value, options) or answer_in_words(value, options)
    if answer is None:
        return say("Give one of the answers: whatif 1" if not equals else choices_of(question, options))
    label = next((o.label for o in options if o.value == answer.value), answer.value)
    result = conversation.engine.what_if(conversation.step, question, answer.value, answer.reason)
    return Reply(tuple(view.what_if(words_of(question, ask, conversation.engine.kb), label, result)))


def words_of(question: str, ask: Next | None, knowledge: KnowledgeBase) -> str:
    """Return the words of a question."""
    if ask is not None and ask.id == question:
        return ask.text
    finding = knowledge.findings.get(question)
    return finding.ask if finding is not None and finding.ask else question


def choices_of(question: str, options: Sequence[Option]) -> str:
    """Return what can be answered to a question, in a sentence."""
    if not options:
        return f"No question is called {question!r}: facts and rules name them."
    return f"{question} can be: " + ", ".join(f"{n} {option.label}" for n, option in enumerate(options, start=1)) + "."


def rules(conversation: Conversation, argument: str) -> Reply:
    """Show which rules fired and which lack an input; ``all`` for those that speak of nothing in question, too."""
    states = conversation.engine.rule_states(conversation.step)
    shown = states if argument == "all" else in_question(states, conversation.step, conversation.engine.kb)
    return Reply(tuple(view.rules(shown)), long=True)


def in_question(states: Sequence[RuleState], step: Step, knowledge: KnowledgeBase) -> list[RuleState]:
    """Return the written rules and scopes that fired, or that speak of a cause in question."""
    about = {cause.id for cause in step.causes}
    written = [state for state in states if state.id in knowledge.rules or state.kind == "gate"]
    return [state for state in written if state.status == "fired" or state.target in about]


def lookup(conversation: Conversation, argument: str) -> Reply:
    """Explain a code."""
    if not argument:
        return say("Which code? Such as: lookup 404")
    engine = conversation.engine
    return Reply(tuple(codes_view.lookup(engine.lookup(argument), engine.kb, LOOKUP_GOES_ON)), long=True)


def facts(conversation: Conversation, argument: str) -> Reply:
    """Show everything that is known."""
    return Reply(tuple(view.facts(conversation.engine.facts(conversation.step, conversation.session.said))), long=True)


def causes(conversation: Conversation, argument: str) -> Reply:
    """Show all causes, the ones ruled out as well."""
    blocks = step_view.causes(conversation.step, limit=None)
    return Reply(tuple(blocks[1:]), long=True) if blocks else say(NO_CAUSES)


def names_a_candidate(conversation: Conversation, argument: str) -> bool:
    """Tell whether ``argument`` is empty, a number, or names one of the causes in question or a reason of it."""
    name, _, number = argument.partition(".")
    numbered = not number or _NUMBER.fullmatch(number) is not None
    return not argument or (numbered and (name.isdigit() or resolve(conversation, name) is not None))


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
