"""How pages become text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from syncsage_cli.render.page import Fitted, Verbatim, clean, heading, one_line, paint, paragraph, rows


def plain(*blocks: object, width: int = 80) -> str:
    return paint(blocks, width=width, colour=False)  # type: ignore[arg-type]  # any block, as the pages mix them


def test_text_is_wrapped_under_its_indent() -> None:
    assert plain(paragraph("one two three four", indent=2), width=12) == "  one two\n  three four\n"


def test_the_last_column_wraps_under_itself() -> None:
    assert plain(rows([("1", "one two three four")]), width=14) == "  1  one two\n     three\n     four\n"


def test_a_command_to_copy_is_never_wrapped() -> None:
    command = "Get-Service -Name " + "x" * 100
    assert plain(Verbatim(command, indent=4)) == f"    {command}\n"


def test_texts_are_no_markup() -> None:
    assert plain(paragraph("[bold]x[/bold] :smile: [/]")) == "[bold]x[/bold] :smile: [/]\n"


def test_without_colour_there_are_no_escape_sequences() -> None:
    assert "\x1b" not in plain(heading("Title", "aside"))
    assert "\x1b" in paint([heading("Title", "aside")], width=80, colour=True)


def test_escape_sequences_of_a_log_never_reach_the_terminal() -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\u202eevil\x9b31m\rback"
    for page in (plain(paragraph(hostile)), plain(Verbatim(hostile)), plain(rows([("1", hostile)]))):
        assert not set(page) & set("\x1b\x07\x9b\r\u202e")
    assert clean("a\tb\nc") == "a    b\nc"


def test_a_quote_is_one_line_and_cut() -> None:
    assert one_line("a\n b\tc") == "a b c"
    assert one_line("x" * 50, limit=10) == "x" * 7 + "..."


@given(st.text(), st.integers(40, 100))
def test_no_line_is_wider_than_the_page(text: str, width: int) -> None:
    page = plain(heading(text), paragraph(text, indent=2), rows([("1", text)]), width=width)
    assert all(cell_len(line) <= width for line in page.splitlines())


@pytest.mark.parametrize("width", [40, 80, 100])
def test_a_fitted_text_is_made_for_the_width(width: int) -> None:
    block = Fitted(lambda columns: f"{'x' * columns}\n  - \x1b[31mred")
    assert paint([block], width=width, colour=False) == f"{'x' * width}\n  - [31mred\n"


def test_a_drawing_is_told_where_nothing_may_be_drawn() -> None:
    block = heading("Run 1", "failed · by hand")
    assert plain(block) == "Run 1  failed · by hand\n"
    assert paint([block], width=80, colour=False, plain=True) == "Run 1: failed, by hand\n"
