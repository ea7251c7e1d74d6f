"""The same log, however it was wrapped on its way."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable

import pytest

from syncsage.observing.logs.edits import EditedText
from syncsage.observing.logs.reader import LogReader

STAMP = "03-09-2021 07:12:{:02}.250-060"
WORDS = (
    "Starting Sync",
    "Performing sync on local request",
    "Read SUPs from SCF for SRV7.EXAMPLE.NET",
    "sync: WSUS synchronizing updates, processed 122 out of 130 items (93%), ETA in 00:00:03",
    (
        "Sync failed: UssCommunicationError: WebException: The remote name could not be resolved: 'up.example.net'"
        "~~at Example.Net.HttpWebRequest.GetRequestStream(). Source: Example.Sync.WSyncAction.SyncWSUS"
    ),
    "Sync failed. Will retry in 60 minutes",
)
SIMPLE = "\n".join(
    f"{words}  $$<SMS_WSUS_SYNC_MANAGER><{STAMP.format(number)}><thread=4711 (0x1267)>"
    for number, words in enumerate(WORDS)
)
CCM = "\n".join(
    f'<![LOG[{words}]LOG]!><time="07:12:{number:02}.250-060" date="03-09-2021" component="SMS_WSUS_SYNC_MANAGER" '
    f'context="" type="1" thread="4711" file="a.cpp:7">'
    for number, words in enumerate(WORDS)
)
COLUMNS = "\n".join(
    f"{words}\tSMS_WSUS_SYNC_MANAGER\t3/19/2021 7:12:{number:02} AM\t4711 (0x1267)"
    for number, words in enumerate(WORDS)
)
SERVER = "\n".join(
    f"2021-03-09 06:12:{number:02}.250 UTC\tInfo\tWsusService.31\tA.Work\t{words}" for number, words in enumerate(WORDS)
)
FRAGMENTS = "\n".join(WORDS)
LOGS = {"simple": SIMPLE, "ccm": CCM, "columns": COLUMNS, "server": SERVER, "fragments": FRAGMENTS}


def each(change: Callable[[int, str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(change(number, line) for number, line in enumerate(text.split("\n"), 1))


def wrapped(width: int, **options: bool) -> Callable[[str], str]:
    return each(lambda _, line: "\n".join(textwrap.wrap(line, width, **options)))  # type: ignore[arg-type]


def folded(width: int) -> Callable[[str], str]:
    return each(lambda _, line: "\n".join(line[i : i + width] for i in range(0, len(line), width)))


WRAPPERS: dict[str, Callable[[str], str]] = {
    "quoted": each(lambda _, line: f"> {line}"),
    "quoted twice": each(lambda _, line: f">> {line}"),
    "quoted without a blank": each(lambda _, line: f">{line}"),
    "numbered list": each(lambda number, line: f"  {number}. {line}"),
    "line numbers": each(lambda number, line: f"{number:5}\t{line}"),
    "line numbers with colons": each(lambda number, line: f"{number}: {line}"),
    "bullets": each(lambda _, line: f"- {line}"),
    "comments": each(lambda _, line: f"# {line}"),
    "indented": each(lambda _, line: f"    {line}"),
    "double-spaced": lambda text: text.replace("\n", "\n\n"),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "line breaks of markdown": each(lambda _, line: f"{line}  "),
    "backslashes": each(lambda _, line: f"{line} \\"),
    "escapes": lambda text: text.replace("_", "\\_").replace("<", "\\<"),
    "bold": each(lambda _, line: line.replace("Sync failed", "**Sync failed**")),
    "fence": lambda text: f"```text\n{text}\n```",
    "entities": html.escape,
    "page": lambda text: f'<pre class="x">{html.escape(text)}</pre>',
    "breaks": lambda text: html.escape(text).replace("\n", "<br />\n"),
    "paragraphs": lambda text: "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n")),
    "byte order mark": lambda text: f"\ufeff{text}",
    "mark as a question": lambda text: f"?{text}",
    "unseen signs": lambda text: text.replace(" ", "\u200b "),
    "hard blanks": lambda text: text.replace(" ", "\u00a0"),
    "wrapped": wrapped(80),
    "wrapped between words": wrapped(80, break_long_words=False, break_on_hyphens=False),
    "wrapped at 90": wrapped(90),
    "folded": folded(80),
    "wrapped, then quoted": lambda text: WRAPPERS["quoted"](wrapped(78)(text)),
    "one line": lambda text: text.replace("\n", " "),
    "glued": lambda text: text.replace("\n", ""),
    "one quoted line": lambda text: WRAPPERS["quoted"](text).replace("\n", " "),
}


def messages(reader: LogReader, text: str) -> list[str]:
    return [" ".join(record.message.split()) for record in reader.read(text)]


CASES = [(log, wrapper) for log in LOGS for wrapper in WRAPPERS if (log, wrapper) != ("fragments", "glued")]


@pytest.mark.parametrize(("log", "wrapper"), CASES)
def test_a_wrapped_log_holds_the_same_messages(reader: LogReader, log: str, wrapper: str) -> None:
    plain = messages(reader, LOGS[log])
    assert len(plain) == len(WORDS)
    assert messages(reader, WRAPPERS[wrapper](LOGS[log])) == plain


@pytest.mark.parametrize("log", LOGS)
def test_a_log_of_equally_long_lines_is_not_taken_for_a_wrapped_one(reader: LogReader, log: str) -> None:
    text = "\n".join(line for line in LOGS[log].split("\n") for _ in range(3))
    assert len(reader.read(text)) == 3 * len(WORDS)


def test_lines_and_offsets_are_those_of_the_original(reader: LogReader) -> None:
    text = "Grüße,\r\n\r\n" + WRAPPERS["quoted"](wrapped(80)(SIMPLE)).replace("\n", "\r\n")
    data = text.encode()
    _, *records = reader.read(text)
    assert len(records) == len(WORDS)
    for record in records:
        start = data[record.offset :].decode()
        assert start.startswith(record.message[:20])
        assert text.split("\r\n")[record.line - 1].removeprefix("> ").startswith(record.message[:20])


def test_records_in_one_line_have_offsets_of_their_own(reader: LogReader) -> None:
    text = WRAPPERS["one line"](html.escape(CCM))
    records = reader.read(text)
    assert {record.line for record in records} == {1}
    assert [text[record.offset :].startswith("&lt;![LOG[") for record in records] == [True] * len(WORDS)


def test_curly_quotes_around_attributes(reader: LogReader) -> None:
    curly = "".join(("“" if i % 2 == 0 else "”") + part for i, part in enumerate(CCM.split('"')))[1:]
    assert messages(reader, curly) == messages(reader, CCM)


def test_prose_around_a_log_stays_prose(reader: LogReader) -> None:
    records = reader.read(f"Hello,\n\n```\n{SIMPLE}\n```\n\nany ideas?")
    assert [record.format for record in records] == ["fragment", *["simple"] * len(WORDS), "fragment"]


def test_edited_text_knows_where_it_came_from() -> None:
    import re

    text = EditedText("a&lt;b\r\nc\r\n")
    text.substitute(re.compile("\r\n"), "\n")
    text.substitute(re.compile("&lt;"), "<")
    text.substitute(re.compile("c"), "ccc")
    assert text.text == "a<b\nccc\n"
    assert [text.origin(position) for position in (0, 1, 2, 3, 4, 7, 8)] == [0, 1, 5, 6, 8, 9, 11]
