"""Bytes to text, text to clean lines, secrets to asterisks."""

from __future__ import annotations

import contextlib
import re
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syncsage.errors import InputError
from syncsage.observing.text import clean, decode, mask

GERMAN = "Fehler: Der Schlüssel paßt nicht – Größe prüfen"
JAPANESE = "エラー: チェーンが外れました。速度センサーを確認してください。自転車の電源を入れ直してください。"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (GERMAN.encode(), "utf-8"),
        (GERMAN.encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + GERMAN.encode("utf-16-le"), "utf-16"),
        (b"\xfe\xff" + GERMAN.encode("utf-16-be"), "utf-16"),
        (GERMAN.encode("utf-16-le"), "utf-16-le"),
        (GERMAN.encode("utf-16-be"), "utf-16-be"),
        (GERMAN.encode("utf-32"), "utf-32"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16 le bom", "utf-16 be bom", "utf-16 le", "utf-16 be", "utf-32"],
)
def test_unicode_is_read_in_every_form(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert decoded.text == GERMAN
    assert decoded.encoding == encoding
    assert decoded.notes == ()


def test_western_text_of_old_editors_is_read() -> None:
    lines = "\r\n".join([GERMAN, "Das Gerät läuft über die Brücke.", "Übertragung abgebrochen: Zugriff verweigert"])
    assert decode(lines.encode("cp1252")).text == lines


def test_japanese_text_of_old_editors_is_read() -> None:
    text = "\r\n".join([JAPANESE] * 3)
    assert decode(text.encode("cp932")).text == text


def test_no_bytes_are_no_text() -> None:
    assert decode(b"").text == ""


def test_single_nul_characters_are_left_out_and_told_of() -> None:
    decoded = decode(b"E21 check\x00 speed sensor\x00")
    assert decoded.text == "E21 check speed sensor"
    assert decoded.notes == ("2 NUL characters were left out",)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + zlib.compress(bytes(range(256)) * 40),
        b"PK\x03\x04" + bytes(range(32)) * 20,
        b"MZ" + b"\x00" * 60 + b"This program cannot be run in DOS mode",
        bytes(range(256)) * 8,
    ],
    ids=["picture", "archive", "program", "all bytes"],
)
def test_binary_data_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        decode(data)


def test_colours_of_a_terminal_do_not_make_a_text_binary() -> None:
    assert "E21" in decode(b"\x1b[31mE21\x1b[0m").text


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\x00\x01")
@example(b"\xef\xbb\xbf\xff")
@example(b"\x81")
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert "\x00" not in decode(data).text


@pytest.mark.parametrize(
    ("wrapped", "plain"),
    [
        ("> E21 check speed sensor", "E21 check speed sensor"),
        ("> > E21 check", "E21 check"),
        (">>> E21 check", "E21 check"),
        ("**E21** check", "E21 check"),
        ("speed\\_sensor \\<none\\>", "speed_sensor <none>"),
        ("&quot;E21&quot; &amp; E10 &#169; &#xe9;", '"E21" & E10 © é'),
        ("“E21” ‘check’ «x»", '"E21" \'check\' "x"'),
        ("E21\u00a0check\u200b", "E21 check"),
        ("\x1b[1;31mE21\x1b[0m check", "E21 check"),
        ("E21\x07check", "E21 check"),
        ("e\u0301", "é"),
    ],
    ids=["mail", "twice", "thrice", "bold", "escaped", "entities", "quotes", "blanks", "ansi", "bell", "combined"],
)
def test_wrappers_are_taken_off(wrapped: str, plain: str) -> None:
    assert clean(wrapped) == plain


def test_fences_leave_an_empty_line() -> None:
    assert clean("see:\n```log\nE21 check\n```\nend") == "see:\n\nE21 check\n\nend"


@pytest.mark.parametrize(
    "text",
    ["a > b", "2 * 3 ** 4", "x &nosuchthing; y", r"C:\temp\new", "wsus -> upstream", "a ` b"],
)
def test_what_only_looks_like_a_wrapper_stays(text: str) -> None:
    assert clean(text) == text


def test_every_kind_of_line_end_is_one_line_end() -> None:
    assert clean("a\r\nb\rc\nd") == "a\nb\nc\nd"


def lines_of(text: str) -> int:
    return len(re.split(r"\r\n|\r|\n", text))


pieces = st.sampled_from(
    (
        *("\n", "\r\n", "\r", "> ", ">", "```", "~~~", "**", "*", "\\", "&#10;", "&#13;", "&NewLine;", "&", ";"),
        *("\x1b[31m", "\x1b[", "\x1b", "\u2028", "\x85", "\x0b", "\x0c", "\x00", "“", " ", "a", "ß"),
        *("password: ", "is ", "http://u:", "@", "authorization: bearer ", "/user x ", "/p y"),
    )
)
texts = st.text() | st.lists(pieces, max_size=30).map("".join)


@given(texts)
@example("&#10;")
@example("&NewLine;x")
def test_cleaning_keeps_every_line(text: str) -> None:
    assert clean(text).count("\n") + 1 == lines_of(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("password: hunter2", "password: ***"),
        ("Password=hunter2;User=joe", "Password=***;User=joe"),
        ('"password": "hun ter2",', '"password": ***,'),
        ("pwd = 'x y z' next", "pwd = *** next"),
        ("my password is hunter2", "my password is ***"),
        ("ProxyUserPassword=hunter2", "ProxyUserPassword=***"),
        ("DB_PASSWORD: hunter2", "DB_PASSWORD: ***"),
        ("Passwort: geheim1", "Passwort: ***"),
        ("Das Kennwort ist geheim1", "Das Kennwort ist ***"),
        ("mot de passe : secret1", "mot de passe : ***"),
        ("le mot de passe est secret1", "le mot de passe est ***"),
        ("<password>hunter2</password>", "<password>***</password>"),
        ("api_key=abc123", "api_key=***"),
        ("access token: abc123", "access token: ***"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ('{"Authorization": "Bearer abc.def"}', '{"Authorization": "Bearer ***"}'),
        ("Proxy-Authorization: Basic am9lOng=", "Proxy-Authorization: Basic ***"),
        ("http://joe:hunter2@proxy:8080/", "http://joe:***@proxy:8080/"),
        ("http://joe:p@ss@proxy:8080/", "http://joe:***@proxy:8080/"),
        (r"net use /user:dom\joe /p:hunter2", r"net use /user:dom\joe /p:***"),
        ("tool -u joe -p hunter2 --now", "tool -u joe -p *** --now"),
    ],
)
def test_secrets_are_masked(text: str, masked: str) -> None:
    assert mask(text) == (masked, 1)


@pytest.mark.parametrize(
    "text",
    [
        "The proxy password is expired",
        "password is wrong",
        "Das Kennwort ist abgelaufen",
        "Le mot de passe est expiré",
        "The password of the proxy account has expired.",
        "HasProxyPassword : True",
        "AnonymousProxyAccess = false",
        "HTTP status 401: Unauthorized",
        "http://server:8530/selfupdate",
        "https://sws.update.microsoft.com:443/x@y",
        "mailto:joe@example.com",
        "secretary: Mrs Miller",
        "password-protected share",
        "Source: CWSyncMgr::DoSync",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert mask(text) == (text, 0)


def test_every_secret_of_a_text_counts_and_lines_stay() -> None:
    text = "password: a1\nnothing here\npwd=b2 and http://u:c3@h/"
    assert mask(text) == ("password: ***\nnothing here\npwd=*** and http://u:***@h/", 3)


@given(texts)
def test_masking_keeps_every_line_and_is_done_once(text: str) -> None:
    masked, _ = mask(text)
    assert masked.count("\n") == text.count("\n")
    assert mask(masked) == (masked, 0)


@pytest.mark.parametrize("letter", ["a", "\N{CYRILLIC SMALL LETTER I}", "\u540c"])
def test_a_pile_of_marks_is_cut_and_words_with_marks_are_not(letter: str) -> None:
    piled = clean(letter + "\u0323\u0301" * 500 + " fault\nnext")
    assert len(piled) <= len(f"{letter} fault\nnext") + 30
    assert piled.endswith(" fault\nnext")
    word = "\u0e17\u0e35\u0e48\u0e19\u0e31\u0e48\u0e19" * 20 + "\u0438\u0306"
    assert clean(word) == word[:-2] + "\u0439"
