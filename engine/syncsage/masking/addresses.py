"""Addresses in a text: IPv4 and IPv6 (RFC 4291), hardware addresses, security identifiers of accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from syncsage.masking.sighting import Sighting

_MAC = re.compile(
    r"(?<![\w:-])(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})(?![\w:-])",
    re.IGNORECASE,
)
#: Only identifiers that belong to a domain or a directory tell anything; the well-known ones are short.
_SID = re.compile(r"(?<![\w-])S-1-(?:5-21|12-1)(?:-\d{1,10}){3,6}(?![\w-])", re.IGNORECASE)
_IPV4 = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-])(?!\.\d)")
_IPV6 = re.compile(
    r"(?<![\w:.])(?=[0-9a-f]{0,4}:[0-9a-f]{0,4}:)[0-9a-f:]{3,39}(?:(?<=:)(?:\d{1,3}\.){3}\d{1,3})?", re.I
)
#: Four numbers behind these words are a version.
_VERSION = re.compile(r"(?<![^\W_])(?:version|ver|build|v)[ \t\"'=:]{0,3}\Z", re.IGNORECASE)
_BEFORE = 12


def addresses(text: str) -> Iterator[Sighting]:
    """Yield the addresses in ``text`` that tell something: not loopback, unspecified, broadcast or multicast."""
    for found in _SID.finditer(text):
        yield Sighting(found.start(), found.end(), "SID")
    for found in _MAC.finditer(text):
        yield Sighting(found.start(), found.end(), "MAC")
    for found in _IPV4.finditer(text):
        if _told(found.group()) and not _VERSION.search(text, max(0, found.start() - _BEFORE), found.start()):
            yield Sighting(found.start(), found.end(), "IP")
    for found in _IPV6.finditer(text):
        end = found.end()
        if not any(sign.isdigit() for sign in found.group()):
            continue  # two names of a program with colons between them
        if not _told(found.group()) and found.group().endswith(":"):
            end -= 1
        if _told(text[found.start() : end]) and not text[end : end + 1].isalnum():
            yield Sighting(found.start(), end, "IP")


def _told(text: str) -> bool:
    try:
        address: IPv4Address | IPv6Address = ip_address(text)
    except ValueError:
        return False
    plain = address.is_loopback or address.is_unspecified or address.is_multicast
    return not plain and text != "255.255.255.255"
