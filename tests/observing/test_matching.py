"""A text understood as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from syncsage.engine import Engine
from syncsage.knowledge.model import KnowledgeBase, Signature
from syncsage.observing.matching import TextMatcher
from syncsage.observing.model import LEVELS, Parsed, Span
from syncsage.observing.semantic import Encoder


class CountingEncoder(Protocol):
    calls: list[tuple[str, ...]]
    key: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


def ids(parsed: Parsed) -> list[tuple[str, str]]:
    return [(match.id, match.level) for match in parsed.problems]


def test_a_known_message_is_certain_and_needs_no_model(certain_engine: Engine) -> None:
    parsed = certain_engine.parse("hello\n[10:11:12] E21 check speed sensor")
    assert ids(parsed) == [("speed-signal-missing", "exact")]
    (match,) = parsed.problems
    assert (match.score, match.by, match.where, match.coverage) == (1.0, "signature", Span(2, 2), "full")
    assert match.quote == "[10:11:12] E21 check speed sensor"
    assert parsed.level == "exact"
    assert parsed.nearest == ()
    assert [(c.code, c.where) for c in parsed.codes] == [("E21", Span(2, 2))]


def test_two_certain_problems_are_both_told_and_need_no_model(certain_engine: Engine) -> None:
    parsed = certain_engine.parse("E21 check speed sensor\nE10 battery not found")
    assert ids(parsed) == [("speed-signal-missing", "exact"), ("battery-not-recognised", "exact")]
    assert {o.finding: o.value for o in parsed.observations} == {"display-on": "yes"}


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\n\x00"], ids=["nothing", "blanks", "invisible"])
def test_nothing_is_nothing_and_needs_no_model(certain_engine: Engine, text: str) -> None:
    assert certain_engine.parse(text) == Parsed("none", (), (), (), (), (), 0, ())


def test_a_strong_signature_is_strong(engine: Engine) -> None:
    parsed = engine.parse("the chain jumps over the teeth")
    assert ids(parsed)[0] == ("chain-skips", "strong")
    assert parsed.problems[0].by == "signature"
    assert parsed.problems[0].where == Span(1, 1)


def test_a_message_with_typing_errors_is_strong_not_certain(engine: Engine) -> None:
    parsed = engine.parse("Display: E-21 no sped signl")
    assert ids(parsed)[0] == ("speed-signal-missing", "strong")
    assert parsed.problems[0].by == "fuzzy"
    assert not [o for o in parsed.observations if o.how == "signature"]


def test_a_phrasing_word_for_word_is_strong_by_meaning(engine: Engine) -> None:
    parsed = engine.parse("my bike squeaks")
    assert ids(parsed)[0] == ("bike-squeaks", "strong")
    assert (parsed.problems[0].by, parsed.problems[0].where) == ("semantic", None)
    assert parsed.problems[0].score < 1


def test_what_resembles_nothing_is_none_with_what_comes_nearest(engine: Engine) -> None:
    parsed = engine.parse("quarterly tax return for the flat")
    assert parsed.level == "none"
    assert parsed.problems == ()
    assert len(parsed.nearest) == 3
    assert [m.score for m in parsed.nearest] == sorted((m.score for m in parsed.nearest), reverse=True)


def test_a_topic_outside_the_field_claims_the_text(engine: Engine) -> None:
    parsed = engine.parse("my car does not start, engine warning light is on")
    assert parsed.level == "none"
    assert parsed.problems == ()
    assert parsed.nearest[0].id == "outside-car"
    assert parsed.nearest[0].coverage == "outside"


def test_a_certain_message_stands_against_a_topic_outside(engine: Engine) -> None:
    text = "my car does not start, engine warning light is on\nunder load the chain jumps over the teeth"
    assert ids(engine.parse(text))[0] == ("chain-skips", "strong")


@pytest.fixture
def two_fields(bicycle: KnowledgeBase, word_encoder: CountingEncoder) -> TextMatcher:
    """Knows words of its field alone, a certain message of a car, and that "E99 chain" may be one of a bicycle."""
    message = Signature((r"\bC77\b",), (), "exact", ("C77",), (), {})
    guess = Signature((r"\bE99\b", "chain"), (), "strong", ("E99 chain",), (), {})
    car, chain = bicycle.problems["outside-car"], bicycle.problems["chain-skips"]
    problems = {
        **bicycle.problems,
        car.id: replace(car, signatures=(message,)),
        chain.id: replace(chain, signatures=(*chain.signatures, guess)),
    }
    kb = replace(bicycle, problems=problems, domain=replace(bicycle.domain, core=(r"\bbikes?\b",)))
    return TextMatcher(kb, lambda: (word_encoder, word_encoder))


@pytest.mark.parametrize(
    "text",
    [
        "my car says C77. there is an error too: my bike squeaks",
        "my car does not start, engine warning light is on. an error elsewhere, my bike squeaks",
    ],
    ids=["a message was read", "only alike"],
)
def test_what_stands_beside_a_topic_outside_is_asked_about(two_fields: TextMatcher, text: str) -> None:
    parsed = two_fields.parse(text)
    assert ids(parsed)[0] == ("bike-squeaks", "weak")
    assert parsed.nearest == ()


def test_what_was_read_beside_a_topic_outside_keeps_its_level(two_fields: TextMatcher) -> None:
    text = "my car shows error C77, and a fault of the bike: under load the chain jumps over the teeth"
    assert ids(two_fields.parse(text))[0] == ("chain-skips", "strong")


@pytest.mark.parametrize(
    "text",
    [
        "my car says C77. I ride a bike too",
        "my car says C77. there is an error too",
        "C77 E99 the chain of the engine of the car",
    ],
    ids=["no trouble", "no word of the field", "all in the words of the neighbour"],
)
def test_a_topic_outside_keeps_a_text_with_nothing_clear_beside(two_fields: TextMatcher, text: str) -> None:
    parsed = two_fields.parse(text)
    assert parsed.problems == ()
    assert parsed.nearest[0].id == "outside-car"


def test_a_misspelt_message_among_words_of_no_field_is_not_taken_up(engine: Engine) -> None:
    among = "quarterly tax return: check sped senser of the lawn, the invoice and the office rent"
    assert engine.parse(among).problems == ()


def test_a_code_alone_points_at_its_owner(engine: Engine) -> None:
    parsed = engine.parse("0x80040010")
    assert ids(parsed) == [("battery-not-recognised", "weak")]
    assert parsed.codes[0].code == "0x80040010"


def test_a_code_that_others_own_pushes_a_problem_down(engine: Engine) -> None:
    without = {m.id: m.score for m in (*engine.parse("speed is zero").problems, *engine.parse("speed is zero").nearest)}
    parsed = engine.parse("speed is zero 0x80040010")
    shown = {m.id: m.score for m in (*parsed.problems, *parsed.nearest)}
    assert shown.get("speed-signal-missing", 0.0) < without["speed-signal-missing"]
    assert shown["battery-not-recognised"] > without.get("battery-not-recognised", 0.0)


def test_secrets_are_masked_in_everything_that_is_kept(engine: Engine) -> None:
    parsed = engine.parse("E21 check speed sensor password=hunter2\nhttp://joe:hunter2@bike/ my e-bike")
    assert parsed.masked == 2
    assert "hunter2" not in repr(parsed)


def test_a_wrapped_and_quoted_message_is_certain(certain_engine: Engine) -> None:
    text = "> I get this **since yesterday**:\r\n>\r\n> E21 check\r\n> speed sensor\r\n>\r\n> thanks"
    assert ids(certain_engine.parse(text)) == [("speed-signal-missing", "exact")]


def test_lines_are_counted_in_the_text_as_pasted(certain_engine: Engine) -> None:
    parsed = certain_engine.parse("```\n&#10;\r\n\n> E21 check speed sensor\n```")
    assert parsed.problems[0].where == Span(4, 4)


def test_boilerplate_is_not_salient(engine: Engine) -> None:
    parsed = engine.parse("please somebody help\nthe brake is loud\nthanks a lot")
    assert parsed.salient == ("the brake is loud",)


def test_boilerplate_alone_is_better_than_nothing(engine: Engine) -> None:
    assert engine.parse("thanks").salient == ("thanks",)


def test_of_a_long_log_only_marked_lines_are_salient(engine: Engine) -> None:
    healthy = [f"wheel turned {n} times" for n in range(40)]
    parsed = engine.parse("\n".join([*healthy, "error in the hub", *healthy, "error in the hub", "fault 7"]))
    assert parsed.salient == ("error in the hub", "fault 7")


def test_at_most_six_lines_are_salient(engine: Engine) -> None:
    parsed = engine.parse("\n".join(f"error number {'x' * n}" for n in range(1, 30)))
    assert len(parsed.salient) == 6


def test_a_long_text_without_marks_is_read_at_its_ends(engine: Engine) -> None:
    parsed = engine.parse("\n".join(f"line {'x' * n}" for n in range(1, 31)))
    assert parsed.salient == ("line x", "line xx", "line xxx", *(f"line {'x' * n}" for n in (28, 29, 30)))


def test_one_line_among_thousands_is_found(certain_engine: Engine) -> None:
    lines = [f"[00:01] wheel turned {n} times, all is well" for n in range(30_000)]
    lines[12_345] = "[00:02] E21 check speed sensor"
    parsed = certain_engine.parse("\n".join(lines))
    assert ids(parsed) == [("speed-signal-missing", "exact")]
    assert parsed.problems[0].where == Span(12_346, 12_346)
    assert parsed.notes == ("large text: 45 of 30,000 lines looked relevant and were read",)


Matcher = Callable[[TextMatcher], object]


def counted(kb: KnowledgeBase, encoder: CountingEncoder) -> tuple[TextMatcher, list[int]]:
    asked: list[int] = []

    def encoders() -> tuple[Encoder, Encoder]:
        asked.append(1)
        return encoder, encoder

    return TextMatcher(kb, encoders), asked


def test_the_index_is_built_once_and_only_when_needed(bicycle: KnowledgeBase, word_encoder: CountingEncoder) -> None:
    matcher, _ = counted(bicycle, word_encoder)
    matcher.parse("E21 check speed sensor")
    assert word_encoder.calls == []
    matcher.parse("my bike squeaks")
    matcher.parse("gears slip under load")
    assert sorted(len(call) for call in word_encoder.calls)[:2] == [1, 1]
    assert len(word_encoder.calls) == 3


def test_preparing_leaves_one_encoding_for_the_first_text(
    bicycle: KnowledgeBase, word_encoder: CountingEncoder
) -> None:
    matcher, asked = counted(bicycle, word_encoder)
    matcher.prepare()
    before, loads = len(word_encoder.calls), len(asked)
    matcher.parse("my bike squeaks")
    assert [len(call) for call in word_encoder.calls[before:]] == [1]
    assert len(asked) == loads


def test_a_process_that_stopped_without_a_failure_is_its_problem(bicycle: KnowledgeBase) -> None:
    """Where a tracking names a problem, a log that shows its steps and nothing wrong is about that problem."""
    (track,) = bicycle.tracking.values()
    careful = replace(track, problem="battery-not-recognised", failures=(r"\bfailed\b",))

    def refuse() -> tuple[Encoder, Encoder]:
        raise AssertionError("no model is needed")

    matcher = TextMatcher(replace(bicycle, tracking={track.id: careful}), refuse)
    parsed = matcher.parse("noise\n[00:01] DISPLAY boot v2.1")
    assert [(m.id, m.level, m.by, m.where) for m in parsed.problems] == [
        ("battery-not-recognised", "strong", "progress", Span(2, 2))
    ]
    assert [(o.finding, o.value) for o in parsed.observations] == [("start-step", "display")]
    known = matcher.parse("[00:01] DISPLAY boot v2.1\nE21 check speed sensor")
    assert ids(known) == [("speed-signal-missing", "exact")]
    with pytest.raises(AssertionError, match="no model"):
        matcher.parse("[00:01] DISPLAY boot v2.1\nstart failed")


def test_a_knowledge_base_without_signatures_codes_and_words_still_answers(
    bicycle: KnowledgeBase, word_encoder: CountingEncoder
) -> None:
    domain = replace(
        bicycle.domain, vocabulary=(), foreign=(), noise=(), boilerplate=(), salient=(), continuations=(), synonyms={}
    )
    problems = {p.id: replace(p, signatures=()) for p in bicycle.problems.values()}
    matcher, _ = counted(replace(bicycle, domain=domain, codes=(), problems=problems), word_encoder)
    assert matcher.parse("my bike squeaks").nearest or matcher.parse("my bike squeaks").problems


pieces = st.sampled_from(
    (
        *("E21 check speed sensor", "E10 battery", "0x80040010", "chain", "my car", "password: x", "\n", "\x00", "\r"),
        *("> ", "**", "&#10;", "\x1b[", "\\", "{", "C:\\a\\b", "ß", "\ud800", "error ", "-", "1" * 50, "(", "|"),
        *("\u2028", "~"),
    )
)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.lists(pieces, max_size=25).map("".join))
@example("\ud800\udfff")
@example("0" * 5_000)
@example("~ ~\n~")
def test_parsing_never_fails_and_is_consistent(engine: Engine, text: str) -> None:
    parsed = engine.parse(text)
    assert parsed.level == (parsed.problems[0].level if parsed.problems else "none")
    assert all(m.level != "none" and m.coverage != "outside" for m in parsed.problems)
    ranks = [LEVELS.index(m.level) for m in parsed.problems]
    assert ranks == sorted(ranks, reverse=True)
    assert not (parsed.problems and parsed.nearest)
    assert engine.parse(text) == parsed


HUGE = 20_000_000


@pytest.mark.parametrize(
    "text",
    [
        "E21 check speed sensor " + "x" * HUGE,
        ("wheel turned, all is well\n" * (HUGE // 26)) + "E21 check speed sensor\n",
        "E21 check speed sensor\n" + "a.b-c+" * (HUGE // 60),
        "E21 check speed sensor\n" + "\n" * (HUGE // 20),
    ],
    ids=["one line", "a million lines", "like an address without end", "empty lines"],
)
def test_enormous_texts_are_read(certain_engine: Engine, text: str) -> None:
    assert ids(certain_engine.parse(text)) == [("speed-signal-missing", "exact")]


@pytest.mark.parametrize(
    "piece",
    ["/u:", "> ", "**a", "&amp;", "\x1b[1", "C:\\a\\", "password ", "://a:b", "e21 ", "1.1.1.1 ", "0x8", "~ ", "a-"],
)
def test_repeated_beginnings_do_not_hang_the_reader(engine: Engine, piece: str) -> None:
    assert engine.parse(piece * 100_000).level in LEVELS


def test_with_bands_of_another_model_meaning_is_weak_and_said_so(
    bicycle: KnowledgeBase, word_encoder: CountingEncoder
) -> None:
    foreign = replace(bicycle, domain=replace(bicycle.domain, bands_model="another"))
    matcher, _ = counted(foreign, word_encoder)
    parsed = matcher.parse("my bike squeaks")
    assert (parsed.problems[0].id, parsed.level) == ("bike-squeaks", "weak")
    assert "measured with another embedding model" in parsed.notes[0]
    assert matcher.parse("E21 check speed sensor").notes == ()
