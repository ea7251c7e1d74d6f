"""Replies by mail: what the writer added, without what is quoted below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: The first words of every note: a note that comes back is cut off there, so that none is ever answered.
MARK = "[SyncSage] internal note"
_QUOTED = re.compile(r"[ \t]{0,3}>")
_RULE = re.compile(r"[ \t]*-{2,}[^-\n]{3,60}-{2,}[ \t]*$|_{20,}[ \t]*$")
_SIGNATURE = re.compile(r"--[ \t]?$")
#: The head of a mail: who wrote it, and another such line. Records of logs are written as "Word: text" too.
_FROM = re.compile(r"[ \t*]{0,4}(?:From|Von|De|Da|Van|Från|Fra|Od|От)[ \t]?:[ *]*\S")
_HEAD = re.compile(r"[ \t*]{0,4}[^\W\d_][\w -]{0,14}:[ *]*\S")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.|\b(?:19|20)\d\d\b")


def own_words(text: str) -> str:
    """Return what the writer of a reply added: without quoted lines, the mail below, a signature, and our notes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_unquoted(list(_above(lines)))).strip()


def is_note(text: str) -> bool:
    """Tell whether a message is a note of ours."""
    return text.lstrip().startswith(MARK)


def _above(lines: list[str]) -> Iterator[str]:
    """Yield the lines before the first that begins an older mail, a signature, or a note."""
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        head = _FROM.match(line) and _HEAD.match(following)
        if MARK in line or head or _RULE.match(line) or _SIGNATURE.match(line):
            return
        yield line


def _unquoted(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        below = next((other for other in lines[number + 1 : number + 4] if other.strip()), "")
        introduces = line.rstrip().endswith(":") and _QUOTED.match(below) and _MAIL.search(line)
        if not _QUOTED.match(line) and not introduces:
            yield line
