"""Codes looked up: every reading, also of codes that the knowledge does not have."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.knowledge.model import CodeEntry, CodeKind, CodePart, CodeRange, KnowledgeBase, Origin
from syncsage.observing.codes import CodeBook
from syncsage.observing.lookup import look_up
from syncsage.observing.meaning import FoundCode, Reading

KINDS = {
    "call": CodeKind(
        "Answer of a call", (r"call (?:answered )?{code}\b",), ranges=(CodeRange(100, 599, "", "", False),)
    ),
    "class": CodeKind("Class", (r"\b{name}\b", r"class ?{code}\b")),
    "system": CodeKind(
        "System error",
        (r"error ?{code}\b",),
        ranges=(
            CodeRange(0, 15999, "", "", False),
            CodeRange(12000, 12199, "web requests", "", False),
            CodeRange(12100, 12149, "secure web requests", "", False),
        ),
    ),
    "wide": CodeKind(
        "Wide result",
        (r"\b{code}\b",),
        parts=(
            CodePart("outcome", 31, 31, {"0": "good", "1": "bad"}),
            CodePart("part", 26, 16, {"7": "the system", "25": "calls"}),
            CodePart("number", 15, 0, {}),
        ),
        ranges=(
            CodeRange(0x80000000, 0xFFFFFFFF, "", "", False),
            CodeRange(0x80070000, 0x8007FFFF, "wrapped system errors", "system", same=True),
            CodeRange(0x80190000, 0x801903FF, "wrapped answers", "call", same=False),
        ),
    ),
}


def entry(code: str, kind: str, seen: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> CodeEntry:
    return CodeEntry(code, kind, f"title of {code}", "", "", (), (), seen, (), Origin("codes.yaml"), also)


BOOK = CodeBook(
    [
        entry("404", "call"),
        entry("0x80072EE7", "wide"),
        entry("5", "system"),
        entry("12002", "system"),
        entry("12110", "system", seen=("door is locked",)),
        entry("TooBusy", "class", also=("7",)),
    ],
    KINDS,
)


def found(text: str) -> list[FoundCode]:
    return list(BOOK.reader.read(text))


def only(text: str) -> Reading:
    [code] = found(text)
    [reading] = code.readings
    return reading


def read(text: str) -> list[tuple[str, str, str]]:
    """Every reading of every code: kind, code, and what the knowledge calls it."""
    return [(r.kind, r.code, r.entry.code if r.entry else "") for code in found(text) for r in code.readings]


# ------------------------------------------------------------------------------------------------------------ readings
@pytest.mark.parametrize(
    "text",
    [
        "0x80072EE7",
        "0X80072ee7",
        "80072EE7",
        "0x80072ee7L",
        "-2147012889",
        "2147954407",
        "(0x80072EE7)",
        "hr=0x80072EE7,",
    ],
)
def test_every_form_of_a_wide_number_is_one_code(text: str) -> None:
    reading = only(text)
    assert (reading.kind, reading.code, reading.entry) == ("wide", "0x80072EE7", BOOK.entries[1])
    assert [(form.text, form.kind) for form in reading.forms] == [
        ("-2147012889", "wide"), ("2147954407", "wide"), ("12007", "system"),
    ]  # fmt: skip


def test_the_number_inside_of_a_wider_one_is_the_same_code() -> None:
    inner, outer = only("12007"), only("0x80070005")
    assert inner.entry == BOOK.entries[1]
    assert [form.text for form in inner.forms] == ["0x80072EE7", "-2147012889", "2147954407"]
    assert outer.entry == BOOK.entries[2]
    assert outer.holds is not None
    assert (outer.holds.kind, outer.holds.code) == ("system", "5")


def test_a_number_of_several_kinds_has_all_readings_the_known_ones_first() -> None:
    [code] = found("404")
    assert not code.named
    assert read("404") == [("call", "404", "404"), ("system", "404", "")]
    assert read("7") == [("class", "TooBusy", "TooBusy"), ("system", "7", "")]


def test_words_around_a_number_name_its_kind() -> None:
    [code] = found("call 404")
    assert code.named
    assert read("call 404") == [("call", "404", "404")]
    assert read("error 404") == [("call", "404", "404"), ("system", "404", "")]
    assert read("call 12002") == [("system", "12002", "12002")]
    assert read("call 600") == [("system", "600", "")]


def test_a_code_written_out_goes_before_one_that_is_only_also_so() -> None:
    book = CodeBook([entry("Busy", "class", also=("5",)), entry("5", "system")], KINDS)
    [code] = book.reader.read("5")
    assert [r.code for r in code.readings] == ["5", "Busy"]


def test_a_name_is_a_code() -> None:
    assert read("toobusy") == [("class", "TooBusy", "TooBusy")]
    assert [form.text for form in only("TooBusy").forms] == ["7"]


@pytest.mark.parametrize("text", ["6703", "6703 404", "since 3 days and nights we always get 6703 and 0x80072EE7"])
def test_a_number_that_is_one_code_wherever_it_stands_is_of_that_kind_alone(text: str) -> None:
    book = CodeBook([entry("6703", "class", seen=(r"\b6703\b",)), entry("404", "call")], KINDS)
    [code] = [found for found in book.reader.read(text) if found.text == "6703"]
    assert code.named
    assert [reading.kind for reading in code.readings] == ["class"]


def test_words_that_stand_for_a_code_are_found() -> None:
    [code] = found("we see that the Door is locked again")
    assert (code.text, code.columns) == ("Door is locked", (17, 30))
    assert code.entries == (BOOK.entries[4],)


# ----------------------------------------------------------------------------------------------------------- structure
def test_an_unknown_wide_number_is_taken_apart() -> None:
    reading = only("0x80190194")
    assert reading.entry is None
    assert [(part.title, part.value, part.name) for part in reading.parts] == [
        ("outcome", 1, "bad"), ("part", 25, "calls"), ("number", 404, ""),
    ]  # fmt: skip
    assert reading.ranges == ("wrapped answers",)
    assert reading.holds is not None
    assert (reading.holds.kind, reading.holds.code, reading.holds.entry) == ("call", "404", BOOK.entries[0])


def test_the_narrowest_range_comes_first() -> None:
    assert only("12111").ranges == ("secure web requests", "web requests")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("12111", ["12110"]),
        ("12004", ["12002", "0x80072EE7", "12110"]),
        ("0x80072EE8", ["0x80072EE7", "12002", "12110", "5"]),
        ("0x80190194", []),
        ("14000", []),
        ("0x80240001", []),
    ],
)
def test_the_nearest_known_codes_are_those_of_the_narrowest_range_that_has_any(text: str, near: list[str]) -> None:
    assert [code.code for code in only(text).nearest] == near


@pytest.mark.parametrize("text", ["", " \n ", "nothing like it", "99999", "12345678901", "10.0.14393.2969", "v1.5.2"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert found(text) == []


# --------------------------------------------------------------------------------------------------------------- texts
def test_a_list_has_codes_of_all_forms_at_their_places() -> None:
    text = "404, 0x80072EE7;12002\r\nclass 7 | error 5"
    codes = found(text)
    assert [(c.text, c.line, c.columns) for c in codes] == [
        ("404", 1, (1, 3)), ("0x80072EE7", 1, (6, 15)), ("12002", 1, (17, 21)), ("7", 2, (7, 7)), ("5", 2, (17, 17)),
    ]  # fmt: skip


def test_in_a_sentence_only_what_is_called_a_code_or_looks_like_one_is_one() -> None:
    text = "since 5 days all 12 servers show 0x80072EE7 and now and then a call answered 404 at 7 o'clock"
    assert [code.text for code in found(text)] == ["0x80072EE7", "404"]


def test_where_nothing_tells_a_code_every_number_may_be_one() -> None:
    assert [code.text for code in found("what on earth does this 404 mean that they talk about")] == ["404"]


def test_each_print_is_told_once() -> None:
    assert len(found("404\n404 404")) == 1


def test_a_log_of_any_length_gives_its_codes_but_not_without_end() -> None:
    lines = [f"thread {n} of the day said 0x8024{n:04X} and 7 went on" for n in range(400)]
    codes = found("\n".join(lines))
    assert len(codes) == 100
    assert codes[1].text == "0x80240001"


PRINTS = st.sampled_from(["0x{0:08X}", "0x{0:x}", "{0:08x}", "{0}", "{1}", "0x{0:08x}L"])


@given(st.integers(0x80000000, 0xFFFFFFFF), PRINTS)
def test_all_prints_of_a_wide_number_have_one_answer(value: int, form: str) -> None:
    text = form.format(value, value - 0x100000000)
    wanted = [reading for reading in found(f"0x{value:08X}")[0].readings if reading.kind == "wide"]
    assert [reading for reading in found(text)[0].readings if reading.kind == "wide"] == wanted


@given(st.integers(0, 0xFFFF))
def test_a_system_error_and_its_wide_form_are_known_alike(number: int) -> None:
    wide = found(f"0x8007{number:04X}")[0].readings[0]
    plain = [r for code in found(f"error {number}") for r in code.readings if r.kind == "system"]
    assert [r.entry for r in plain if r.entry] == [e for e in [wide.entry] if e and number < 16000]


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["0x", "8", "-", "call 404", "\n", "TooBusy", "L", ".", " "])).map("".join)
)
def test_reading_never_raises_and_places_point_at_the_codes(text: str) -> None:
    lines = re.split(r"\r\n?|\n", text)
    for code in found(text):
        assert lines[code.line - 1][code.columns[0] - 1 : code.columns[1]] == code.text
        assert code.readings


# ------------------------------------------------------------------------------------------------------------- look up
def test_a_result_names_the_problems_and_what_is_spelt_alike(bicycle: KnowledgeBase) -> None:
    book = CodeBook(bicycle.codes, bicycle.domain.code_kinds)
    result = look_up(bicycle, book, "E21, E10 password=hunter2")
    assert result.query == "E21, E10 password=***"
    assert [e.code for e in result.entries] == ["E21", "E10"]
    assert [(p.id, p.coverage) for p in result.problems] == [
        ("speed-signal-missing", "full"), ("battery-not-recognised", "full"),
    ]  # fmt: skip
    assert result.nearest == ()
    assert [near.code for near in look_up(bicycle, book, "E22?").nearest] == ["E21"]
    assert look_up(bicycle, book, "").nearest == ()
