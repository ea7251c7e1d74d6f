"""Bytes to text, and text to clean lines: encodings, wrappers of mail and web, secrets.

Cleaning keeps the number of lines, so that a line number always means the line that was pasted.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from syncsage.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SNIFF = 65_536
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
#: Marks that may stand on one character; so many are kept (UAX #15, D4, Stream-Safe Text Format).
_MOST_MARKS = 30
_MAY_BE_MARKS = re.compile(rf"[^\x00-\u02ff]{{{_MOST_MARKS + 1},}}")
_PLAIN = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " "}
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"

#: What is said of a password and is none: the state of it, in words, or a switch.
_SAID = (
    r"(?!(?:not|no|wrong|bad|incorrect|invalid|expired|correct|right|ok|fine|required|missing|empty|blank|the|a|set|"
    r"nicht|kein|falsch|abgelaufen|ungültig|richtig|korrekt|leer|"
    r"pas|incorrecte?|expirée?|invalide|correcte?|vide|faux|erronée?)\b)"
)
_SWITCH = r"(?!(?:true|false|yes|no|none|null|nothing)\b)"
_VALUE = r"(\"[^\"\n]+\"|'[^'\n]+'|[^\s;,\"'<]+)"
_WORDS = r"(?:password|passwd|passwort|kennwort|pwd|mot de passe|\bsecret|api[ _-]?key|access[ _-]?token)"
_SECRETS = (
    re.compile(rf"(?i){_WORDS}\"?(?:(?:[ \t]*(?:=|:=?)[ \t]*|>){_SWITCH}|[ \t]+(?:is|ist|est)[ \t]+{_SAID}){_VALUE}"),
    re.compile(r"(?i)\bauthorization\"?[ \t]*[:=][ \t]*\"?(?:basic|bearer|negotiate|ntlm)[ \t]+([^\s\"]+)"),
    re.compile(r"(?i)\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,200}:([^\s/]{1,200})@"),
    re.compile(r"(?i)(?<!\S)[/-]u(?:ser(?:name)?)?[: ]\S{1,200}[ \t]+[/-]p(?:assword)?[: ](\S+)"),
)
MASK = "***"


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Decoded text, the encoding that was used, and remarks for the person."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> DecodedText:
    """Decode ``data`` as the editors and shells of administrators write text.

    Args:
        data: The bytes of a file or a pipe.

    Returns:
        The text with NUL characters removed and a note where that happened.

    Raises:
        InputError: The data are binary.
    """
    encoding = encoding_of(data)
    text = data.decode(encoding, errors="replace")
    head = text[:_SNIFF]
    strange = len(_CONTROL.findall(_ANSI.sub("", head))) - head.count("\x00")
    if strange > len(head) * 0.05 or head.count("\x00") > len(head) * 0.3 or "\x00\x00\x00\x00" in head:
        raise InputError("this is binary data, not text: give a log file or a copied message")
    if "\x00" not in text:
        return DecodedText(text, encoding)
    count = text.count("\x00")
    return DecodedText(text.replace("\x00", ""), encoding, (f"{count} NUL characters were left out",))


def encoding_of(data: bytes) -> str:
    """Return what ``data`` are most likely written in."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    head = data[:_SNIFF]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if odd > len(head) * 0.2 and even < len(head) * 0.05:
        return "utf-16-le"
    if even > len(head) * 0.2 and odd < len(head) * 0.05:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(head)
    return "utf-8"


def _legacy(head: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(head, cp_isolation=["cp1252", "cp932", "cp1251", "cp936", "cp949", "cp1250"]).best()
    return best.encoding if best is not None else "cp1252"


def mask(text: str) -> tuple[str, int]:
    """Replace passwords, tokens and credentials in ``text`` by asterisks.

    Args:
        text: Any text.

    Returns:
        The masked text and the number of secrets masked. Lines are kept.
    """
    count = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal count
        secret = match.group(1)
        if secret.strip("\"'") in {MASK, ""}:
            return match.group()
        count += 1
        start = match.start(1) - match.start()
        return match.group()[:start] + MASK + match.group()[start + len(secret) :]

    for pattern in _SECRETS:
        text = pattern.sub(replace, text)
    return text, count


def _plain(entity: re.Match[str]) -> str:
    """Return what an entity stands for; line ends and control characters become a blank: lines stay."""
    return "".join(c if c.isprintable() else " " for c in html.unescape(entity.group()))


#: What mail, web pages and terminals wrap around lines, and what to put in its place, in the order of undoing it.
#: None of it changes the number of lines.
WRAPPERS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\r\n?"), "\n"),
    (_ANSI, ""),
    (re.compile(f"[{''.join(_PLAIN)}{_UNSEEN}]"), lambda match: _PLAIN.get(match.group(), "")),
    (_CONTROL, " "),
    (re.compile(r"^(?:[ \t]{0,3}>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,6}(?:[-*•]|\d{1,3}[.)])[ \t]+(?=\S)", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:```|~~~)\w*[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});"), _plain),
    (re.compile(r"\*\*(\S(?:[^*\n]{0,400}\S)?)\*\*"), r"\1"),
    (re.compile(r"\\([_<>*#\[\]()`~])"), r"\1"),
)


def _few_marks(part: re.Match[str]) -> str:
    """Return a part of a text with no more than so many combining marks in a row."""
    kept: list[str] = []
    count = 0
    for character in part.group():
        count = count + 1 if unicodedata.combining(character) else 0
        if count <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def clean(text: str) -> str:
    """Undo what mail, web pages and terminals wrapped around a text, line by line."""
    if not text.isascii():
        # Marks are put in order one by one: without a bound a character with a million of them takes hours.
        text = unicodedata.normalize("NFC", _MAY_BE_MARKS.sub(_few_marks, text))
    for pattern, replacement in WRAPPERS:
        text = pattern.sub(replacement, text)
    return text
