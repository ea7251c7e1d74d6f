"""Certain identification, and what nearly spells a known message."""

from __future__ import annotations

import textwrap

import pytest

from syncsage.knowledge.model import KnowledgeBase, Origin, Problem, Signature
from syncsage.observing.lexical import Normaliser
from syncsage.observing.model import Span
from syncsage.observing.records import Record, RecordReader
from syncsage.observing.signatures import SignatureHit, SignatureIndex

NORMALISE = Normaliser([], {})


def problem(name: str, *signatures: Signature) -> Problem:
    return Problem(
        id=name, title=name, summary="", coverage="full", scope={}, implies={}, signatures=signatures, samples=(),
        phrasings=(), causes=(), ask_first=(), procedures=(), look="", sources=(), origin=Origin("x.yaml"),
    )  # fmt: skip


def signature(*patterns: str, none: tuple[str, ...] = (), level: str = "exact", sample: str = "") -> Signature:
    return Signature(patterns, none, "exact" if level == "exact" else "strong", (sample,) if sample else (), (), {})


INDEX = SignatureIndex(
    {
        p.id: p
        for p in (
            problem(
                "wheel",
                signature("wheel is bent", r"Source: Rim\.Turn", sample="The wheel is bent. Source: Rim.Turn"),
            ),
            problem(
                "fork",
                signature("fork is loose", "Steering", sample="the fork is loose in the Steering"),
                signature("fork is loose", none=("Rim",), level="strong", sample="the fork is loose"),
            ),
            problem("lamp", signature("lamp stays dark", level="strong", sample="the lamp stays dark at every speed")),
        )
    },
    NORMALISE,
)


def records(text: str) -> list[Record]:
    return list(RecordReader([], []).read(text)[0])


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.problem, hit.signature.level) for hit in INDEX.find(records(text))]


def test_both_halves_of_a_pair_are_needed() -> None:
    assert found("The wheel is bent. Source: Rim.Turn") == [("wheel", "exact")]
    assert found("The wheel is bent.") == []
    assert found("Source: Rim.Turn") == []


def test_case_and_blanks_do_not_matter() -> None:
    assert found("THE  WHEEL IS\tBENT ~ source: rim.turn") == [("wheel", "exact")]


def test_what_must_not_occur_stops_a_signature() -> None:
    assert found("fork is loose") == [("fork", "strong")]
    assert found("fork is loose at the Rim") == []


def test_the_certain_signature_of_a_problem_goes_before_the_strong_one() -> None:
    assert found("fork is loose\nfork is loose, Steering") == [("fork", "exact")]
    assert found("fork is loose, Steering\nfork is loose") == [("fork", "exact")]


def test_the_first_record_that_shows_it_is_kept() -> None:
    (certain,) = INDEX.find(records("noise\nfork is loose, Steering 1\nfork is loose, Steering 2"))
    assert certain.record.span == Span(2, 2)
    (hit,) = INDEX.find(records("noise\nfork is loose\nnoise\nfork is loose"))
    assert hit.record.span == Span(2, 2)


def test_several_problems_of_one_text_are_all_found() -> None:
    text = "The wheel is bent. Source: Rim.Turn\nnoise\nfork is loose\nlamp stays dark"
    assert found(text) == [("wheel", "exact"), ("fork", "strong"), ("lamp", "strong")]


def test_halves_in_two_messages_of_a_long_text_are_no_pair() -> None:
    noise = "\n".join(f"message {n} of a long log " + "x" * 60 for n in range(80))
    assert found(f"The wheel is bent.\n{noise}\nSource: Rim.Turn") == []


@pytest.mark.parametrize("width", [80, 40, 20])
def test_a_message_wrapped_by_a_mail_program_is_found(width: int) -> None:
    message = "Something went wrong with the bicycle: The wheel is bent. Source: Rim.Turn, please call the workshop"
    assert found("\n".join(textwrap.wrap(message, width))) == [("wheel", "exact")]


def test_a_wrapped_message_inside_a_long_log_is_found() -> None:
    noise = "\n".join(f"message {n} of a long log " + "x" * 60 for n in range(80))
    hits = INDEX.find(records(f"{noise}\nThe wheel is bent.\nSource: Rim.Turn\n{noise}"))
    assert [hit.problem for hit in hits] == ["wheel"]
    assert hits[0].record.span.first <= 81
    assert hits[0].record.span.last >= 82


def test_no_records_show_nothing() -> None:
    assert INDEX.find([]) == ()
    assert INDEX.find_similar([]) == ()


def similar(text: str) -> list[str]:
    hits: tuple[SignatureHit, ...] = INDEX.find_similar(records(text))
    assert all(hit.fuzzy for hit in hits)
    return [hit.problem for hit in hits]


@pytest.mark.parametrize(
    "text",
    [
        "The weel is bent. Source: Rim.Turn",
        "the wheel is bnet. source rim.turn",
        "yesterday: teh weel is bent. Source: Rim.Turn",
    ],
)
def test_typing_errors_are_forgiven(text: str) -> None:
    assert found(text) == []
    assert similar(text) == ["wheel"]


@pytest.mark.parametrize(
    "text",
    ["the wheel", "bent", "the train to the mountains was late again today", "the fork is lose"],
    ids=["too short", "a word", "something else", "two come equally close or it is too short"],
)
def test_what_is_not_near_or_too_short_is_refused(text: str) -> None:
    assert similar(text) == []


def test_two_problems_that_come_equally_close_are_both_named_and_neither_is_sure() -> None:
    samples = {n: f"the pump of the {n} wheel has lost pressure" for n in ("front", "frond")}
    twins = SignatureIndex({n: problem(n, signature(n, sample=text)) for n, text in samples.items()}, NORMALISE)
    hits = twins.find_similar(records("the pmup of the fron wheel has lost pressure"))
    assert {(hit.problem, hit.sure) for hit in hits} == {("front", False), ("frond", False)}
    (sure,) = INDEX.find_similar(records("the weel is bent. Source: Rim.Turn"))
    assert sure.sure


def test_a_negation_is_no_typing_error() -> None:
    index = SignatureIndex(
        {"pump": problem("pump", signature("pump was found", sample="the pump was not found in the saddle bag"))},
        NORMALISE,
    )
    assert index.find_similar(records("the pump was found in the saddle bag")) == ()
    assert [h.problem for h in index.find_similar(records("teh pump was not fuond in the saddle bag"))] == ["pump"]


def test_another_number_is_no_typing_error() -> None:
    sample = "the lamp answered with fault 401 of the dynamo of the rear wheel"
    index = SignatureIndex({"lamp": problem("lamp", signature("fault 401", sample=sample))}, NORMALISE)
    assert index.find_similar(records("the lamp answerd with fault 503 of the dynamo of the rear wheel")) == ()
    for text in (
        "the lamp answerd with fault 401 of the dynamo of the rear wheel",
        "the lamp answerd with fault of the dynamo of the rear wheel",
    ):
        assert [hit.problem for hit in index.find_similar(records(text))] == ["lamp"]


def test_a_misspelt_message_among_other_words_is_not_alone() -> None:
    (alone,) = INDEX.find_similar(records("the weel is bent. Source: Rim.Turn"))
    (among,) = INDEX.find_similar(records("my neighbour says that the weel is bent. Source: Rim.Turn of his car again"))
    assert (alone.alone, among.alone) == (True, False)


def test_a_word_cut_in_two_by_the_width_of_a_window_is_found() -> None:
    assert found("The wheel is be\nnt. Source: Rim.Tu\nrn") == [("wheel", "exact")]


def test_every_sample_of_the_knowledge_is_recognised(bicycle: KnowledgeBase) -> None:
    index = SignatureIndex(bicycle.problems, NORMALISE)
    for entry in bicycle.problems.values():
        for one in entry.signatures:
            for sample in one.samples:
                assert (entry.id, one.level) in {(h.problem, h.signature.level) for h in index.find(records(sample))}
