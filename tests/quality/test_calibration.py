"""Bands from labelled texts, over scores that are known."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pytest

from syncsage.engine import Engine
from syncsage.errors import InputError
from syncsage.interview import NOTHING
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import Match, Parsed
from syncsage.quality import calibrate, write_bands


class Scripted(Engine):
    """An engine that reads scores from the text: ``score lead id``, or ``read id``."""

    def parse(self, text: str) -> Parsed:
        if text == "nothing":
            return NOTHING
        if text.startswith("read"):
            return replace(NOTHING, level="exact", problems=(match(text.split()[1], 1.0, "signature"),))
        score, lead, problem = text.split()
        return replace(
            NOTHING,
            problems=(match(problem, float(score), "semantic"), match("z", float(score) - float(lead), "semantic")),
        )

    def over(self, kb: KnowledgeBase) -> Engine:
        return Scripted(kb)

    @cached_property
    def model_key(self) -> str:
        return "abc123"


def match(problem: str, score: float, by: str) -> Match:
    return Match(problem, problem, score, "weak", "full", by)


def file_of(folder: Path, inside: list[str], outside: list[str]) -> Path:
    rows = [{"id": f"i{n}", "text": text, "scope": "in", "problems": ["a"]} for n, text in enumerate(inside)]
    rows += [{"id": f"o{n}", "text": text, "scope": "out", "problems": []} for n, text in enumerate(outside)]
    path = folder / "cases.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


@pytest.fixture
def scripted(bicycle: KnowledgeBase) -> Engine:
    return Scripted(bicycle)


def test_bands_lie_where_the_texts_part(scripted: Engine, tmp_path: Path) -> None:
    inside = ["0.70 .2 a"] * 100 + ["0.95 .2 a"] * 100
    outside = ["0.30 .2 a"] * 150 + ["0.80 .2 a"] * 10
    found = calibrate(scripted, file_of(tmp_path, inside, outside))
    assert found.found == {"weak": 0.70, "strong": 0.81}
    assert (found.found_rates.lost, found.found_rates.wrong, found.found_rates.taken) == (0.0, 0.0, 0.0)
    assert found.found_rates.declined == pytest.approx(150 / 160)
    assert found.expected == found.found_rates
    assert found.model == "abc123"


def test_wrong_ones_push_strong_up_unless_they_are_twins(scripted: Engine, tmp_path: Path) -> None:
    right, outside = ["0.97 .2 a"] * 100, ["0.1 .1 a"] * 150
    wrong = calibrate(scripted, file_of(tmp_path, [*right, *["0.90 .2 b"] * 30], outside))
    assert wrong.found["strong"] == 0.91
    twins = calibrate(scripted, file_of(tmp_path, [*right, *["0.90 .01 b"] * 30], outside))
    assert twins.found["strong"] == twins.found["weak"] + 0.01


def test_what_is_read_is_not_bound_by_bands(scripted: Engine, tmp_path: Path) -> None:
    found = calibrate(scripted, file_of(tmp_path, ["read b"] * 30 + ["0.9 .2 a"] * 90, ["read a", *["nothing"] * 150]))
    assert found.found["strong"] == found.found["weak"] + 0.01
    assert found.found_rates.wrong == pytest.approx(30 / 120)
    assert found.found_rates.taken == pytest.approx(1 / 151)


def test_a_few_texts_make_nothing_strong(scripted: Engine, tmp_path: Path) -> None:
    found = calibrate(scripted, file_of(tmp_path, ["0.9 .2 a"] * 3, ["0.1 .2 a"] * 3))
    assert found.found["strong"] == 0.99
    assert "Too few texts" in found.to_text()
    json.dumps(found.to_dict())


def test_the_table_fits_a_terminal(scripted: Engine, tmp_path: Path) -> None:
    text = calibrate(scripted, file_of(tmp_path, ["0.9 .2 a"] * 90, ["0.1 .2 a"] * 90)).to_text()
    assert max(map(len, text.splitlines())) <= 80
    assert "in force" in text


def test_bands_of_another_model_are_told(bicycle: KnowledgeBase, tmp_path: Path) -> None:
    foreign = Scripted(replace(bicycle, domain=replace(bicycle.domain, bands_model="other")))
    assert (
        "Bands measured with model other, in use abc123"
        in calibrate(foreign, file_of(tmp_path, ["0.9 .2 a"], ["0.1 .2 a"])).to_text()
    )


def test_texts_of_one_side_are_not_enough(scripted: Engine, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="scope in and texts with scope out"):
        calibrate(scripted, file_of(tmp_path, ["0.9 .2 a"], []))


def test_bands_are_written_and_nothing_else_changes(scripted: Engine, tmp_path: Path) -> None:
    found = calibrate(scripted, file_of(tmp_path, ["0.9 .2 a"] * 90, ["0.1 .2 a"] * 90))
    file = tmp_path / "domain.yaml"
    file.write_text("id: x\nbands: {strong: 0.72, weak: 0.45}\n# end\n", "utf-8")
    for _ in range(2):
        assert write_bands(tmp_path, found) == file
        expected = f"strong: {found.found['strong']:.2f}, weak: {found.found['weak']:.2f}"
        assert file.read_text("utf-8") == f"id: x\nbands: {{{expected}}}\nbands_model: abc123\n# end\n"


@pytest.mark.parametrize("text", ["id: x\nbands:\n  strong: 0.7\n  weak: 0.5\n", None])
def test_bands_that_cannot_be_written_are_shown(scripted: Engine, tmp_path: Path, text: str | None) -> None:
    found = calibrate(scripted, file_of(tmp_path, ["0.9 .2 a"] * 90, ["0.1 .2 a"] * 90))
    if text is not None:
        (tmp_path / "domain.yaml").write_text(text, "utf-8")
    with pytest.raises(InputError, match="write there:\nbands: "):
        write_bands(tmp_path, found)
