"""What the people of the bundled scenarios would type is understood as the answer that they mean."""

from __future__ import annotations

import pytest

from syncsage.engine import Engine
from syncsage.knowledge import load
from syncsage.knowledge.scenarios import Scenario, load_scenarios
from syncsage.quality import play
from syncsage.replying import answer_in_words, leading_yes_or_no, read_answer
from syncsage.step import Next, Option
from syncsage_cli.repl.answers import options_of
from syncsage_cli.repl.conversation import Conversation

KNOWLEDGE = load()
SAID = sorted(
    {
        (finding, truth.words, truth.value)
        for scenario in load_scenarios()
        for finding, truth in scenario.truth.items()
        if truth.words and not KNOWLEDGE.findings[finding].paste
    }
)


def understood(finding_id: str, line: str) -> str:
    finding = KNOWLEDGE.findings[finding_id]
    choices = tuple(Option(c.value, c.label, c.words) for c in finding.choices)
    options = options_of(Next("question", finding_id, finding.ask, choices, "", 1, "none", ""), "question")
    answer = read_answer(line, options) or answer_in_words(line, options)
    if answer is None and (leading := leading_yes_or_no(line, options)) is not None:
        answer = leading[0]
    return answer.value if answer is not None else "further evidence"


@pytest.mark.parametrize(("finding", "words", "value"), SAID)
def test_an_answer_in_plain_words_is_the_choice_that_is_meant(finding: str, words: str, value: str) -> None:
    assert understood(finding, words) == value


@pytest.mark.parametrize("finding", [f.id for f in KNOWLEDGE.findings.values() if f.ask and not f.paste])
def test_every_label_and_every_other_word_means_its_choice(finding: str) -> None:
    for choice in KNOWLEDGE.findings[finding].choices:
        for words in (choice.value, choice.label, *choice.words):
            assert understood(finding, words) == choice.value, words


REASONS = {"dont_know": "don't know", "no_access": "no access", "later": "later", "refused": "skip"}


@pytest.fixture(scope="module")
def bundled_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine.load(cache_dir=tmp_path_factory.mktemp("vectors"))


@pytest.mark.parametrize("scenario", load_scenarios(), ids=lambda scenario: scenario.name)
def test_an_interview_in_plain_words_ends_where_picking_the_choices_does(
    bundled_engine: Engine, scenario: Scenario
) -> None:
    expected, conversation = play(bundled_engine, scenario), Conversation(bundled_engine)
    conversation.hear(scenario.opening)
    for finding, answer in expected.asked:
        assert conversation.step.next is not None
        assert conversation.step.next.id == finding
        truth = scenario.truth.get(finding)
        conversation.hear(truth.words if truth and truth.words else REASONS.get(answer, answer))
        if expected.wrong:  # the fixes that fail in between are told apart by their own tests
            return
    step = conversation.step
    assert (step.next and step.next.id, step.causes) == (
        expected.step.next and expected.step.next.id,
        expected.step.causes,
    )
