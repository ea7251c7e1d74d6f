"""Codes: what they mean, and how those are made up that the knowledge does not have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from syncsage_cli.render.page import BLANK, QUIET, Block, heading, one_line, paragraph, rows

if TYPE_CHECKING:
    from syncsage.knowledge.model import CodeEntry, KnowledgeBase
    from syncsage.observing.meaning import FoundCode, LookupResult, NearCode, Reading

_Row = tuple[str, str]
_LINE = 80


def lookup(result: LookupResult, knowledge: KnowledgeBase, go_on: str) -> list[Block]:
    """Return what is known of every code in a text.

    Args:
        result: What was found.
        knowledge: For the titles of problems.
        go_on: How to find the cause behind a code, as a sentence; shown where a problem of the field owns one.
    """
    if not result.codes:
        return _no_code(result, knowledge)
    placed = "\n" in result.query.strip()
    blocks: list[Block] = []
    for code in result.codes:
        blocks += [*(_known(code, knowledge, placed) or _unknown(code, placed)), BLANK]
    outside = [owner.look for owner in result.problems if owner.coverage == "outside"]
    if len(outside) < len(result.problems):
        return [*blocks, paragraph(go_on, style=QUIET)]
    return [*blocks, paragraph("Where to look: " + " ".join(outside))] if outside else blocks[:-1]


def _no_code(result: LookupResult, knowledge: KnowledgeBase) -> list[Block]:
    blocks = [heading(f"{one_line(result.query, 40)} is not a code I know.")]
    if result.nearest:
        return [*blocks, paragraph("Spelt like it:", indent=2), rows(_named(result.nearest), indent=4)]
    telling = sorted(knowledge.codes, key=lambda code: len(code.problems))
    examples = {code.kind: code.code for code in telling}
    table = [(examples[name], kind.title) for name, kind in knowledge.domain.code_kinds.items() if name in examples]
    return [*blocks, paragraph("A code is something like:", indent=2), rows(table, indent=4)] if table else blocks


def _known(code: FoundCode, knowledge: KnowledgeBase, placed: bool) -> list[Block]:
    blocks: list[Block] = []
    for reading in code.readings:
        if reading.entry is not None:
            blocks += [BLANK] if blocks else []
            blocks += _explained(code, reading, reading.entry, knowledge, placed)
    rest = [reading.kind_title for reading in code.readings if reading.entry is None]
    if blocks and rest:
        blocks.append(paragraph(f"Nothing is known of it as {' or '.join(rest)}.", indent=2, style=QUIET))
    return blocks


def _explained(
    code: FoundCode, reading: Reading, entry: CodeEntry, knowledge: KnowledgeBase, placed: bool
) -> list[Block]:
    blocks = _head(f"{reading.code}  {entry.title}", _remark(reading.kind_title, entry.component, code, placed))
    little = " By itself this code says little." if reading.says == "little" else ""
    if entry.meaning or little:
        blocks.append(paragraph(entry.meaning + little, indent=2))
    printed = [("printed", code.text)] if not _written(code.text, reading) else []
    inside = reading.holds if reading.holds and reading.holds.entry != entry else None
    titles = [_owner(knowledge, problem) for problem in dict.fromkeys((*entry.about, *entry.problems))]
    table = [*printed, *_forms(reading), *_holds(inside), *_labelled("seen with", titles)]
    return [*blocks, rows(table)] if table else blocks


def _unknown(code: FoundCode, placed: bool) -> list[Block]:
    place = f"line {code.line}" if placed else ""
    kinds = " or ".join(reading.kind_title for reading in code.readings)
    blocks = [heading(f"{code.text} is not a code I know.", place)]
    blocks.append(paragraph(f"It may be: {kinds}" if len(code.readings) > 1 else f"Its form: {kinds}", indent=2))
    for reading in code.readings:
        if table := _structure(reading):
            blocks += [paragraph(f"As {reading.kind_title}:", indent=2)] if len(code.readings) > 1 else []
            blocks.append(rows(table, indent=4 if len(code.readings) > 1 else 2))
    return blocks


def _structure(reading: Reading) -> list[_Row]:
    table = [(part.title, f"{part.value}  {part.name}".rstrip()) for part in reading.parts]
    table += _labelled("one of the", reading.ranges[:2])
    table += _holds(reading.holds)
    table += _forms(reading, reading.holds.kind if reading.holds else "")
    return table + _labelled("nearest known", ["  ".join(pair) for pair in _named(reading.nearest)])


def _holds(inside: Reading | None) -> list[_Row]:
    if inside is None:
        return []
    told = inside.entry.title if inside.entry else ", ".join(inside.ranges[:1])
    return [("holds", f"{inside.kind_title} {inside.code}" + (f": {told}" if told else ""))]


def _forms(reading: Reading, without: str = "") -> list[_Row]:
    """Return the other ways to write a code but those of one kind; its own kind is not named."""
    kept = [form for form in reading.forms if form.kind != without]
    texts = [form.text if form.kind == reading.kind else f"{form.kind_title} {form.text}" for form in kept]
    return [("also", " · ".join(_once(texts)))] if texts else []


def _once(forms: Sequence[str]) -> list[str]:
    """Drop the name of a kind where the form before it has it too."""
    short: list[str] = []
    before = ""
    for form in forms:
        name = form.rpartition(" ")[0]
        short.append(form.rpartition(" ")[2] if name and name == before else form)
        before = name
    return short


def _labelled(label: str, texts: Iterable[str]) -> list[_Row]:
    return [(label if number == 0 else "", text) for number, text in enumerate(texts)]


def _named(near: Sequence[NearCode]) -> list[_Row]:
    width = max((len(code.code) for code in near), default=0)
    return [(code.code.ljust(width), code.title) for code in near]


def _written(text: str, reading: Reading) -> bool:
    """Tell whether a print is one of the forms that are shown anyway, but for capitals and ``0x``."""
    shown = {form.casefold() for form in (reading.code, *(form.text for form in reading.forms))}
    return bool({text.casefold(), f"0x{text.casefold()}"} & shown)


def _head(text: str, remark: str) -> list[Block]:
    """Return a heading with its remark, which goes under it where both are too long for one line."""
    if len(text) + len(remark) + 2 <= _LINE:
        return [heading(text, remark)]
    return [heading(text), paragraph(remark, indent=2, style=QUIET)]


def _owner(knowledge: KnowledgeBase, problem: str) -> str:
    entry = knowledge.problems[problem]
    return entry.title + (" (not covered here)" if entry.coverage == "outside" else "")


def _remark(kind: str, component: str, code: FoundCode, placed: bool) -> str:
    return " · ".join(part for part in (kind, component, f"line {code.line}" if placed else "") if part)
