"""Lines of a log in which nothing is wrong, with words of trouble in the titles of updates, as real logs have them."""

from __future__ import annotations

import random

_TITLES = (
    "Cumulative Update for Windows Server 2019 for x64-based Systems (KB{n})",
    "Security Intelligence Update for Microsoft Defender Antivirus - KB{n}",
    "Update for an issue where printing failed with an error (KB{n})",
    "Feature update to Windows 11 (business editions), en-us x64",
)
_LINES = (
    "Synchronizing update {guid} - {title}",
    "Skipped update {guid} - {title} because it is up to date",
    "sync: SMS synchronizing updates, processed {n} out of 90000 items ({p}%), ETA in 00:12:4{d}",
    "Inbox source is local on CM07",
    "Set content version of update source to {n} for site LAB",
)
_TAIL = "  $$<SMS_WSUS_SYNC_MANAGER><03-14-2024 02:{m:02}:{s:02}.113-60><thread=6140 (0x17FC)>"


def bury(text: str, depth: int) -> str:
    """Return ``text`` with ``depth`` healthy lines around it, two thirds of them before it; the same every time."""
    dice = random.Random(depth)  # noqa: S311 (nothing secret)
    lines = [_line(dice, place) for place in range(depth)]
    before = depth * 2 // 3
    return "\n".join([*lines[:before], text, *lines[before:]])


def _line(dice: random.Random, place: int) -> str:
    title = dice.choice(_TITLES).format(n=dice.randint(4_000_000, 5_100_000))
    guid = f"{dice.getrandbits(32):08x}-{dice.getrandbits(16):04x}-4{dice.getrandbits(12):03x}-9abc-0123456789ab"
    number = dice.randint(1_000, 80_000)
    line = dice.choice(_LINES).format(guid=guid, title=title, n=number, p=number // 900, d=dice.randint(0, 9))
    return line + _TAIL.format(m=place // 60 % 60, s=place % 60)
