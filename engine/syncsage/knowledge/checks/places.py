"""Every pattern of a knowledge base and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from syncsage.knowledge.entries import Key
from syncsage.knowledge.model import KnowledgeBase
from syncsage.knowledge.numbers import PLACEHOLDERS
from syncsage.knowledge.patterns import PatternSet
from syncsage.knowledge.yamltree import Path

_DOMAIN_FIELDS = (
    "vocabulary",
    "core",
    "foreign",
    "noise",
    "boilerplate",
    "salient",
    "continuations",
    "places",
    "reading",
    "public",
    "private",
)

#: Fields of the run knowledge that hold names.
_NO_PATTERNS = {"components", "formats", "exceptions", "names", "prefixes", "known", "next_logs"}

_Place = tuple[Key, Path, str]


def every_pattern(kb: KnowledgeBase) -> Iterator[_Place]:
    """Yield entry, field and pattern; patterns of codes with a digit in place of the code."""
    for field in _DOMAIN_FIELDS:
        yield from _each(("domain", "domain"), (field,), getattr(kb.domain, field))
    yield from _codes(kb)
    for problem in kb.problems.values():
        for index, signature in enumerate(problem.signatures):
            yield from _both(("problem", problem.id), ("signatures", index), signature)
    for finding in kb.findings.values():
        for index, derivation in enumerate(finding.derive):
            yield from _both(("finding", finding.id), ("derive", index), derivation)
    for tracking in kb.tracking.values():
        for index, step in enumerate(tracking.steps):
            yield from _each(("tracking", tracking.id), ("steps", index, "marks"), step.marks)
    yield from _formats(kb)
    if kb.runs is not None:
        yield from _runs(asdict(kb.runs), ())


def _formats(kb: KnowledgeBase) -> Iterator[_Place]:
    for form in kb.formats.values():
        for name, patterns in form.patterns.items():
            single = isinstance(getattr(form, name), str)
            for index, pattern in enumerate(patterns):
                yield ("format", form.id), (name,) if single else (name, index), pattern


def _runs(node: object, path: Path) -> Iterator[_Place]:
    """Yield every list of texts in the run knowledge but those that are names."""
    if isinstance(node, Mapping):
        for name, below in node.items():
            if name not in _NO_PATTERNS:
                yield from _runs(below, (*path, name))
    elif isinstance(node, tuple):
        for index, below in enumerate(node):
            if isinstance(below, str):
                yield ("runs", "runs"), (*path, index), below
            else:
                yield from _runs(below, (*path, index))


def _codes(kb: KnowledgeBase) -> Iterator[_Place]:
    for name, kind in kb.domain.code_kinds.items():
        yield from _each(("code-kind", name), ("seen",), (_filled(p) for p in kind.seen))
    for code in kb.codes:
        yield from _each(("code", f"{code.kind}/{code.code}"), ("seen",), (_filled(p) for p in code.seen))


def _filled(pattern: str) -> str:
    for place in PLACEHOLDERS:
        pattern = pattern.replace(place, "0")
    return pattern


def _both(key: Key, path: Path, patterns: PatternSet) -> Iterator[_Place]:
    yield from _each(key, (*path, "all"), patterns.all)
    yield from _each(key, (*path, "none"), patterns.none)


def _each(key: Key, path: Path, patterns: Iterable[str]) -> Iterator[_Place]:
    for index, pattern in enumerate(patterns):
        yield key, (*path, index), pattern
