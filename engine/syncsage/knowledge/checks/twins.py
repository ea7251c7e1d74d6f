"""Rules about entries that say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz, utils

from syncsage.errors import Fault
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.entries import Key
from syncsage.knowledge.spelling import earlier
from syncsage.knowledge.yamltree import Path

#: Likeness of sorted words (``ratio``, 0..100) from which two texts are the same sentence to a reader in a hurry.
ALIKE = 92

_Text = tuple[Key, Path, str]


def text_faults(draft: Draft) -> Iterator[Fault]:
    """No two entries of a kind share a title, no two problems a phrasing, no two findings a question."""
    kb = draft.kb
    titled: tuple[list[_Text], ...] = (
        [(("problem", p.id), ("title",), p.title) for p in kb.problems.values()],
        [(("cause", c.id), ("title",), c.title) for c in kb.causes.values()],
        [(("procedure", p.id), ("title",), p.title) for p in kb.procedures.values()],
        [(("finding", f.id), ("ask",), f.ask) for f in kb.findings.values() if f.ask],
        [
            (("problem", p.id), ("phrasings", index), text)
            for p in kb.problems.values()
            for index, text in enumerate(p.phrasings)
        ],
    )
    for group in titled:
        yield from _alike(draft, group)


def evidence_faults(draft: Draft) -> Iterator[Fault]:
    """No two causes have the same scope and the same evidence: nothing could tell them apart."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for cause in draft.kb.causes.values():
        if cause.evidence:
            groups[repr((cause.scope, cause.evidence))].append(cause.id)
    for first, *others in groups.values():
        for other in others:
            message = f"has the scope and the evidence of {first}: nothing tells the two apart"
            yield draft.fault(("cause", other), ("evidence",), message, "same-evidence")


def _alike(draft: Draft, group: list[_Text]) -> Iterator[Fault]:
    texts = [" ".join(sorted(utils.default_process(text).split())) for _, _, text in group]
    for (key, path, _), own, before in zip(group, texts, earlier(texts, ALIKE), strict=True):
        for number in before:
            other, place, text = group[number]
            if other != key and fuzz.ratio(own, texts[number]) >= ALIKE:
                message = f"is nearly that of {other[1]} ({place[0]}): {text}"
                yield draft.fault(key, path, message, "near-duplicate")
                break
