"""Numbers of the knowledge in text, in whatever form they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.knowledge.model import CodeEntry, CodeKind, KnowledgeBase, Origin
from syncsage.observing.codes import CodeBook, canonical
from syncsage.observing.model import Span
from syncsage.observing.records import Record


def entry(
    code: str, kind: str, problems: tuple[str, ...] = (), seen: tuple[str, ...] = (), about: tuple[str, ...] = ()
) -> CodeEntry:
    return CodeEntry(
        code=code,
        kind=kind,
        title=f"title of {code}",
        meaning="",
        component="",
        problems=problems,
        about=about,
        seen=seen,
        sources=(),
        origin=Origin("codes.yaml"),
    )


KINDS = {
    "status": CodeKind("Status", (r"status:? ?{code}\b",)),
    "result": CodeKind("Result", (r"\b{code}\b",)),
    "system": CodeKind("System error", (r"error ?{code}\b",)),
}
BOOK = CodeBook(
    [
        entry("401", "status", ("doors",)),
        entry("0x80072EE7", "result", ("names", "doors")),
        entry("0x80240438", "result"),
        entry("5", "system"),
        entry("0x80070005", "result", seen=("access is denied",)),
        entry("E21", "result"),
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
    assert [e.code for e in BOOK.lookup("80240438")] == ["0x80240438"]


@pytest.mark.parametrize(
    "text",
    ["0x80072EE71", "0x80072EE", "80072EE", "E211", "status 4010", "the 401 bus", "8a3f80072ee7", "0x80004005"],
)
def test_what_is_another_number_or_stands_elsewhere_is_not_seen(text: str) -> None:
    assert seen(text) == []


def test_a_kind_is_seen_only_in_its_own_words() -> None:
    assert seen("status: 401") == ["401"]
    assert seen("error 401") == []
    assert seen("error 5") == ["5"]


def test_a_pattern_of_one_code_is_seen_too() -> None:
    assert seen("Access is denied.") == ["0x80070005"]


def test_hits_come_in_the_order_of_the_text_and_once() -> None:
    records = [Record("status 401", Span(3, 3)), Record("0x80072EE7", Span(5, 6)), Record("status 401", Span(9, 9))]
    hits = BOOK.find(records)
    assert [(h.code, h.where) for h in hits] == [("401", Span(3, 3)), ("0x80072EE7", Span(5, 6))]
    owners = [BOOK.owners[CodeBook.key(hit)] for hit in hits]
    assert owners == [frozenset({"doors"}), frozenset({"names", "doors"})]


def test_codes_that_nobody_owns_have_no_owners() -> None:
    assert set(BOOK.owners) == {("status", "401"), ("result", "0x80072EE7")}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("401", ["401"]),
        ("HTTP 401", ["401"]),
        ("-2147012889", ["0x80072EE7"]),
        ("0x80070005", ["0x80070005", "5"]),
        ("5", ["0x80070005", "5"]),
        ("e21", ["E21"]),
        ("nothing", []),
        ("", []),
        ("4294967697", []),
    ],
)
def test_lookup_knows_every_form(query: str, codes: list[str]) -> None:
    assert [e.code for e in BOOK.lookup(query)] == codes


def test_all_codes_are_listed_as_written() -> None:
    assert BOOK.codes() == ("0x80070005", "0x80072EE7", "0x80240438", "401", "5", "E21")


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
        ("401 since we changed the proxy", []),
        ("what on earth does the 401 mean", []),
        ("0x80004005", []),
        ("", []),
    ],
)
def test_a_text_may_be_nothing_but_a_code(text: str, codes: list[str]) -> None:
    assert [e.code for e in BOOK.bare(text)] == codes
