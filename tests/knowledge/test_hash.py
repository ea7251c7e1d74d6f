"""The hash says what the knowledge says, not how its files are laid out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from syncsage.knowledge import load

Edit = Callable[[str, str, str], None]


def reverse_keys(value: Any) -> Any:
    """Turn the order of all keys round, but for choices: people see those in their order."""
    if isinstance(value, dict):
        return {key: inner if key == "choices" else reverse_keys(inner) for key, inner in reversed(list(value.items()))}
    return [reverse_keys(item) for item in value] if isinstance(value, list) else value


def test_another_place_has_the_same_hash(shop: Path, tmp_path: Path) -> None:
    other = shutil.copytree(shop, tmp_path / "elsewhere" / "kb")
    assert load(other).hash == load(shop).hash


def test_the_version_names_the_domain_and_the_hash(shop: Path) -> None:
    kb = load(shop)
    assert kb.version == f"bicycle-{kb.hash[:12]}"
    assert len(kb.hash) == 64


def test_comments_line_ends_and_order_do_not_matter(shop: Path) -> None:
    before = load(shop)
    for path in shop.rglob("*.yaml"):
        if path.name.endswith(".test.yaml"):
            continue
        data = reverse_keys(yaml.safe_load(path.read_text("utf-8")))
        if path.parent.name in {"findings", "rules"} or path.name == "sources.yaml":
            data.reverse()
        text = "# a remark\n" + yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
        path.write_bytes(text.replace("\n", "\r\n").encode())
    after = load(shop)
    assert after.hash == before.hash
    assert list(after.causes) == list(before.causes)
    assert after.rules["gauge-proves-wear"].when == before.rules["gauge-proves-wear"].when
    assert after.findings["noise-when"].values == before.findings["noise-when"].values


def test_a_finding_may_move_to_another_file(shop: Path) -> None:
    before = load(shop).hash
    drive, ride = shop / "findings/drivetrain.yaml", shop / "findings/riding.yaml"
    ride.write_text(ride.read_text("utf-8") + drive.read_text("utf-8"), "utf-8")
    drive.unlink()
    assert load(shop).hash == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("causes/chain-dry.yaml", "prior: very-common", "prior: common"),
        ("causes/chain-dry.yaml", "wet: likely", "wet: always"),
        ("domain.yaml", "strong: 0.72", "strong: 0.73"),
        ("codes.yaml", "title: Code on the display", "title: Code"),
        ("findings/riding.yaml", "{e-bike: \"yes, it is an e-bike\", muscle: \"no, legs only\"}",
         "{muscle: \"no, legs only\", e-bike: \"yes, it is an e-bike\"}"),
        ("problems/chain-skips.yaml", "causes: [chain-worn, shift-cable-slack]",
         "causes: [shift-cable-slack, chain-worn]"),
    ],
    ids=["prior", "likelihood", "band", "code-kind", "order-of-choices", "order-of-causes"],
)  # fmt: skip
def test_what_changes_a_diagnosis_or_an_interview_changes_the_hash(
    shop: Path, edit: Edit, file: str, old: str, new: str
) -> None:
    before = load(shop).hash
    edit(file, old, new)
    assert load(shop).hash != before
