"""A name seen in a text, and the small vocabulary of kinds that pseudonyms are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

#: What a pseudonym begins with: a machine, a domain, a person or account, an IP address, a hardware address, a security
#: identifier, a part of a network path, anything else in a distinguished name.
Kind = Literal["HOST", "DOMAIN", "USER", "IP", "MAC", "SID", "DIR", "NAME"]


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """One name in a text: its place, both ends as offsets, and what it names."""

    start: int
    end: int
    kind: Kind


def apart(groups: Iterable[Iterable[Sighting]]) -> Iterator[Sighting]:
    """Yield sightings that do not overlap; earlier groups go before later ones."""
    taken: set[int] = set()
    for group in groups:
        for seen in group:
            place = range(seen.start, seen.end)
            if taken.isdisjoint(place):
                taken.update(place)
                yield seen
