"""Files made into entries: parsed, validated, split by id and laid over one another; all faults collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path as FolderPath
from typing import Any

from syncsage.errors import Fault
from syncsage.knowledge.entries import Entry, EntryKind, Key, over
from syncsage.knowledge.files import FileKind, Listing, Part, RawFile, kind_of, read_layers
from syncsage.knowledge.naming import dotted
from syncsage.knowledge.schema import check_schema, line_of
from syncsage.knowledge.yamltree import Path, Remark, Tree, read_tree

_LISTS: dict[FileKind, EntryKind] = {"sources": "source", "findings": "finding", "rules": "rule", "formats": "format"}
_SINGLE: dict[FileKind, EntryKind] = {
    "problem": "problem",
    "cause": "cause",
    "procedure": "procedure",
    "tracking": "tracking",
}
#: Kind of file -> kinds of the entries in it.
_KINDS: dict[FileKind, tuple[EntryKind, ...]] = {
    **{file: (entry,) for file, entry in (*_LISTS.items(), *_SINGLE.items())},
    "codes": ("code", "code-kind"),
    "domain": ("domain",),
    "runs": ("runs",),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file."""

    file: RawFile
    tree: Tree

    def fault(self, path: Path, message: str, rule: str, line: int = 0) -> Fault:
        """Return a fault at a field of this file; the line is that of the field unless one is given."""
        place = dotted(self._shown(path))
        return Fault(self.file.name, line or line_of(self.tree, path), place, message, rule)

    def faults(self, remarks: Iterable[Remark]) -> Iterator[Fault]:
        """Return the faults that ``remarks`` on this file stand for."""
        return (self.fault(r.path, r.message, r.rule, r.line) for r in remarks)

    def _shown(self, path: Path) -> Iterator[str | int]:
        """Name the items of lists of entries by their id: that is what an author looks for."""
        node: Any = self.tree.data
        for depth, part in enumerate(path):
            inner = node[part] if _has(node, part) else None
            name = inner.get("id", inner.get("code", inner.get("name"))) if isinstance(inner, Mapping) else None
            yield name if isinstance(part, int) and depth < 2 and isinstance(name, str) else part
            node = inner


@dataclass(frozen=True, slots=True)
class Place:
    """Where the data of an entry stand: a document, the path in it, and for single fields the layer below."""

    document: Document
    prefix: Path = ()
    below: Place | None = None

    def fault(self, path: Path, message: str, rule: str) -> Fault:
        """Return a fault at a field of the entry."""
        if self.below and path and not _has(self.document.tree.data, path[0]):
            return self.below.fault(path, message, rule)
        return self.document.fault((*self.prefix, *path), message, rule)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of all layers.

    Attributes:
        entries: Valid entries, later layers over earlier ones.
        places: Where each entry was read, the broken ones included.
        broken: Entries that do not fit their schema. They exist, so naming them is no second fault.
        unread: Kinds of which a whole file could not be read, so that not every id is known.
        faults: What was wrong so far.
    """

    entries: dict[Key, Entry] = field(default_factory=dict[Key, Entry])
    places: dict[Key, Place] = field(default_factory=dict[Key, Place])
    broken: set[Key] = field(default_factory=set[Key])
    unread: set[EntryKind] = field(default_factory=set[EntryKind])
    faults: list[Fault] = field(default_factory=list[Fault])


def read_documents(listing: Listing) -> Reading:
    """Parse, validate and merge the files of all layers.

    Args:
        listing: Knowledge files, sorted by layer.
    """
    reading = Reading(faults=list(listing.faults))
    for fault in listing.faults:
        reading.unread.update(_KINDS.get(kind_of(fault.file), ()))
    layers: dict[Key, int] = {}
    for file in listing.files:
        document, remarks = parse(file)
        reading.faults.extend(document.faults(remarks))
        if remarks and file.kind not in _SINGLE and not isinstance(document.tree.data, (dict, list)):
            reading.unread.update(_KINDS[file.kind])
        for key, place in _split(document):
            if layers.get(key) == file.layer:
                first = reading.places[key].document.file.name
                named = "code" if key[0] == "code" else "id"
                reading.faults.append(place.fault((named,), f"{key[1]} is already in {first}", "unique-id"))
                continue
            layers[key] = file.layer
            _add(reading, key, place, remarks)
    if not any(file.kind == "domain" for file in listing.files):
        reading.faults.append(Fault("domain.yaml", 1, "", "is missing", "files"))
    return reading


def parse(file: RawFile) -> tuple[Document, tuple[Remark, ...]]:
    """Return the file parsed, with everything that is wrong with its YAML or its fields."""
    tree = read_tree(file.content)
    if tree.data is None:
        return Document(file, tree), tree.remarks or (Remark(1, (), "is empty"),)
    bad_keys = {remark.path for remark in tree.remarks}
    found = [r for r in check_schema(file.kind, tree, overlay=file.layer > 0) if r.path not in bad_keys]
    document = Document(file, tree)
    return document, (*tree.remarks, *found, *_stem_remarks(document))


def read_proofs(folders: Sequence[FolderPath], part: Part) -> tuple[dict[str, Document], list[str], tuple[Fault, ...]]:
    """Read the tests or the scenarios of all layers; a file of a later layer replaces the one of its name.

    Returns:
        The files by name, the names of the sound ones in order, and all faults.
    """
    listing = read_layers(folders, part)
    faults = list(listing.faults)
    documents: dict[str, Document] = {}
    sound: dict[str, bool] = {}
    for file in listing.files:
        document, remarks = parse(file)
        faults.extend(document.faults(remarks))
        documents[file.name], sound[file.name] = document, not remarks
    return documents, sorted(name for name in sound if sound[name]), tuple(sorted(faults))


def _stem_remarks(document: Document) -> Iterator[Remark]:
    data, name = document.tree.data, document.file.name
    stem = name.rpartition("/")[2].removesuffix(".yaml")
    if document.file.kind in _SINGLE and isinstance(data, Mapping):
        found = data.get("id", stem)
        if found != stem:
            yield Remark(
                line_of(document.tree, ("id",)),
                ("id",),
                f"is {found}, but the file is named {stem}",
                "id-is-stem",
            )


def _split(document: Document) -> Iterator[tuple[Key, Place]]:
    """Yield the entries of a file as far as they can be told apart."""
    data, kind = document.tree.data, document.file.kind
    if kind == "domain" and isinstance(data, Mapping):
        yield ("domain", "domain"), Place(document)
    elif kind == "runs" and isinstance(data, Mapping):
        yield ("runs", "runs"), Place(document)
    elif kind in _SINGLE:
        stem = document.file.name.rpartition("/")[2].removesuffix(".yaml")
        yield (_SINGLE[kind], stem), Place(document)
    elif kind in _LISTS and isinstance(data, list):
        for index, item in enumerate(data):
            if isinstance(item, Mapping) and isinstance(name := item.get("id"), str):
                yield (_LISTS[kind], name), Place(document, (index,))
    elif kind == "codes" and isinstance(data, Mapping):
        yield from _split_codes(document)


def _split_codes(document: Document) -> Iterator[tuple[Key, Place]]:
    kinds: Any = document.tree.data.get("kinds")
    codes: Any = document.tree.data.get("codes")
    items: list[Any] = codes if isinstance(codes, list) else []
    for name in kinds if isinstance(kinds, Mapping) else ():
        yield ("code-kind", name), Place(document, ("kinds", name))
    for index, item in enumerate(items):
        if isinstance(item, Mapping):
            yield ("code", f"{item.get('kind')}/{item.get('code')}"), Place(document, ("codes", index))


def _add(reading: Reading, key: Key, place: Place, remarks: tuple[Remark, ...]) -> None:
    """Add one entry, or note it as broken where a remark concerns it."""
    size = len(place.prefix)
    if any(remark.path[:size] == place.prefix for remark in remarks):
        reading.broken.add(key)
        reading.places.setdefault(key, place)
        return
    data: Any = place.document.tree.data
    for part in place.prefix:
        data = data[part]
    line = line_of(place.document.tree, place.prefix)
    entry = Entry(key[0], key[1], place.document.file.name, line, data)
    before = reading.entries.get(key)
    reading.entries[key] = over(before, entry) if before else entry
    below = reading.places.get(key) if entry.kind == "domain" else None
    reading.places[key] = replace(place, below=below)


def _has(node: Any, part: str | int) -> bool:
    if isinstance(node, Mapping):
        return part in node
    return isinstance(node, list) and isinstance(part, int) and part < len(node)
