"""What a reply adds, without what it quotes."""

from __future__ import annotations

import pytest

from syncsage_service.adapters.html_text import text_of
from syncsage_service.adapters.quoting import own_words

NOTE = "[SyncSage] internal note 0123456789ab\n\nRecognised\n  - something"


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("2\r\n\r\n> Which one?\r\n> 1 yes\r\n", "2"),
        ("2\n\nOn Mon, 1 June 2026 at 10:00, Desk <desk@example.com> wrote:\n\n> Which one?", "2"),
        ("Am 01.06.2026 schrieb Desk:\n> Frage?\n\n2", "2"),
        ("2\n\n-----Original Message-----\nFrom: Desk\nWhich one?", "2"),
        ("2\n\n-----Ursprüngliche Nachricht-----\nWhich one?", "2"),
        ("2\n\nFrom: Desk <desk@example.com>\nSent: Monday\nTo: me\n\nWhich one?", "2"),
        ("2\n\n*Von:* Desk\n*Gesendet:* Montag\n\nWelche?", "2"),
        ("2\n________________________________\nFrom: Desk", "2"),
        ("2\n-- \nJane Doe\n3rd floor", "2"),
        (f"2\n{NOTE}", "2"),
        (NOTE, ""),
        ("> all of it\n> quoted", ""),
        ("Log Name: Application\nSource: Display\nDate: 6/1/2026 10:00\nEvent ID: 21", None),
        ("--------------------\nE-21\n--------------------", None),
        ("error at 10:00:\nE-21 no speed signal", None),
    ],
)
def test_only_the_writers_own_words_are_read(text: str, own: str | None) -> None:
    assert own_words(text) == (text if own is None else own)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Hello<br>there &amp; here<div>E-21</div>", "Hello\nthere & here\nE-21"),
        ("<style>p {}</style><script>alert(1)</script><p>one</p><p>two</p>", "one\n\ntwo"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ("1<blockquote>old<br>text</blockquote>", "1\n> old\n> text"),
        ("a < b and <unclosed", "a < b and <unclosed"),
        ("</div></blockquote>rest", "rest"),
    ],
)
def test_html_is_read_as_what_it_shows(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<!-- <b>no</b> --> b", "a b"),
        ("<!DOCTYPE html><p>a</p><![CDATA[x]]>b", "a\nb"),
        ("if x <y and z", "if x <y and z"),
        ("<p>E-21 <a href='x'", "E-21 <a href='x'"),
        ("a <!-- b", "a b"),
        ("<?xml version='1'?>a", "a"),
    ],
)
def test_what_is_begun_and_not_ended_is_text(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize("piece", ["<a ", "<?", "<![CDATA[", "<!--", '<a b="', "<", "</", "<!-- >", "<![if >"])
def test_of_a_message_of_beginnings_all_is_read(piece: str) -> None:
    assert text_of(piece * 100_000 + "<p>E-21</p>").endswith("E-21")
