"""Whose words a text has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.field import Field
from syncsage.observing.lexical import Normaliser
from syncsage.observing.model import Span
from syncsage.observing.records import Record
from syncsage.observing.weights import Weights


@pytest.fixture
def field(bicycle: KnowledgeBase) -> Field:
    domain = replace(
        bicycle.domain, core=(r"\bbikes?\b",), vocabulary=(r"\bchain\b", r"\bbikes?\b"), foreign=(r"\bcar\b",)
    )
    return Field(domain, Normaliser([], {"pedelec": "bike", "auto": "car"}))


def left(field: Field, *texts: str) -> list[str]:
    return [r.text for r in field.beside([Record(text, Span(n, n)) for n, text in enumerate(texts, start=1)])]


@pytest.mark.parametrize(
    ("text", "sign"),
    [("a bike", 0.5), ("a chain", 0.15), ("a car", -0.3), ("a bike on a car", 0.2), ("a lawn", 0.0)],
)
def test_each_kind_of_words_adds_its_weight(field: Field, text: str, sign: float) -> None:
    assert field.weigh(text, Weights()) == pytest.approx(sign)


def test_without_a_vocabulary_any_text_may_be_of_the_field(bicycle: KnowledgeBase) -> None:
    assert Field(replace(bicycle.domain, vocabulary=()), Normaliser([], {})).has("a lawn")


def test_parts_of_sentences_with_words_of_neighbours_are_taken_out(field: Field) -> None:
    assert left(field, "the car stalls, the bike squeaks; oil?") == ["the bike squeaks; oil?"]
    assert left(field, "the car stalls", "my bike squeaks") == ["my bike squeaks"]


def test_short_forms_count_as_what_they_stand_for(field: Field) -> None:
    assert left(field, "das auto steht. the pedelec squeaks") == ["the pedelec squeaks"]


@pytest.mark.parametrize(
    "texts",
    [
        ["the bike squeaks"],
        ["the car stalls. the chain squeaks"],
        ["the car of the bike shop"],
        ["the car stalls. the bike squeaks. " + "la " * 1_500],
    ],
    ids=["nothing taken out", "no word of this field alone", "nothing left", "a log"],
)
def test_nothing_stands_beside(field: Field, texts: list[str]) -> None:
    assert left(field, *texts) == []
