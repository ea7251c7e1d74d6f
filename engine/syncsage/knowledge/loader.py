"""Knowledge folders made into one knowledge base."""

from __future__ import annotations

import gc
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from syncsage.errors import KnowledgeError
from syncsage.knowledge.build import build
from syncsage.knowledge.cache import SALT, EntryCache
from syncsage.knowledge.entries import Entry, content_hash
from syncsage.knowledge.files import Listing, read_layers
from syncsage.knowledge.location import bundled
from syncsage.knowledge.model import KnowledgeBase
from syncsage.knowledge.prefilter import literals_of


def load(path: Path | None = None, overlays: Sequence[Path] = (), cache_dir: Path | None = None) -> KnowledgeBase:
    """Load a knowledge base.

    Args:
        path: Its folder; None for the bundled knowledge.
        overlays: Folders of the same layout, laid over it in turn. An entry with a known id replaces
            the whole entry, a new id is added; ``domain.yaml`` may hold single fields, or be absent.
        cache_dir: Where the validated content is kept for the next load; None for no cache. A cache that is
            damaged or out of date is written anew, one that cannot be written is done without.

    Returns:
        The knowledge, frozen. Its ``hash`` says what is in it, not where it lies or how it is laid out.

    Raises:
        KnowledgeError: Something is wrong; every fault of every file is in it.
    """
    folders = [Path(path) if path else bundled(), *map(Path, overlays)]
    with _uncollected():
        listing = read_layers(folders, tests=False)
        if cache_dir is None or listing.faults:
            return build(*_read(listing))
        return _cached(listing, EntryCache(Path(cache_dir), folders))


def _cached(listing: Listing, cache: EntryCache) -> KnowledgeBase:
    key = listing.digest(SALT)
    kept = cache.get(key)
    if kept is not None:
        return build(*kept)
    entries, digest = _read(listing)
    kb = build(entries, digest)
    signatures = (s for problem in kb.problems.values() for s in problem.signatures)
    derivations = (d for finding in kb.findings.values() for d in finding.derive)
    known = literals_of(chain(signatures, derivations))
    cache.put(key, entries, digest, known)
    return replace(kb, literals=known)


@contextmanager
def _uncollected() -> Generator[None]:
    """Keep the garbage collector away: all that is made stays, and looking through it takes longer than making it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(listing: Listing) -> tuple[list[Entry], str]:
    """Read and check everything; the parsers are imported only here, since a cached load needs none."""
    from syncsage.knowledge.reading import read_draft

    draft = read_draft(listing)
    if draft.faults:
        raise KnowledgeError(draft.faults)
    entries = sorted(draft.entries, key=lambda entry: entry.key)
    return entries, content_hash(entries)
