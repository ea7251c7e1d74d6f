"""The knowledge as typed, frozen objects: what the YAML files say, and nothing more.

Every object keeps its ``origin`` (file and line) so that any later complaint can name the place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from syncsage.knowledge.formats import LogFormat
from syncsage.knowledge.runs import RunKnowledge

Prior = Literal["rare", "uncommon", "common", "very-common"]
Likelihood = Literal["always", "likely", "neutral", "unlikely", "never"]
Knowable = Literal["easy", "usual", "hard"]
Risk = Literal["none", "low", "medium", "high"]
Coverage = Literal["full", "pointer", "outside"]
SignatureLevel = Literal["exact", "strong"]
Says = Literal["", "much", "some", "little"]

#: What a pattern of ``private`` in ``domain.yaml`` may call the name it gives away.
NAME_GROUPS = ("host", "domain", "user", "name")

#: Finding id -> the values that are accepted.
Scope = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an object was read: path relative to its knowledge folder, and line (1-based)."""

    file: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A place in a source document: a key of ``sources.yaml`` and a section title."""

    document: str
    section: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One entry of ``sources.yaml``."""

    id: str
    title: str
    product: str
    version: str
    date: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Signature:
    """Patterns that together identify a problem inside one record of text."""

    all: tuple[str, ...]
    none: tuple[str, ...]
    level: SignatureLevel
    samples: tuple[str, ...]
    overlaps: tuple[str, ...]
    implies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person sees. ``coverage`` tells whether causes are known, or only where to look."""

    id: str
    title: str
    summary: str
    coverage: Coverage
    scope: Scope
    implies: Mapping[str, str]
    signatures: tuple[Signature, ...]
    samples: tuple[str, ...]
    phrasings: tuple[str, ...]
    causes: tuple[str, ...]
    ask_first: tuple[str, ...]
    procedures: tuple[str, ...]
    look: str
    sources: tuple[SourceRef, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Cause:
    """What is wrong. ``evidence``: finding id -> value -> how likely that value is under this cause."""

    id: str
    title: str
    summary: str
    scope: Scope
    prior: Prior
    evidence: Mapping[str, Mapping[str, Likelihood]]
    fix: str
    verify: str
    healthy: bool
    sources: tuple[SourceRef, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """One instruction and what to expect after it."""

    do: str
    expect: str
    command: str


@dataclass(frozen=True, slots=True)
class Variant:
    """The same procedure as another product version words it."""

    title: str
    scope: Scope
    steps: tuple[ProcedureStep, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """How to check or change one thing. ``minutes`` is the time of a practised administrator."""

    id: str
    title: str
    kind: Literal["check", "fix", "verify", "collect"]
    minutes: float
    risk: Risk
    needs: tuple[str, ...]
    steps: tuple[ProcedureStep, ...]
    variants: tuple[Variant, ...]
    undo: str
    notes: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Choice:
    """One declared value of a finding, its label, and other words by which people give the same answer."""

    value: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """Patterns in pasted text that give a finding its value without asking."""

    all: tuple[str, ...]
    none: tuple[str, ...]
    value: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that can be known. Without ``ask`` it is only ever derived.

    ``command`` finds it out with one line that changes nothing; ``good`` and ``bad`` tell its answers apart.
    """

    id: str
    ask: str
    choices: tuple[Choice, ...]
    help: str
    check: str
    minutes: float
    knowable: Knowable
    needs: str
    paste: bool
    requires: Scope
    scope: Scope
    base: Mapping[str, Likelihood]
    derive: tuple[Derivation, ...]
    sources: tuple[SourceRef, ...]
    origin: Origin
    command: str = ""
    good: str = ""
    bad: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """The declared values, in the order in which they are offered."""
        return tuple(choice.value for choice in self.choices)

    def label(self, value: str) -> str:
        """Return the label of ``value``, or the value itself where none is declared."""
        return next((c.label for c in self.choices if c.value == value), value)


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one finding: its value is (or, with ``negated``, is known and is not) among ``values``."""

    finding: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class KnowledgeRule:
    """A forward rule as written: all conditions hold, then one conclusion."""

    id: str
    when: tuple[Condition, ...]
    action: Literal["set", "exclude", "confirm", "raise"]
    target: str
    value: str
    because: str
    sources: tuple[SourceRef, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A number that products print. ``kind`` is a key of ``kinds`` in ``codes.yaml``.

    ``problems`` own it: it counts for them and against the others, as much as it ``says``. ``about`` is what somebody
    wants to know who gives nothing but the number. ``also`` are other ways to write it.
    """

    code: str
    kind: str
    title: str
    meaning: str
    component: str
    problems: tuple[str, ...]
    about: tuple[str, ...]
    seen: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    origin: Origin
    also: tuple[str, ...] = ()
    says: Says = ""


@dataclass(frozen=True, slots=True)
class TrackingStep:
    """One step of a process as its logs show it. ``marks`` are patterns, ``lines`` real examples.

    ``late``: it may also come after the steps that follow it here.
    """

    id: str
    title: str
    what: str
    log: str
    status: str
    marks: tuple[str, ...]
    lines: tuple[str, ...]
    next: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Tracking:
    """The steps of a process for one role; the last step seen in a text sets ``finding``.

    A text that shows steps and none of ``failures`` is about ``problem``: the question how far things are.
    """

    id: str
    title: str
    summary: str
    finding: str
    problem: str
    failures: tuple[str, ...]
    scope: Scope
    steps: tuple[TrackingStep, ...]
    sources: tuple[SourceRef, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Domain:
    """What the engine must know of a domain as a whole (``domain.yaml``).

    ``places`` are patterns of what tells a person where to look, ``reading`` those of commands that change nothing:
    the lint holds questions to them.
    """

    id: str
    title: str
    greeting: str
    examples: tuple[str, ...]
    error_text: str
    synonyms: Mapping[str, str]
    vocabulary: tuple[str, ...]
    core: tuple[str, ...]
    foreign: tuple[str, ...]
    noise: tuple[str, ...]
    boilerplate: tuple[str, ...]
    salient: tuple[str, ...]
    continuations: tuple[str, ...]
    public: tuple[str, ...]
    private: tuple[str, ...]
    code_kinds: Mapping[str, CodeKind]
    bands: Mapping[str, float]
    bands_model: str
    origin: Origin
    places: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodePart:
    """Some bits of the numbers of a kind, from ``high`` down to ``low``, and what their values are called."""

    title: str
    high: int
    low: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CodeRange:
    """Numbers of a kind that belong together, both ends included.

    Attributes:
        title: What they are; empty for all numbers that the kind can have.
        holds: Another kind whose number, counted from ``first``, stands inside; empty for none.
        same: The number inside means the same by itself.
    """

    first: int
    last: int
    title: str
    holds: str
    same: bool


@dataclass(frozen=True, slots=True)
class CodeKind:
    """How codes of one kind look in text, and how their numbers are made up.

    Attributes:
        seen: Patterns with ``{code}`` (any code) or ``{name}`` (a code of the kind that is no number) in them.
        says: How much codes of this kind say unless they say so themselves.
    """

    title: str
    seen: tuple[str, ...]
    parts: tuple[CodePart, ...] = ()
    ranges: tuple[CodeRange, ...] = ()
    says: Says = ""


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything that was read, by id, in sorted order, with the hash of its content.

    ``literals``: what `prefilter` needs to know of patterns, as far as it was kept; pattern -> fixed texts.
    """

    domain: Domain
    problems: Mapping[str, Problem]
    causes: Mapping[str, Cause]
    procedures: Mapping[str, Procedure]
    findings: Mapping[str, Finding]
    rules: Mapping[str, KnowledgeRule]
    tracking: Mapping[str, Tracking]
    codes: tuple[CodeEntry, ...]
    sources: Mapping[str, SourceDocument]
    hash: str
    runs: RunKnowledge | None = None
    formats: Mapping[str, LogFormat] = field(default_factory=dict[str, LogFormat])
    version: str = field(default="")
    literals: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]], compare=False, repr=False)
