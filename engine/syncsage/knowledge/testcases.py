"""The ``*.test.yaml`` files: what authors expect of their entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from syncsage.errors import Fault, KnowledgeError
from syncsage.knowledge.files import TEST_SUFFIX
from syncsage.knowledge.location import bundled
from syncsage.knowledge.model import Origin

if TYPE_CHECKING:
    from syncsage.knowledge.documents import Document


@dataclass(frozen=True, slots=True)
class TestCase:
    """One case of a test file. What a case does not say is empty, and None where empty would say something.

    Attributes:
        owner: Stem of the file: the id of the entry it is about.
        folder: The folder it lies in, e.g. ``problems``.
        name: What the case shows, unique in its file with luck.
        paste: A text to understand.
        problems: Exactly these problems at level exact or strong; None where nothing is said.
        first: The best problem at any level but none.
        must_not: Problems that may not appear at level exact or strong.
        level: The level of the text as a whole.
        given: Findings (and ``problem``) that are known.
        top: The cause that must come first.
        not_top: A cause that must not.
        ruled_out: Causes that must be ruled out.
        band: The band of the top cause.
        opening: First words of an interview.
        answers: What is answered when asked; everything else is unknown.
        within: Most questions until ``top`` comes first; None for any number.
    """

    __test__: ClassVar[bool] = False

    owner: str
    folder: str
    name: str
    paste: str
    problems: tuple[str, ...] | None
    first: str
    must_not: tuple[str, ...]
    level: str
    given: Mapping[str, str]
    top: str
    not_top: str
    ruled_out: tuple[str, ...]
    band: str
    opening: str
    answers: Mapping[str, str]
    within: int | None
    origin: Origin


def load_tests(path: Path | None = None, overlays: Sequence[Path] = ()) -> tuple[TestCase, ...]:
    """Load the test cases of a knowledge base.

    Args:
        path: Its folder; None for the bundled knowledge.
        overlays: Folders laid over it; a test file of an overlay replaces the one of the same name below it.

    Returns:
        The cases by file name, in the order of each file.

    Raises:
        KnowledgeError: A file cannot be read or does not fit its schema.
    """
    cases, faults, _ = read_tests([Path(path) if path else bundled(), *map(Path, overlays)])
    if faults:
        raise KnowledgeError(faults)
    return cases


def read_tests(
    folders: Sequence[Path],
) -> tuple[tuple[TestCase, ...], tuple[Fault, ...], Mapping[str, Document]]:
    """Read the test files of all layers: the cases of sound files, all faults, and the files by name."""
    from syncsage.knowledge.documents import read_proofs

    documents, sound, faults = read_proofs(folders, "test")
    return tuple(case for name in sound for case in _cases(documents[name])), faults, documents


def _cases(document: Document) -> tuple[TestCase, ...]:
    name, tree = document.file.name, document.tree
    folder, _, file = name.rpartition("/")
    owner = file.removesuffix(TEST_SUFFIX)
    return tuple(_case(item, owner, folder, Origin(name, tree.lines[(index,)])) for index, item in enumerate(tree.data))


def _case(data: Mapping[str, Any], owner: str, folder: str, origin: Origin) -> TestCase:
    return TestCase(
        owner=owner,
        folder=folder,
        name=data["name"],
        paste=data.get("paste", ""),
        problems=tuple(data["problems"]) if "problems" in data else None,
        first=data.get("first", ""),
        must_not=tuple(data.get("must_not", ())),
        level=data.get("level", ""),
        given=data.get("given", {}),
        top=data.get("top", ""),
        not_top=data.get("not_top", ""),
        ruled_out=tuple(data.get("ruled_out", ())),
        band=data.get("band", ""),
        opening=data.get("opening", ""),
        answers=data.get("answers", {}),
        within=data.get("within"),
        origin=origin,
    )
