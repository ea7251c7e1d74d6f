"""What the lint says of formats of logs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from syncsage.errors import Fault
from syncsage.knowledge import load
from syncsage.knowledge.lint import lint

FORMATS = "formats.yaml"
HEAD = "  head: '^\\[ ?(?P<date>\\d{1,6})\\] (?P<component>[a-z]{2,20}): '\n"
FILES = "  files: [ride.log]\n"
SAMPLE = "samples: ['[ 12] motor: the chain is dry']"

# old text, new text, then the fault: place, message, rule
CASES = [
    pytest.param(
        HEAD, "",
        ("ride", "a format of the shape record needs head, tail or both", "incomplete-format"),
        id="bare",
    ),
    pytest.param(
        "  shape: line\n", "  shape: line\n  tail: 'x'\n  head: 'dry'\n",
        ("line", "a format of the shape line has neither head nor tail", "incomplete-format"),
        id="line",
    ),
    pytest.param(
        FILES, "  shape: block\n",
        ("ride", "a format of the shape block needs attributes", "incomplete-format"),
        id="block",
    ),
    pytest.param(
        FILES, "  stamps: ['(?P<year>\\d{4})-(?P<month>\\d\\d)']\n",
        ("ride.stamps.0", "has no group hour, minute, second, month and day (or one and two)", "missing-group"),
        id="stamp",
    ),
    pytest.param(
        FILES, "  rotated: ['^(.+)\\.old$']\n",
        ("ride.rotated.0", "has no group name", "missing-group"),
        id="rotated",
    ),
    pytest.param(
        FILES, "  attributes: '(?P<name>x)=(y)'\n",
        ("ride.attributes", "has no group name, or no group value", "missing-group"),
        id="attributes",
    ),
    pytest.param(
        SAMPLE, "samples: ['the chain']",
        ("ride.samples.0", "does not show the head", "unmatched-sample"),
        id="head",
    ),
    pytest.param(
        FILES, "  hints: ['<<']\n",
        ("ride.samples.0", "shows none of the hints", "unmatched-sample"),
        id="hint",
    ),
    pytest.param(
        FILES, "  openers: ['(']\n",
        ("ride.openers.0", "is no valid pattern: missing ), unterminated subpattern at position 0", "invalid-pattern"),
        id="invalid",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "fault"), CASES)
def test_a_fault_of_a_format_is_found_and_placed(
    shop: Path, edit: Callable[[str, str, str], None], old: str, new: str, fault: tuple[str, str, str]
) -> None:
    edit(FORMATS, old, new)
    assert fault in [(found.field, found.message, found.rule) for found in lint(shop) if found.file == FORMATS]


def test_a_severity_that_is_none_is_refused(shop: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(FORMATS, "  files: [ride.log]\n", "  severities: {x: fatal}\n")
    [fault] = lint(shop)
    assert fault == Fault(FORMATS, 4, "ride.severities.x", "'fatal' is none of info, warning, error", fault.rule)


def test_formats_are_optional(shop: Path) -> None:
    (shop / FORMATS).unlink()
    assert lint(shop) == ()
    assert load(shop).formats == {}


def test_an_overlay_replaces_one_format(shop: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    (overlay / FORMATS).write_text("- {id: line, title: Lines of ours, shape: line, samples: [x]}\n", "utf-8")
    formats = load(shop, [overlay]).formats
    assert (formats["line"].title, formats["ride"].files) == ("Lines of ours", ("ride.log",))
