"""All layers read and checked as far as a load demands it: files, schema, references."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from syncsage.knowledge.build import build
from syncsage.knowledge.documents import read_documents
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.entries import Entry, EntryKind
from syncsage.knowledge.files import Listing
from syncsage.knowledge.references import reference_faults

_NO_DOMAIN = Entry("domain", "domain", "domain.yaml", 1, {"id": "none", "title": "", "greeting": ""})


def read_draft(listing: Listing) -> Draft:
    """Read the files of all layers and check schema and references.

    Args:
        listing: Knowledge files, sorted by layer.

    Returns:
        What could be built; entries that do not fit their schema are left out of it and named as broken.
    """
    reading = read_documents(listing)
    entries = dict(reading.entries)
    entries.setdefault(_NO_DOMAIN.key, _NO_DOMAIN)
    draft = Draft(
        kb=build(entries.values()),
        entries=tuple(entries.values()),
        places=reading.places,
        broken=frozenset(reading.broken),
        unread=frozenset(reading.unread),
        ids={kind: frozenset(name for found, name in reading.places if found == kind) for kind in get_args(EntryKind)},
    )
    return replace(draft, faults=tuple(sorted({*reading.faults, *reference_faults(draft)})))
