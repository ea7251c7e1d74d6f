"""The files in ``scenarios/``: whole interviews with a scripted person, from the first words to the cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from syncsage.errors import Fault, KnowledgeError
from syncsage.knowledge.location import bundled
from syncsage.knowledge.model import Origin

if TYPE_CHECKING:
    from syncsage.knowledge.documents import Document

#: How clear the cause must be at the end: proven, its fix proposed, among the first three, or nothing concluded.
Reach = Literal["confirmed", "fix", "listed", "nothing"]
Reason = Literal["dont_know", "no_access", "later", "refused"]


@dataclass(frozen=True, slots=True)
class Truth:
    """What the person knows of a finding, and how they would say it; no words: they pick the choice.

    For a finding that takes a pasted text the words are that text.
    """

    value: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One interview.

    Attributes:
        name: What it is about, unique in its file with luck.
        opening: What the person types or pastes first.
        says: Findings that the opening tells, so that asking for them would be a fault.
        cause: What is wrong; empty where nobody can tell.
        problem: What the person would call it where asked; else the first choice that has the cause.
        truth: Finding id -> what the person can answer.
        second_thoughts: Finding id -> what they say when asked once more because something contradicts them.
        unknowable: Finding, or place that findings need -> why they cannot answer.
        otherwise: Why they cannot answer anything else that is not in ``truth``.
        reach: How clear the cause must be at the end.
        within: Most questions.
        wrong_fixes: Most fixes of other causes that may be proposed before.
        collect: Findings that must be on the list of what to look up later.
    """

    name: str
    opening: str
    says: tuple[str, ...]
    cause: str
    problem: str
    truth: Mapping[str, Truth]
    second_thoughts: Mapping[str, str]
    unknowable: Mapping[str, Reason]
    otherwise: Reason
    reach: Reach
    within: int
    wrong_fixes: int
    collect: tuple[str, ...]
    origin: Origin

    @property
    def owner(self) -> str:
        """Stem of the file it lies in."""
        return self.origin.file.rpartition("/")[2].removesuffix(".yaml")


def load_scenarios(path: Path | None = None, overlays: Sequence[Path] = ()) -> tuple[Scenario, ...]:
    """Load the scenarios of a knowledge base.

    Args:
        path: Its folder; None for the bundled knowledge.
        overlays: Folders laid over it; a file of an overlay replaces the one of the same name below it.

    Returns:
        The scenarios by file name, in the order of each file.

    Raises:
        KnowledgeError: A file cannot be read or does not fit its schema.
    """
    scenarios, faults, _ = read_scenarios([Path(path) if path else bundled(), *map(Path, overlays)])
    if faults:
        raise KnowledgeError(faults)
    return scenarios


def read_scenarios(
    folders: Sequence[Path],
) -> tuple[tuple[Scenario, ...], tuple[Fault, ...], Mapping[str, Document]]:
    """Read the scenarios of all layers: those of sound files, all faults, and the files by name."""
    from syncsage.knowledge.documents import read_proofs

    documents, sound, faults = read_proofs(folders, "scenarios")
    scenarios = (
        _scenario(item, Origin(name, documents[name].tree.lines[(index,)]))
        for name in sound
        for index, item in enumerate(documents[name].tree.data)
    )
    return tuple(scenarios), faults, documents


def _scenario(data: Mapping[str, Any], origin: Origin) -> Scenario:
    expect: Mapping[str, Any] = data["expect"]
    return Scenario(
        name=data["name"],
        opening=data["opening"],
        says=tuple(data.get("says", ())),
        cause=data.get("cause", ""),
        problem=data.get("problem", ""),
        truth={finding: _truth(known) for finding, known in data.get("truth", {}).items()},
        second_thoughts=data.get("second_thoughts", {}),
        unknowable=data.get("unknowable", {}),
        otherwise=data.get("otherwise", "dont_know"),
        reach=expect["reach"],
        within=expect["within"],
        wrong_fixes=expect.get("wrong_fixes", 0),
        collect=tuple(expect.get("collect", ())),
        origin=origin,
    )


def _truth(known: str | Mapping[str, str]) -> Truth:
    return Truth(known) if isinstance(known, str) else Truth(known["value"], known["words"])
