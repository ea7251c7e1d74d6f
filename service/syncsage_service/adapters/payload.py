"""What stands in the JSON of a webhook, taken out with its type checked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import cast

from syncsage.errors import InputError
from syncsage.observing.text import decode, mask
from syncsage_service.adapters.model import PayloadError

Members = Mapping[str, object]

#: Characters of a message that are kept.
LONGEST = 1_000_000
#: Files at one message that are read, and bytes of each.
MOST_FILES = 5
LARGEST_FILE = 16 * 1024 * 1024
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_READABLE = re.compile(r"(?i)text/|application/(?:octet-stream|json|xml|x-log|x-ndjson|$)|$")
_ENDINGS = frozenset({"", ".csv", ".err", ".json", ".lo_", ".log", ".out", ".txt", ".xml"})


def members(body: bytes) -> Members:
    """Return the members of a JSON object.

    Raises:
        PayloadError: The body is none.
    """
    try:
        data: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise PayloadError("the body is no JSON") from error
    return _object(data, "the body")


def inner(data: Members, name: str) -> Members:
    """Return a member that is an object.

    Raises:
        PayloadError: It is none.
    """
    return _object(data.get(name), name)


def items(data: Members, name: str) -> tuple[Members, ...]:
    """Return a member that is a list of objects; nothing where it is left out.

    Raises:
        PayloadError: It is something else.
    """
    value = data.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise PayloadError(f"{name} is no list")
    return tuple(_object(item, name) for item in cast("list[object]", value))


def number(data: Members, name: str) -> str:
    """Return a member that counts something, as digits; nothing else ever gets into a path.

    Raises:
        PayloadError: It counts nothing.
    """
    value = data.get(name)
    found = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not _NUMBER.fullmatch(found):
        raise PayloadError(f"{name} is no number above zero")
    return found


def words(data: Members, name: str) -> str:
    """Return a member that is a text; an empty one where it is left out.

    Raises:
        PayloadError: It is something else.
    """
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise PayloadError(f"{name} is no text")
    return value


def safe(text: str) -> str:
    """Return a message as it may be kept: secrets masked, at most ``LONGEST`` characters, its end if it has more."""
    return mask(text[-LONGEST:].replace("\x00", " ").encode("utf-8", "replace").decode("utf-8"))[0]


def is_readable(name: str, kind: str) -> bool:
    """Tell whether an attached file can be a text at all."""
    ending = PurePosixPath(name.lower()).suffix
    return ending in _ENDINGS - {""} or (ending in _ENDINGS and bool(_READABLE.match(kind)))


def file_text(data: bytes) -> str:
    """Return an attached file as text, whatever its encoding; empty for one that is no text."""
    if len(data) > LARGEST_FILE:
        return ""
    try:
        return decode(data).text.replace("\x00", " ")
    except InputError:
        return ""


def _object(value: object, name: str) -> Members:
    if not isinstance(value, dict):
        raise PayloadError(f"{name} is no object")
    return cast("dict[str, object]", value)
