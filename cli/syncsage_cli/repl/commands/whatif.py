"""``whatif``: what an answer would move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from syncsage.replying import answer_in_words, read_answer
from syncsage_cli.repl.answers import options_for
from syncsage_cli.repl.command import Choice, Command, anything
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage.knowledge.model import KnowledgeBase
    from syncsage.step import Next, Option
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, argument: str) -> Reply:
    """Show what an answer would move: to the present question, or to any other as ``question=answer``."""
    from syncsage_cli.render.explain import what_if

    question, equals, value = (part.strip() for part in argument.partition("="))
    ask = conversation.step.next
    if not equals:
        if ask is None or conversation.asking == "nothing":
            return say("There is no question to try an answer to. Any other: whatif QUESTION=ANSWER")
        question, value = ask.id, argument
    options = options_for(question, ask, conversation.engine.kb)
    answer = read_answer(value, options) or answer_in_words(value, options)
    if answer is None:
        return say("Give one of the answers: whatif 1" if not equals else _choices_of(question, options))
    label = next((o.label for o in options if o.value == answer.value), answer.value)
    result = conversation.engine.what_if(conversation.step, question, answer.value, answer.reason)
    return Reply(tuple(what_if(_words_of(question, ask, conversation.engine.kb), label, result)))


def _words_of(question: str, ask: Next | None, knowledge: KnowledgeBase) -> str:
    if ask is not None and ask.id == question:
        return ask.text
    finding = knowledge.findings.get(question)
    return finding.ask if finding is not None and finding.ask else question


def _choices_of(question: str, options: Sequence[Option]) -> str:
    """Return what can be answered to a question, in a sentence."""
    if not options:
        return f"No question is called {question!r}: facts and rules name them."
    return f"{question} can be: " + ", ".join(f"{n} {option.label}" for n, option in enumerate(options, start=1)) + "."


def _offers(conversation: Conversation, _: str) -> Iterator[Choice]:
    return (Choice(option.label) for option in conversation.options)


COMMAND = Command(
    "whatif",
    "[ID=]ANSWER",
    "what an answer would change",
    "What is asked",
    2,
    run,
    anything,
    examples=(("whatif 2", "the second answer to this question"), ("whatif ID=yes", "another one; facts has ids")),
    offers=_offers,
)
