"""Made-up knowledge bases of any size, written to a folder."""

from __future__ import annotations

from pathlib import Path

from generators.families import PARTS, PROBLEMS, Family, Sample

#: ``codes.yaml`` is one file of at most 60,000 values.
_MOST_CODES = 5_000
_FAMILIES_IN_FILE = 50
_DOMAIN = (
    "id: generated\ntitle: Made-up components\ngreeting: Paste an error.\nsynonyms: {brk: broker, sched: scheduler}\n"
    f"vocabulary:\n  - '\\b(?:{'|'.join(PARTS)})s?\\b'\nforeign:\n  - '\\b(?:printer|elevator)s?\\b'\n"
    "salient:\n  - '\\b(?:error|failed|fault)\\b'\nbands: {strong: 0.80, weak: 0.55}\n"
)
_KINDS = (
    "kinds:\n  status: {title: Status, seen: ['\\bstatus {code}\\b']}\n"
    "  event: {title: Event, seen: ['\\bevent {code}\\b']}\ncodes:\n"
)


def generate(folder: Path, problems: int) -> Sample:
    """Write a knowledge base of ``problems`` problems (a multiple of ten) to a folder, with its tests.

    Returns:
        Texts about a problem in its middle.
    """
    for name in ("problems", "causes", "procedures", "findings", "rules"):
        (folder / name).mkdir(parents=True)
    many = problems // PROBLEMS
    codes = ""
    for first in range(0, many, _FAMILIES_IN_FILE):
        families = [Family(number) for number in range(first, min(many, first + _FAMILIES_IN_FILE))]
        for family in families:
            for name, text in family.files():
                (folder / name).write_text(text, "utf-8")
            codes += family.codes() if codes.count("\n") + 11 <= _MOST_CODES else ""
        for name, texts in (("findings", Family.findings), ("rules", Family.rules)):
            (folder / name / f"part-{first:06}.yaml").write_text("".join(map(texts, families)), "utf-8")
    (folder / "codes.yaml").write_text(_KINDS + codes, "utf-8")
    (folder / "sources.yaml").write_text("- {id: handbook, title: The handbook}\n", "utf-8")
    (folder / "domain.yaml").write_text(_DOMAIN, "utf-8")
    return Family(many // 2).sample()
