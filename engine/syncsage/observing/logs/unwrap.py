"""What mail, web pages and people put around the lines of a log, undone."""

from __future__ import annotations

import re

from syncsage.observing.logs.edits import EditedText
from syncsage.observing.logs.pieces import Cutter
from syncsage.observing.logs.reflow import reflow
from syncsage.observing.text import WRAPPERS

_TAGS = (
    (re.compile(r"<br[ \t]*/?>(?:[ \t]*\n)?", re.IGNORECASE), "\n"),
    (
        re.compile(
            r"</?(?:p|div|pre|code|span|font|td|tr|th|table|tbody|ul|ol|li|b|i|u|em|strong|blockquote)"
            r"(?:[ \t][^<>\n]{0,300})?>",
            re.IGNORECASE,
        ),
        "",
    ),
)
_QUOTES, _ITEMS, _ENTITIES = WRAPPERS[4], WRAPPERS[5], WRAPPERS[7]
#: With a blank behind it: a line that was broken in the middle of a record may begin with the bare sign.
_QUOTE = re.compile(r"^[ \t]{0,12}(?:[ \t]{0,3}>(?:[ \t]|(?=>)|$))+", re.MULTILINE)
#: A backslash at the end of a line that is no end of a path: a line break of Markdown.
_BREAK = re.compile(r"(?:(?<=[ \t])|(?<![^\s\\])([^\s\\]+))\\[ \t]*$", re.MULTILINE)
#: A byte order mark that a paste could not show.
_MARK = re.compile(r"^\?(?=[\w<])", re.MULTILINE)
#: Marks before every line, and the least share of lines that must have one.
_BEFORE_LINES = (
    (re.compile(r"^(?:[ \t]{0,3}>[ \t]?)+", re.MULTILINE), 0.8),
    (re.compile(r"^[ \t]{0,3}#(?!#)[ \t]?", re.MULTILINE), 0.3),
    (re.compile(r"^[ \t]{0,8}\d{1,7}(?:[:|][ \t]*(?!\d)|\t)", re.MULTILINE), 0.6),
)
_LINE = re.compile(r"^([ \t]*)\S[^\n]*", re.MULTILINE)
#: A list mark within a line that stands between records: behind a bracket, or before a date.
_ITEM_INSIDE = re.compile(
    r"(?<=>)[ \t]{0,8}(?:[-*•]|\d{1,3}[.)])[ \t]+(?=\S)|"
    r"(?<=[ \t])(?:[-*•]|\d{1,3}[.)])[ \t]+(?=\d{1,4}[-/.]\d\d[-/.]\d{2,4}[ \t]\d)"
)
#: Marks before lines that were all put into one: how the text begins, and where a line began.
_ONE_LINE = (
    (re.compile(r"\s*>[ \t]"), re.compile(r"(?<=[ \t])>[ \t]+(?=\S)")),
    (re.compile(r"\s*#"), re.compile(r"#[ \t]*(?=\w+[ \t]*:|[ \t]{3})")),
    (re.compile(r"\s*(?:[-*•]|\d{1,3}[.)])[ \t]"), _ITEM_INSIDE),
)
_SPACED = re.compile(r"(?<=\S)[ \t]*\n[ \t]*\n(?=[ \t]*\S)")


def unwrap(text: EditedText, cutter: Cutter) -> None:
    """Undo quote marks, list marks, markup and hard wraps.

    Args:
        text: A paste; edited in place.
        cutter: Knows where records begin, which tells a wrapped line from a line of its own.
    """
    text.substitute(*WRAPPERS[0])
    if "<" in text.text:
        for tag, instead in _TAGS:
            text.substitute(tag, instead)
    for start, mark in _ONE_LINE:
        if start.match(text.text) and "\n" not in text.text.strip():
            text.substitute(mark, "\n")
    _unmark(text)
    for pattern, replacement in WRAPPERS[1:]:
        text.substitute(_QUOTE if pattern is _QUOTES[0] else pattern, replacement)
    if "&" in text.text:
        text.substitute(*_ENTITIES)
    text.substitute(_QUOTE, "")
    text.substitute(*_ITEMS)
    _unmark(text)
    text.substitute(_MARK, "")
    reflow(text, cutter)
    text.substitute(_BREAK, lambda match: match.group(1) or "")
    for pattern, replacement in WRAPPERS[8:]:
        text.substitute(pattern, replacement)


def _unmark(text: EditedText) -> None:
    """Take off what stands before nearly every line: a common indent, numbers, comment marks, an empty line."""
    lines = _LINE.findall(text.text)
    if not lines:
        return
    indent = min(map(len, lines))
    if indent:
        text.substitute(re.compile(rf"^[ \t]{{{indent}}}", re.MULTILINE), "")
    for pattern, share in _BEFORE_LINES:
        if sum(1 for _ in pattern.finditer(text.text)) > len(lines) * share:
            text.substitute(pattern, "")
    if len(lines) > 2 and sum(1 for _ in _SPACED.finditer(text.text)) >= (len(lines) - 1) * 0.9:
        text.substitute(_SPACED, "\n")
