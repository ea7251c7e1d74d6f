"""ETag, If-Match and If-None-Match of sessions (RFC 9110, 8.8.3 and 13.1).

A tag begins with the version of the session, which is all that a write is about; what else shows in a session but is
no write to it (feedback, other knowledge that answers) follows behind a hyphen.
"""

from __future__ import annotations

import re
from hashlib import sha256

from syncsage_service.problems import ProblemError
from syncsage_service.store.sessions import Feedback, Row

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_LIST = re.compile(rf"\s*(?:{_TAG.pattern}\s*(?:,\s*|$))+")


def etag(row: Row, feedback: tuple[Feedback, ...], answered_with: str) -> str:
    """Return the tag of a session as it stands, with its quotes."""
    more = f"{len(feedback) or ''}{'' if answered_with == row.kb_hash else answered_with}"
    return f'"{row.version}-{sha256(more.encode()).hexdigest()[:8]}"' if more else f'"{row.version}"'


def versions(if_match: str) -> frozenset[int] | None:
    """Return the versions that If-Match names; None where any will do.

    A weak tag names none: it says nothing about the version that a write needs.

    Raises:
        ProblemError: 400, it is no list of tags.
    """
    if not if_match or if_match.strip() == "*":
        return None
    strong = (tag for weak, tag in _tags(if_match, "If-Match") if not weak)
    numbers = (tag.partition("-")[0] for tag in strong)
    return frozenset(int(number) for number in numbers if number.isascii() and number.isdecimal() and len(number) < 10)


def is_known(if_none_match: str, tag: str) -> bool:
    """Say whether who asks has seen what is tagged so.

    Raises:
        ProblemError: 400, it is no list of tags.
    """
    if not if_none_match:
        return False
    return if_none_match.strip() == "*" or tag.strip('"') in {name for _, name in _tags(if_none_match, "If-None-Match")}


def _tags(header: str, name: str) -> list[tuple[str, str]]:
    if len(header) > 1_000 or not _LIST.fullmatch(header):
        raise ProblemError(400, f'{name} is no list of entity tags such as "3", and not *')
    return _TAG.findall(header)
