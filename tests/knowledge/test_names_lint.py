"""What the lint says of patterns that give names away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from syncsage.knowledge import load
from syncsage.knowledge.lint import lint

DOMAIN = "domain.yaml"
BANDS = "bands: {"


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        (
            "private: ['by (?P<x>\\w+)']",
            ("private.0", "has none of the groups host, domain, user, name", "missing-group"),
        ),
        ("private: ['(']", ("private.0", "is no valid pattern", "invalid-pattern")),
        ("public: ['(']", ("public.0", "is no valid pattern", "invalid-pattern")),
        ("private: ['Owner: (?P<user>\\w+)']", None),
    ],
)
def test_a_pattern_says_what_it_names(
    shop: Path, edit: Callable[[str, str, str], None], field: str, fault: tuple[str, str, str] | None
) -> None:
    edit(DOMAIN, BANDS, f"{field}\n{BANDS}")
    found = [(f.field, f.message.partition(":")[0], f.rule) for f in lint(shop) if f.file == DOMAIN]
    assert found == ([fault] if fault else [])


def test_the_domain_keeps_what_is_public_and_what_is_private(shop: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(DOMAIN, BANDS, "public: ['\\bD300\\b']\nprivate: ['Owner: (?P<user>\\w+)']\n" + BANDS)
    assert load(shop).domain.public == (r"\bD300\b",)
    assert load(shop).domain.private == (r"Owner: (?P<user>\w+)",)
