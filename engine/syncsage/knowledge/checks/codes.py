"""Rules about codes: one entry a number, and numbers where their kind has them."""

from __future__ import annotations

from collections.abc import Iterator

from syncsage.errors import Fault
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.entries import Key
from syncsage.knowledge.model import CodeEntry
from syncsage.knowledge.numbers import PLACEHOLDERS, CodeKey, canonical, ranges_of, twins, value_of, wrappers
from syncsage.knowledge.yamltree import Path


def code_faults(draft: Draft) -> Iterator[Fault]:
    """No two entries are the same number, whatever its kind and print, and every number fits its kind."""
    wrapped = wrappers(draft.kb.domain.code_kinds)
    seen: dict[CodeKey, CodeEntry] = {}
    for code in draft.kb.codes:
        key: Key = ("code", f"{code.kind}/{code.code}")
        for path, text in _spellings(code):
            written = (code.kind, canonical(text))
            first = next((seen[twin] for twin in twins(written, wrapped) if twin in seen), None)
            if first is not None:
                message = f"{text} is the same number as {first.kind}/{first.code}"
                yield draft.fault(key, path, message, "twin-code")
            seen.setdefault(written, code)
        if not _fits(draft, code):
            yield draft.fault(key, ("code",), f"is in no range of the kind {code.kind}", "out-of-range")
        if code.says == "little" and code.problems:
            message = "says little, so that it never counts for them: name them in about"
            yield draft.fault(key, ("problems",), message, "says-little")


def kind_faults(draft: Draft) -> Iterator[Fault]:
    """Patterns of a kind name its codes, ranges and bits go the right way, and the numbers inside are their own."""
    for name, kind in draft.kb.domain.code_kinds.items():
        key: Key = ("code-kind", name)
        for index, pattern in enumerate(kind.seen):
            if not any(place in pattern for place in PLACEHOLDERS):
                message = f"matches no code: it needs {' or '.join(PLACEHOLDERS)}"
                yield draft.fault(key, ("seen", index), message, "no-placeholder")
        for index, numbers in enumerate(kind.ranges):
            if numbers.last < numbers.first:
                yield draft.fault(key, ("ranges", index, "last"), "is less than first", "range-order")
            if numbers.holds == name:
                yield draft.fault(key, ("ranges", index, "holds"), "is the kind itself", "holds-itself")
            if numbers.same and not numbers.holds:
                yield draft.fault(
                    key, ("ranges", index, "same"), "the same as what? holds is missing", "same-as-nothing"
                )
        for index, part in enumerate(kind.parts):
            if part.high < part.low:
                yield draft.fault(key, ("parts", index, "bits"), "the higher bit comes first", "range-order")


def _spellings(code: CodeEntry) -> Iterator[tuple[Path, str]]:
    yield ("code",), code.code
    for index, text in enumerate(code.also):
        yield ("also", index), text


def _fits(draft: Draft, code: CodeEntry) -> bool:
    kind = draft.kb.domain.code_kinds.get(code.kind)
    form = canonical(code.code)
    if kind is None or not kind.ranges or value_of(form) is None:
        return True
    return bool(ranges_of((code.kind, form), draft.kb.domain.code_kinds))
