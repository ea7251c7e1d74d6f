"""One damaged bicycle for every rule of the lint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from syncsage.errors import Fault
from syncsage.knowledge import bundled
from syncsage.knowledge.lint import lint

Edit = Callable[[str, str, str], None]

SQUEAKS = "problems/bike-squeaks.yaml"
SKIPS = "problems/chain-skips.yaml"
SPEED = "problems/speed-signal-missing.yaml"
BATTERY = "problems/battery-not-recognised.yaml"
DRY = "causes/chain-dry.yaml"
RIDING = "findings/riding.yaml"
DRIVE = "findings/drivetrain.yaml"
ELECTRIC = "findings/electric.yaml"
START = "tracking/start-up.yaml"
BRACKET = "procedures/replace-bottom-bracket.yaml"
SOURCES = "sources: [{document: workshop-handbook, section: Noises}]"

# file, old text, new text, fault
CASES = [
    pytest.param(
        SKIPS, "'\\bchain\\b', ", "'\\bchain(', ",
        Fault(SKIPS, 6, "signatures.0.all.0",
              "is no valid pattern: missing ), unterminated subpattern at position 7", "invalid-pattern"),
        id="invalid-pattern",
    ),
    pytest.param(
        START, "'\\bDISPLAY boot\\b'", "'(?:\\w+ ?)*boot'",
        Fault(START, 12, "steps.display.marks.0",
              "can backtrack exponentially: a repeat holds parts that match the same text in two ways",
              "unsafe-pattern"),
        id="exponential-mark",
    ),
    pytest.param(
        START, "'\\bDISPLAY boot\\b'", "'\\b\\w{7} [bx]\\w{3}\\b'",
        Fault(START, 12, "steps.display.marks.0",
              "has no fixed text of 3 characters by which large logs could be searched for it", "unsearchable-mark"),
        id="unsearchable-mark",
    ),
    pytest.param(
        "domain.yaml", "'\\bSN[0-9]{6,12}\\b'", "'\\w+\\d+'",
        Fault("domain.yaml", 28, "noise.1",
              "can take cubic time: two unbounded repeats match the same text one after the other; "
              "bound them (.{0,80}) or make two patterns of it", "unsafe-pattern"),
        id="cubic-noise",
    ),
    pytest.param(
        "codes.yaml", "'\\b{code}\\b'", "'\\b({code}\\b'",
        Fault("codes.yaml", 2, "kinds.display.seen.0",
              "is no valid pattern: missing ), unterminated subpattern at position 2", "invalid-pattern"),
        id="invalid-code-pattern",
    ),
    pytest.param(
        "codes.yaml", "'node 10 (?:is )?silent'", "'node 10 [silent'",
        Fault("codes.yaml", 33, "codes.0x80040010.seen.0",
              "is no valid pattern: unterminated character set at position 8", "invalid-pattern"),
        id="invalid-pattern-of-a-code",
    ),
    pytest.param(
        "codes.yaml", "'fault memory:? ?{code}\\b'", "'fault memory'",
        Fault("codes.yaml", 3, "kinds.memory.seen.0", "matches no code: it needs {code} or {name}", "no-placeholder"),
        id="kind-without-placeholder",
    ),
    pytest.param(
        "codes.yaml", 'code: "21"', 'code: "21"\n    also: ["0x15"]',
        Fault("codes.yaml", 21, "codes.21.also.0", "0x15 is the same number as memory/21", "twin-code"),
        id="code-written-twice",
    ),
    pytest.param(
        "codes.yaml", "bus: {title: Bus result, ",
        "bus: {title: Bus result, ranges: [{first: '0x8003FFFB', last: '0x8004FFFF', holds: memory, same: true}], ",
        Fault("codes.yaml", 20, "codes.21.code", "21 is the same number as bus/0x80040010", "twin-code"),
        id="codes-that-are-the-same-number",
    ),
    pytest.param(
        "codes.yaml", "title: Bus result, ", "title: Bus result, ranges: [{first: '5', last: '0x80000000'}], ",
        Fault("codes.yaml", 27, "codes.0x80040010.code", "is in no range of the kind bus", "out-of-range"),
        id="code-out-of-range",
    ),
    pytest.param(
        "codes.yaml", "title: Bus result, ",
        "title: Bus result, ranges: [{first: '0', last: '0xFFFFFFFF'}, {first: '9', last: '5'}], ",
        Fault("codes.yaml", 4, "kinds.bus.ranges.1.last", "is less than first", "range-order"), id="range-order",
    ),
    pytest.param(
        "codes.yaml", "title: Bus result, ",
        "title: Bus result, ranges: [{first: '0', last: '0xFFFFFFFF', holds: bus}], ",
        Fault("codes.yaml", 4, "kinds.bus.ranges.0.holds", "is the kind itself", "holds-itself"), id="holds-itself",
    ),
    pytest.param(
        "codes.yaml", "title: Bus result, ",
        "title: Bus result, ranges: [{first: '0', last: '0xFFFFFFFF', same: true}], ",
        Fault("codes.yaml", 4, "kinds.bus.ranges.0.same", "the same as what? holds is missing", "same-as-nothing"),
        id="same-as-nothing",
    ),
    pytest.param(
        "codes.yaml", "title: Bus result, ", "title: Bus result, parts: [{title: node, bits: 0-15}], ",
        Fault("codes.yaml", 4, "kinds.bus.parts.0.bits", "the higher bit comes first", "range-order"), id="bits-order",
    ),
    pytest.param(
        "codes.yaml", "meaning: The motor turns off", "says: little\n    meaning: The motor turns off",
        Fault("codes.yaml", 12, "codes.E21.problems",
              "says little, so that it never counts for them: name them in about", "says-little"), id="says-little",
    ),
    pytest.param(
        SKIPS, "samples: ['under load the chain jumps over the teeth']", "samples: ['the chain hops']",
        Fault(SKIPS, 9, "signatures.0.samples.0",
              "does not match its own signature: "
              "\\b(?:skips|jumps|slips) (?:over|off) (?:the )?(?:teeth|cassette|sprocket) is not in it",
              "unmatched-sample"),
        id="sample-missed",
    ),
    pytest.param(
        SKIPS, "jumps over the teeth']", "jumps over the teeth of the display']",
        Fault(SKIPS, 9, "signatures.0.samples.0",
              "does not match its own signature: \\bdisplay\\b refuses it", "unmatched-sample"),
        id="sample-refused",
    ),
    pytest.param(
        ELECTRIC, "samples: ['wheel signal ok']", "samples: [all is well]",
        Fault(ELECTRIC, 49, "wheel-signal.derive.1.samples.0",
              "does not match its own signature: wheel signal ok is not in it", "unmatched-sample"),
        id="derivation-misses-its-sample",
    ),
    pytest.param(
        RIDING, "samples: [only while braking]", "samples: [while braking and while pedalling]",
        Fault(RIDING, 37, "noise-when.derive.0.samples.0",
              "is also read as pedalling by derive.1: the two cancel each other out", "contradicting-derivation"),
        id="derivations-cancel-out",
    ),
    pytest.param(
        START, "lines: ['[00:03] ASSIST ready']", "lines: ['[00:03] ASSIST is on']",
        Fault(START, 29, "steps.ready.lines.0", "matches no mark of its step", "unmatched-sample"),
        id="line-without-mark",
    ),
    pytest.param(
        BATTERY, "samples: ['E10 battery not found', ",
        "samples: ['E10 battery: under load the chain slips off teeth', ",
        Fault(SKIPS, 6, "signatures.0",
              "also matches a sample of battery-not-recognised: E10 battery: under load the chain slips off teeth "
              "(declare overlaps, or narrow it)", "undeclared-overlap"),
        id="undeclared-overlap",
    ),
    pytest.param(
        SQUEAKS, "causes: [chain-dry, brake-pads-contaminated]", "causes: []",
        Fault(SQUEAKS, 1, "", "coverage is full, but there are no causes and no procedures", "no-causes"),
        id="problem-without-causes",
    ),
    pytest.param(
        "problems/outside-car.yaml", "look: A car garage, or the handbook in the glove box.", "look: ''",
        Fault("problems/outside-car.yaml", 1, "", "coverage is outside: say in look where to look", "no-look"),
        id="outside-without-look",
    ),
    pytest.param(
        "rules/drivetrain.yaml", "{raise: bottom-bracket-worn}", "{exclude: bottom-bracket-worn}",
        Fault("causes/bottom-bracket-worn.yaml", 1, "id",
              "no problem names this cause, and no rule raises or confirms it", "unreachable-cause"),
        id="unreachable-cause",
    ),
    pytest.param(
        "causes/chain-worn.yaml", "evidence:\n  chain-gauge: {drops-in: always, stays-out: never}\n"
        "  skips-in: {all-gears: likely, one-gear: unlikely}\n", "",
        Fault("causes/chain-worn.yaml", 1, "", "has no evidence: nothing could tell it from another", "no-evidence"),
        id="cause-without-evidence",
    ),
    pytest.param(
        DRY, "fix: oil-the-chain\n", "", Fault(DRY, 1, "", "has no fix: name a procedure", "no-fix"), id="no-fix"
    ),
    pytest.param(
        DRY, "verify: ride-round-the-block\n", "",
        Fault(DRY, 1, "", "has no verify: name a procedure", "no-verify"), id="no-verify",
    ),
    pytest.param(
        DRY, "verify: ride-round-the-block", "verify: measure-the-chain",
        Fault(DRY, 10, "verify", "measure-the-chain is a procedure of kind check, not verify", "wrong-kind"),
        id="verify-of-another-kind",
    ),
    pytest.param(
        BRACKET, "undo: The old bearing can be pressed in again.\n", "",
        Fault(BRACKET, 1, "", "needs undo, or a risk of none or low and a note", "no-undo"), id="no-undo",
    ),
    pytest.param(
        "procedures/clean-the-contacts.yaml", "notes: [Never use a wet cloth.]\n", "",
        Fault("procedures/clean-the-contacts.yaml", 1, "", "needs undo, or a risk of none or low and a note",
              "no-undo"),
        id="low-risk-without-note",
    ),
    pytest.param(SQUEAKS, SOURCES, "", Fault(SQUEAKS, 1, "", "names no sources", "no-sources"), id="no-sources"),
    pytest.param(
        "rules/drivetrain.yaml", f"  {SOURCES}\n", "",
        Fault("rules/drivetrain.yaml", 6, "oiled-chain-is-not-dry", "names no sources", "no-sources"),
        id="rule-without-sources",
    ),
    pytest.param(
        "codes.yaml",
        "    problems: [speed-signal-missing]\n    sources: [{document: display-manual, section: Codes}]\n",
        "    problems: [speed-signal-missing]\n",
        Fault("codes.yaml", 6, "codes.E21", "names no sources", "no-sources"), id="code-without-sources",
    ),
    pytest.param(
        RIDING, "{dry: \"dry\", wet: rain or deep puddles, dusty: dry and dusty}",
        "{dry: a, wet: b, dusty: c, icy: d, windy: e, dark: f, hot: g}",
        Fault(RIDING, 18, "last-ride.choices", "offers 7 choices; a question has at most 6", "too-many-choices"),
        id="seven-choices",
    ),
    pytest.param(
        RIDING, "  paste: true\n", "",
        Fault("domain.yaml", 7, "error_text", "error-text does not take a text: set paste there", "no-paste"),
        id="error-text-without-paste",
    ),
    pytest.param(
        ELECTRIC, "  requires: {display-on: [\"yes\"]}", "  requires: {start-step: [ready]}",
        Fault(ELECTRIC, 15, "start-step.requires", "is asked only once it is known: its requires lead back to it",
              "circular-requires"),
        id="requires-itself",
    ),
    pytest.param(
        DRIVE, "  ask: Does the crank have play sideways?\n", "",
        Fault(DRIVE, 27, "crank-play", "is neither asked nor derived, and no rule or problem settles it",
              "unknowable-finding"),
        id="finding-that-cannot-be-known",
    ),
    pytest.param(
        DRIVE, "- id: crank-play", "- {id: bell, ask: Does it ring?, choices: {a: a, b: b}}\n- id: crank-play",
        Fault(DRIVE, 27, "bell.id", "is used nowhere: in no evidence, rule, scope or ask_first", "unused"),
        id="unused-finding",
    ),
    pytest.param(
        DRIVE, "  check: measure-the-chain\n", "",
        Fault("procedures/measure-the-chain.yaml", 1, "id",
              "is used nowhere: no cause, problem or finding names it", "unused"),
        id="unused-procedure",
    ),
    pytest.param(
        SKIPS, "title: The chain skips", "title: the bicycle SQUEAKS!",
        Fault(SKIPS, 2, "title", "is nearly that of bike-squeaks (title): The bicycle squeaks", "near-duplicate"),
        id="same-title",
    ),
    pytest.param(
        SKIPS, "  - gears slip under load", "  - squeaks, my bike",
        Fault(SKIPS, 12, "phrasings.1", "is nearly that of bike-squeaks (phrasings): my bike squeaks",
              "near-duplicate"),
        id="same-phrasing",
    ),
    pytest.param(
        DRIVE, "ask: Is the derailleur cable slack?", "ask: Is there oil on the chains?",
        Fault(DRIVE, 2, "chain-oiled.ask",
              "is nearly that of cable-tension (ask): Is there oil on the chains?", "near-duplicate"),
        id="same-question",
    ),
    pytest.param(
        "causes/shift-cable-slack.yaml",
        "  cable-tension: {slack: always, right: never}\n  skips-in: {one-gear: likely}",
        "  skips-in: {one-gear: unlikely, all-gears: likely}\n  chain-gauge: {stays-out: never, drops-in: always}",
        Fault("causes/shift-cable-slack.yaml", 5, "evidence",
              "has the scope and the evidence of chain-worn: nothing tells the two apart", "same-evidence"),
        id="same-evidence",
    ),
    pytest.param(
        "problems/bike-squeaks.test.yaml", "first: bike-squeaks", "first: chain-skips",
        Fault(SQUEAKS, 1, "", "has no positive test in its bike-squeaks.test.yaml", "no-test"),
        id="problem-without-positive",
    ),
    pytest.param(
        "problems/bike-squeaks.test.yaml", "must_not: [bike-squeaks]", "must_not: [outside-car]",
        Fault(SQUEAKS, 1, "", "has no negative test in its bike-squeaks.test.yaml", "no-test"),
        id="problem-without-negative",
    ),
    pytest.param(
        "causes/chain-worn.test.yaml", "top: chain-worn", "top: shift-cable-slack",
        Fault("causes/chain-worn.yaml", 1, "", "has no positive test in its chain-worn.test.yaml", "no-test"),
        id="cause-without-positive",
    ),
    pytest.param(
        "problems/chain-skips.test.yaml", "problems: [chain-skips]", "problems: [chain-skip]",
        Fault("problems/chain-skips.test.yaml", 3, "the words of the handbook.problems.0",
              "there is no problem chain-skip; did you mean chain-skips?", "test-names"),
        id="test-of-unknown-problem",
    ),
    pytest.param(
        "causes/chain-worn.test.yaml", "chain-gauge: drops-in", "chain-gauge: drops",
        Fault("causes/chain-worn.test.yaml", 2, "the gauge drops in.given.chain-gauge",
              "chain-gauge has no value drops; did you mean drops-in?", "test-names"),
        id="test-with-unknown-value",
    ),
    pytest.param(
        "causes/chain-worn.test.yaml", "{problem: chain-skips,", "{problem: chain-breaks,",
        Fault("causes/chain-worn.test.yaml", 2, "the gauge drops in.given.problem",
              "there is no problem chain-breaks", "test-names"),
        id="test-given-unknown-problem",
    ),
    pytest.param(
        "causes/chain-dry.test.yaml", "ruled_out: [chain-dry]", "ruled_out: [chain-wet]",
        Fault("causes/chain-dry.test.yaml", 7, "oil on the chain rules it out.ruled_out.0",
              "there is no cause chain-wet", "test-names"),
        id="test-of-unknown-cause",
    ),
    pytest.param(
        "causes/chain-dry.test.yaml", "within: 5", "within: five",
        Fault("causes/chain-dry.test.yaml", 12, "an interview.within", "should be a whole number, is a text"),
        id="test-schema",
    ),
    pytest.param(
        "causes/chain-dry.test.yaml", "  opening: loud squeaking from my bicycle\n", "",
        Fault("causes/chain-dry.test.yaml", 8, "an interview", "needs one of paste, given, opening"),
        id="test-without-start",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "fault"), CASES)
def test_the_rule_finds_its_fault(shop: Path, edit: Edit, file: str, old: str, new: str, fault: Fault) -> None:
    edit(file, old, new)
    assert fault in lint(shop)


def test_the_bicycle_is_clean(bicycle_folder: Path) -> None:
    assert lint(bicycle_folder) == ()


def test_a_declared_overlap_is_no_fault_whichever_side_declares_it(shop: Path, edit: Edit) -> None:
    new = "'no signal from the speed sensor', 'E21 and E10 battery: no speed signal'"
    edit(SPEED, "'E21 check speed sensor'", f"'E21 check speed sensor', {new}")
    assert not [fault for fault in lint(shop) if fault.rule == "undeclared-overlap"]


def test_a_test_file_that_belongs_to_nobody(shop: Path) -> None:
    (shop / "causes/chain-drie.test.yaml").write_text("- {name: x, given: {chain-oiled: unknown}, top: chain-dry}")
    message = "there is no cause chain-drie; did you mean chain-dry?"
    assert lint(shop) == (Fault("causes/chain-drie.test.yaml", 1, "", message, "test-names"),)


def test_a_broken_test_file_is_not_also_called_missing(shop: Path) -> None:
    (shop / "causes/chain-dry.test.yaml").write_text("- [")
    assert {fault.file for fault in lint(shop)} == {"causes/chain-dry.test.yaml"}


def test_a_broken_file_does_not_hide_the_faults_of_others(shop: Path, edit: Edit) -> None:
    edit(DRY, "prior: very-common", "prior: often")
    edit(SKIPS, "samples: ['under load the chain jumps over the teeth']", "samples: ['the chain hops']")
    assert {(fault.file, fault.rule) for fault in lint(shop)} == {(DRY, "schema"), (SKIPS, "unmatched-sample")}


def test_what_only_a_broken_entry_uses_is_not_called_unused(shop: Path, edit: Edit) -> None:
    edit("causes/chain-worn.yaml", "prior: common", "prior: often")
    assert [fault.rule for fault in lint(shop)] == ["schema"]


def test_faults_are_sorted_and_single(shop: Path, edit: Edit) -> None:
    for name in (SQUEAKS, SKIPS, DRY):
        edit(name, "title:", "titel:")
    faults = lint(shop)
    assert list(faults) == sorted(set(faults))
    assert len(faults) >= 6


def test_the_bundled_knowledge_is_linted_by_default() -> None:
    assert lint() == lint(bundled())
