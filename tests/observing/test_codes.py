"""Numbers of the knowledge in text, in whatever form they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.knowledge.model import CodeEntry, CodeKind, CodeRange, KnowledgeBase, Origin, Says
from syncsage.knowledge.numbers import canonical
from syncsage.observing.codes import CodeBook, Owned
from syncsage.observing.model import Span
from syncsage.observing.records import Record


def entry(
    code: str,
    kind: str,
    problems: tuple[str, ...] = (),
    seen: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
    says: Says = "",
) -> CodeEntry:
    return CodeEntry(
        code=code,
        kind=kind,
        title=f"title of {code}",
        meaning="",
        component="",
        problems=problems,
        about=(),
        seen=seen,
        sources=(),
        origin=Origin("codes.yaml"),
        also=also,
        says=says,
    )


KINDS = {
    "status": CodeKind("Status", (r"status:? ?{code}\b",)),
    "result": CodeKind(
        "Result", (r"\b{code}\b",), ranges=(CodeRange(0x80070000, 0x8007FFFF, "wrapped", "system", same=True),)
    ),
    "system": CodeKind("System error", (r"error ?{code}\b",)),
    "class": CodeKind("Class", (r"\b{name}\b", r"class ?{code}\b")),
}
BOOK = CodeBook(
    [
        entry("401", "status", ("doors",)),
        entry("0x80072EE7", "result", ("names", "doors")),
        entry("0x80240438", "result"),
        entry("0x80070005", "result", seen=("access is denied",)),
        entry("E21", "result"),
        entry("TooBusy", "class", ("names",), also=("7",)),
    ],
    KINDS,
)


def seen(*lines: str) -> list[str]:
    records = [Record(line, Span(i, i)) for i, line in enumerate(lines, start=1)]
    return [hit.code for hit in BOOK.find(records)]


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("401", "401"),
        (" 0401 ", "401"),
        ("0x191", "401"),
        ("0x80072EE7", "0x80072EE7"),
        ("0X80072ee7", "0x80072EE7"),
        ("80072EE7", "0x80072EE7"),
        ("2147954407", "0x80072EE7"),
        ("-2147012889", "0x80072EE7"),
        ("2147483647", "2147483647"),
        ("2147483648", "0x80000000"),
        ("e21", "E21"),
        ("", ""),
        ("99999999999", "99999999999"),
        ("4294967297", "4294967297"),
        ("0xzz", "0XZZ"),
        ("9" * 5_000, "9" * 5_000),
    ],
)
def test_one_form_for_every_print_of_a_code(code: str, form: str) -> None:
    assert canonical(code) == form


@given(st.integers(0, 0xFFFFFFFF))
def test_hexadecimal_signed_and_unsigned_are_one_code(value: int) -> None:
    signed = value - 0x100000000 if value > 0x7FFFFFFF else value
    prints = (f"0x{value:08X}", f"0x{value:x}", str(value), str(signed))
    assert len(set(map(canonical, prints))) == 1


@given(st.text(max_size=20))
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize(
    "text",
    ["0x80072EE7", "0X80072ee7", "hr=-2147012889", "hr 2147954407,", "(80072EE7)", "result 0x80072ee7."],
)
def test_a_result_is_seen_in_every_form(text: str) -> None:
    assert seen(text) == ["0x80072EE7"]


def test_eight_digits_without_prefix_may_be_a_result() -> None:
    assert seen("failed with 80240438") == ["0x80240438"]


@pytest.mark.parametrize(
    "text",
    ["0x80072EE71", "0x80072EE", "80072EE", "E211", "status 4010", "the 401 bus", "8a3f80072ee7", "0x80004005"],
)
def test_what_is_another_number_or_stands_elsewhere_is_not_seen(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize("text", ["0x80072EE7L", "0x80072ee7ul", "-2147012889L", "2147954407ULL"])
def test_a_suffix_of_a_programming_language_is_no_part_of_a_number(text: str) -> None:
    assert seen(f"hr = {text}; next") == ["0x80072EE7"]


def test_a_kind_is_seen_only_in_its_own_words() -> None:
    assert seen("status: 401") == ["401"]
    assert seen("error 401") == []


def test_a_number_inside_of_a_wider_one_means_the_same() -> None:
    assert seen("error 5") == seen("error 0x80070005") == seen("-2147024891") == ["0x80070005"]
    assert seen("the 5 of them") == []


def test_a_name_is_seen_anywhere_and_its_number_only_in_the_words_of_its_kind() -> None:
    assert seen("it was TOOBUSY again") == ["TooBusy"]
    assert seen("class 7") == ["TooBusy"]
    assert seen("7 of them", "error 7", "TooBusyness") == []


def test_a_pattern_of_one_code_is_seen_too() -> None:
    assert seen("Access is denied.") == ["0x80070005"]


def test_hits_come_in_the_order_of_the_text_and_once() -> None:
    records = [
        Record("0x80072EE7 and status 401", Span(3, 3)),
        Record("TooBusy with error 5", Span(5, 6)),
        Record("status 401", Span(9, 9)),
    ]
    hits = BOOK.find(records)
    assert [(h.code, h.where) for h in hits] == [
        ("0x80072EE7", Span(3, 3)), ("401", Span(3, 3)), ("TooBusy", Span(5, 6)), ("0x80070005", Span(5, 6)),
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------- where
def test_a_hit_knows_its_characters_in_the_text_as_given() -> None:
    text = "one\r\n > thread 401   status\u00a0401 hr=-2147012889L\nAccess  is\tdenied"
    records = [
        Record("thread 401 status 401 hr=-2147012889L", Span(2, 2)),
        Record("Access is denied", Span(3, 3)),
    ]
    lines = ["one", " > thread 401   status\u00a0401 hr=-2147012889L", "Access  is\tdenied"]
    hits = BOOK.find(records, text)
    assert [hit.printed for hit in hits] == ["401", "-2147012889", "Access is denied"]
    for hit, shown in zip(hits, ["401", "-2147012889", "Access  is\tdenied"], strict=True):
        assert hit.columns is not None
        assert lines[hit.where.first - 1][hit.columns[0] - 1 : hit.columns[1]] == shown
    assert hits[0].columns == (24, 26)


def test_a_hit_that_cleaning_changed_too_much_keeps_the_lines_of_its_record() -> None:
    [hit] = BOOK.find([Record("status 401", Span(1, 2))], "sta=\ntus 4=30=31")
    assert (hit.where, hit.columns, hit.printed) == (Span(1, 2), None, "401")


def test_a_hit_of_a_record_over_several_lines_knows_its_line() -> None:
    [hit] = BOOK.find([Record("it failed with status 401", Span(2, 3))], "x\nit failed with\n   status 401")
    assert (hit.where, hit.columns) == (Span(3, 3), (11, 13))


@given(st.lists(st.sampled_from(["status 401", "0x80072EE7", "word", "-2147024891", "TooBusy", "\t", " "]), max_size=8))
def test_columns_hold_what_is_printed(words: list[str]) -> None:
    line = " ".join(words)
    for hit in BOOK.find([Record(" ".join(line.split()), Span(1, 1))], line):
        assert hit.columns is not None
        assert line[hit.columns[0] - 1 : hit.columns[1]] == hit.printed


# --------------------------------------------------------------------------------------------------------------- weight
def test_owners_count_as_much_as_their_code_says() -> None:
    kinds = {"plain": CodeKind("Plain", (r"\b{code}\b",)), "vague": CodeKind("Vague", (r"\b{code}\b",), says="some")}
    book = CodeBook(
        [
            entry("A1", "plain", ("doors",)),
            entry("A2", "plain", ("doors", "names", "locks", "keys")),
            entry("A3", "plain", ("names",), says="little"),
            entry("A4", "plain"),
            entry("B1", "vague", ("names",)),
            entry("B2", "vague", ("locks",), says="much"),
        ],
        kinds,
    )
    hits = book.find([Record("A1 A2 A3 A4 B1 B2", Span(1, 1))])
    assert [hit.code for hit in hits] == ["A1", "A2", "A3", "A4", "B1", "B2"]
    assert book.owned(hits) == (
        Owned(frozenset({"doors"}), 1.0),
        Owned(frozenset({"doors", "names", "locks", "keys"}), 0.6),
        Owned(frozenset({"names"}), 0.6),
        Owned(frozenset({"locks"}), 1.0),
    )


def test_codes_with_letters_are_no_numbers(bicycle: KnowledgeBase) -> None:
    book = CodeBook(bicycle.codes, bicycle.domain.code_kinds)
    found = book.find([Record("E21 check speed sensor, fault memory: 21, 0x80040010", Span(1, 1))])
    assert {(h.kind, h.code) for h in found} == {("display", "E21"), ("memory", "21"), ("bus", "0x80040010")}
    assert book.find([Record("the 21 gears of my bike", Span(1, 1))]) == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("0x80072EE7", ["0x80072EE7"]),
        ("80072EE7", ["0x80072EE7"]),
        ("status 401", ["401"]),
        (" HTTP status: 401?", ["401"]),
        ("E21", ["E21"]),
        ("-2147012889.", ["0x80072EE7"]),
        ("toobusy", ["TooBusy"]),
        ("error 5", ["0x80070005"]),
        ("0x80072EE7L", ["0x80072EE7"]),
        ("401 since we changed the proxy", []),
        ("what on earth does the 401 mean", []),
        ("0x80004005", []),
        ("", []),
    ],
)
def test_a_text_may_be_nothing_but_a_code(text: str, codes: list[str]) -> None:
    assert [e.code for e in BOOK.bare(text)] == codes
