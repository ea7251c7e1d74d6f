"""What an author can write wrongly in one file, and what he is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from syncsage.errors import KnowledgeError
from syncsage.knowledge import load

Edit = Callable[[str, str, str], None]

SKIPS = "problems/chain-skips.yaml"
DRY = "causes/chain-dry.yaml"
OIL = "procedures/oil-the-chain.yaml"
DRIVE = "findings/drivetrain.yaml"
RULES = "rules/drivetrain.yaml"
NO_TEXT = "nothing is written here: write a text or leave the line out"

# file, old text, new text, text in the line of the fault, field, message
CASES = [
    pytest.param((
        DRY, "prior: very-common", "prior: very-comon", "very-comon", "prior",
        "'very-comon' is none of rare, uncommon, common, very-common; did you mean very-common?"), id="enum",
    ),
    pytest.param((
        DRY, '"no": always', "no: always", "no: always", "evidence.chain-oiled.no",
        'YAML reads no as true or false: write "no"'), id="boolean-key",
    ),
    pytest.param((
        RULES, 'chain-oiled: "yes"}', "chain-oiled: yes}", "when: {chain-oiled: yes}",
        "oiled-chain-is-not-dry.when.chain-oiled", 'YAML reads yes as true or false: write "yes"'), id="boolean-value",
    ),
    pytest.param((
        "sources.yaml", 'version: "3"', "version: 3", "version: 3", "workshop-handbook.version",
        'YAML reads 3 as a number: write "3"'), id="number-for-text",
    ),
    pytest.param((
        "codes.yaml", 'code: "21"', "code: 21", "code: 21", "codes.2.code",
        'YAML reads 21 as a number: write "21"'), id="number-for-code",
    ),
    pytest.param((
        "codes.yaml", "title: Bus result, ", "title: Bus result, ranges: [{first: 0x1G, last: '9'}], ", "bus:",
        "kinds.bus.ranges.0.first",
        "'0x1G' is not a number (decimal, or 0x and up to eight hexadecimal digits)"), id="number-of-a-range",
    ),
    pytest.param((
        "codes.yaml", "title: Bus result, ", "title: Bus result, parts: [{title: node, bits: '32'}], ", "bus:",
        "kinds.bus.parts.0.bits", "'32' is not a bit or two bits from 31 to 0, such as 31 or 26-16"), id="bits",
    ),
    pytest.param((
        "codes.yaml", "component: Speed sensor", "component: Speed sensor\n    says: lots", "says: lots",
        "codes.E21.says", "'lots' is none of much, some, little"), id="says",
    ),
    pytest.param((DRY, "fix: oil-the-chain", "fix:", "fix:", "fix", NO_TEXT), id="nothing-written"),
    pytest.param((
        DRY, "prior:", "piror: rare\nprior:", "piror", "piror", "unknown field piror; did you mean prior?"),
        id="unknown-field",
    ),
    pytest.param((
        DRY, "prior:", "colour: red\nprior:", "colour", "colour",
        "unknown field colour (known: id, title, summary, scope, prior, evidence, fix, verify, healthy, sources)"),
        id="unknown-field-far-from-all",
    ),
    pytest.param((
        SKIPS, "    level: strong\n", "", "  - all:", "signatures.0", "the field level is missing"), id="missing-field"
    ),
    pytest.param((
        SKIPS, "causes: [chain-worn, shift-cable-slack]", "causes: chain-worn", "causes:", "causes",
        "should be a list, is a text"), id="text-for-list",
    ),
    pytest.param((
        SKIPS, "title: The chain skips", "title: [The, chain]", "title:", "title",
        "should be a text, is a list"), id="list-for-text",
    ),
    pytest.param((
        DRY, "sources: [{", "sources: {", "sources: {", "",
        "is not valid YAML: while parsing a block mapping, did not find expected key"), id="syntax",
    ),
    pytest.param((
        DRY, "fix: oil-the-chain", "fix: Oil_the_chain", "fix:", "fix",
        "'Oil_the_chain' is not kebab-case (small letters and digits, joined by -)"), id="kebab-case",
    ),
    pytest.param((
        SKIPS, "all: ['\\bchain\\b', '\\b(?:skips|jumps|slips) (?:over|off) (?:the )?(?:teeth|cassette|sprocket)']",
        "all: []", "- all:", "signatures.0.all", "is empty"), id="empty-list",
    ),
    pytest.param((SKIPS, "summary: The", "summary: ''  # The", "summary:", "summary", "is empty"), id="empty-text"),
    pytest.param((
        SKIPS, "causes: [chain-worn, shift-cable-slack]", "causes: [chain-worn, chain-worn]", "causes:", "causes",
        "names chain-worn twice"), id="item-twice",
    ),
    pytest.param((
        SKIPS, "title: The chain skips", f"title: {'skips ' * 12}", "title:", "title",
        "is longer than 70 characters (71)"), id="long-title",
    ),
    pytest.param((
        OIL, "minutes: 10", "minutes: 0", "minutes:", "minutes", "0 is too small: more than 0"), id="no-minutes"
    ),
    pytest.param((
        OIL, "minutes: 10", "minutes: 20000", "minutes:", "minutes", "20000 is too large: at most 10080"),
        id="weeks",
    ),
    pytest.param((
        OIL, "minutes: 10", "minutes: ten", "minutes:", "minutes", "should be a number, is a text"),
        id="text-for-number",
    ),
    pytest.param((
        OIL, "minutes: 10", "minutes: yes", "minutes:", "minutes", "should be a number, is true or false"),
        id="boolean-for-number",
    ),
    pytest.param((
        OIL, "notes: [Too much oil collects dust.]", "notes: {a: b}", "notes:", "notes",
        "should be a list, is a mapping"), id="mapping-for-list",
    ),
    pytest.param((
        DRIVE, 'choices: {"yes": "yes", "no": "no, it is dry or rusty"}', 'choices: {"yes": "yes", unknown: x}',
        "unknown: x", "chain-oiled.choices", "unknown is always offered and never declared"), id="unknown-declared",
    ),
    pytest.param((
        DRIVE, 'choices: {"yes": "yes", "no": "no, it is dry or rusty"}', 'choices: {"yes": "yes"}',
        'choices: {"yes": "yes"}', "chain-oiled.choices", "needs at least 2 entries"), id="one-choice",
    ),
    pytest.param((
        RULES, "then: {confirm: chain-worn}", "then: {confirm: chain-worn, exclude: chain-dry}", "exclude: chain-dry",
        "gauge-proves-wear.then", "may hold only 1 entry, holds confirm, exclude"), id="two-conclusions",
    ),
    pytest.param((
        RULES, "{not: braking}", "{nor: braking}", "nor: braking",
        "other-noises-leave-the-brakes-out.when.noise-when.nor", "unknown field nor; did you mean not?"),
        id="unknown-condition",
    ),
    pytest.param((
        DRY, "summary:", "title: Twice\nsummary:", "title: Twice", "title",
        "title is written twice (first in line 2)"), id="key-twice",
    ),
    pytest.param((
        DRY, "fix: oil-the-chain", "fix: !chain oil-the-chain", "fix:", "fix",
        "the tag !chain is not understood: leave it out"), id="tag",
    ),
    pytest.param((
        "domain.yaml", "strong: 0.72", "strong: 1.2", "bands:", "bands.strong", "1.2 is too large: at most 1"),
        id="band-above-one",
    ),
    pytest.param((
        "domain.yaml", "strong: 0.72", "strong: .inf", "bands:", "bands.strong", "should be a number, is a text"),
        id="infinite-band",
    ),
    pytest.param((
        DRY, "id: chain-dry", "id: chain-dried", "id:", "id", "is chain-dried, but the file is named chain-dry"),
        id="id-is-not-stem",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_fault_names_file_line_field_and_the_remedy(
    shop: Path, edit: Edit, case: tuple[str, str, str, str, str, str]
) -> None:
    file, old, new, at, field, message = case
    edit(file, old, new)
    lines = (shop / file).read_text("utf-8").splitlines()
    line = 1 + next(number for number, text in enumerate(lines) if at in text)
    with pytest.raises(KnowledgeError) as caught:
        load(shop)
    found = {(fault.file, fault.line, fault.field, fault.message) for fault in caught.value.faults}
    assert (file, line, field, message) in found, caught.value
