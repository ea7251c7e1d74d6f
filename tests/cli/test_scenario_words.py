"""What the people of the bundled scenarios would type is understood as the answer that they mean."""

from __future__ import annotations

import pytest

from syncsage.knowledge import load, load_scenarios
from syncsage.step import Next, Option
from syncsage_cli.repl.answers import answer_in_words, leading_yes_or_no, options_of, read_answer

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
