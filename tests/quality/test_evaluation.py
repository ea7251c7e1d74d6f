"""Figures of labelled texts, against numbers worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from syncsage.engine import Engine
from syncsage.errors import InputError
from syncsage.interview import NOTHING
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import Level, Match, Parsed
from syncsage.quality import evaluate
from syncsage.quality.evaluation import auroc, read_cases


def found(*matches: tuple[str, float, Level], nearest: float | None = None) -> Parsed:
    problems = tuple(Match(i, i, score, level, "full", "signature") for i, score, level in matches)
    near = (Match("x", "x", nearest, "none", "full", "semantic"),) if nearest is not None else ()
    level: Level = problems[0].level if problems else "none"
    return Parsed(level, problems, near, (), (), (), 0, ())


ANSWERS = {
    "right": found(("a", 1.0, "exact"), ("b", 0.8, "strong")),
    "second": found(("b", 0.9, "strong"), ("a", 0.7, "weak")),
    "fourth": found(("b", 0.9, "strong"), ("c", 0.8, "strong"), ("d", 0.7, "weak"), ("a", 0.6, "weak")),
    "lost": found(nearest=0.5),
    "also": found(("e", 0.75, "strong")),
    "taken": found(("a", 0.72, "strong")),
    "refused": found(nearest=0.2),
    "near": found(("a", 0.5, "weak")),
    "nothing": NOTHING,
}


class Scripted(Engine):
    """An engine that says what the test wants it to."""

    def parse(self, text: str) -> Parsed:
        return ANSWERS[text]


CASES: list[dict[str, object]] = [
    {"id": "1", "text": "right", "kind": "log", "scope": "in", "problems": ["a"]},
    {"id": "2", "text": "second", "kind": "log", "scope": "in", "problems": ["a"], "synthetic": True},
    {"id": "3", "text": "fourth", "kind": "log", "scope": "in", "problems": ["a", "z"]},
    {"id": "4", "text": "lost", "kind": "words", "scope": "in", "problems": ["a"]},
    {"id": "5", "text": "also", "kind": "words", "scope": "in", "problems": ["a", "e"]},
    {"id": "6", "text": "taken", "scope": "out"},
    {"id": "7", "text": "refused", "scope": "out", "problems": []},
    {"id": "8", "text": "near", "scope": "beyond", "synthetic": True},
    {"id": "9", "text": "nothing", "scope": "out"},
]


@pytest.fixture
def scripted(bicycle: KnowledgeBase) -> Engine:
    return Scripted(bicycle)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(map(json.dumps, CASES)) + "\n\n", "utf-8")
    return path


def test_figures_in_scope(scripted: Engine, file: Path) -> None:
    figures = evaluate(scripted, file).to_dict()["in"]
    ranks = [1, 1 / 2, 1 / 4, 0, 1]
    assert figures["all"] == {
        "cases": 5,
        "top1": pytest.approx(2 / 5),
        "top3": pytest.approx(3 / 5),
        "strict1": pytest.approx(1 / 5),
        "mrr": pytest.approx(sum(ranks) / 5),
        "none": pytest.approx(1 / 5),
    }
    assert figures["log"]["cases"] == 3
    assert figures["log"]["top1"] == pytest.approx(1 / 3)
    assert figures["words"]["none"] == pytest.approx(1 / 2)
    assert (figures["real"]["cases"], figures["synthetic"]["cases"]) == (4, 1)


def test_figures_out_of_scope(scripted: Engine, file: Path) -> None:
    figures = evaluate(scripted, file).to_dict()
    third = pytest.approx(1 / 3)
    assert figures["out"]["all"] == {"cases": 3, "none": pytest.approx(2 / 3), "weak": 0, "strong": third, "exact": 0}
    assert figures["beyond"]["all"] == {"cases": 1, "none": 0, "weak": 1, "strong": 0, "exact": 0}
    assert "real" not in figures["beyond"]
    assert figures["cases"] == 9


def test_rejection_is_measured_by_score(scripted: Engine, file: Path) -> None:
    evaluation = evaluate(scripted, file)
    scores = {p.case.id: p.score for p in evaluation.predictions}
    # where nothing is claimed the nearest counts, always below what is claimed
    assert scores == {
        "1": 1.0, "2": 0.9, "3": 0.9, "4": 0.495, "5": 0.75, "6": 0.72, "7": 0.198, "8": 0.5, "9": 0.0,
    }  # fmt: skip
    # in: 1, .9, .9, .495, .75 against out: .72, .198, 0: only .495 loses, once, of fifteen
    assert evaluation.to_dict()["auroc_in_out"] == pytest.approx(14 / 15)
    assert evaluation.to_dict()["auroc_in_beyond"] == pytest.approx(4 / 5)


def test_confusions_name_what_was_taken_for_what(scripted: Engine, file: Path) -> None:
    assert evaluate(scripted, file).to_dict()["confusions"] == [
        {"expected": "a", "predicted": "b", "count": 2},
        {"expected": "a", "predicted": "none", "count": 1},
    ]


def test_every_prediction_is_listed(scripted: Engine, file: Path) -> None:
    listed = evaluate(scripted, file).to_dict()["predictions"]
    assert [p["rank"] for p in listed] == [1, 2, 4, None, 1, None, None, None, None]
    assert listed[1] == {
        "id": "2", "scope": "in", "kind": "log", "synthetic": True, "expected": ["a"], "predicted": ["b", "a"],
        "level": "strong", "score": 0.9, "rank": 2,
    }  # fmt: skip
    json.dumps(listed)


def test_the_table_fits_a_terminal_and_holds_the_figures(scripted: Engine, file: Path) -> None:
    text = evaluate(scripted, file).to_text()
    assert max(map(len, text.splitlines())) <= 80
    lines = {line.split()[0]: line.split() for line in text.splitlines() if line.strip()}
    assert lines["log"] == ["log", "3", "0.333", "0.667", "0.333", f"{(1 + 0.5 + 0.25) / 3:.3f}", "0.000"]
    assert "in : out 0.933   in : beyond 0.800" in text
    assert "  2  a -> b" in text


def test_progress_is_told(scripted: Engine, file: Path) -> None:
    seen: list[tuple[int, int]] = []
    evaluate(scripted, file, lambda done, of: seen.append((done, of)))
    assert seen == [(n, 9) for n in range(1, 10)]


def test_figures_that_need_both_sides_are_left_out_without_them(scripted: Engine, tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(CASES[0]), "utf-8")
    evaluation = evaluate(scripted, path)
    data = evaluation.to_dict()
    assert (data["auroc_in_out"], data["auroc_in_beyond"], data["out"], data["confusions"]) == (None, None, {}, [])
    assert "confusions" not in evaluation.to_text()
    assert "in : out" not in evaluation.to_text()


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [
        ([0.9, 0.8], [0.1], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.9, 0.4], [0.5, 0.4], (2 + 0.5) / 4),
        ([], [0.5], None),
        ([0.5], [], None),
    ],
)
def test_the_area_counts_pairs_and_ties_half(positive: list[float], negative: list[float], area: float | None) -> None:
    assert auroc(positive, negative) == (None if area is None else pytest.approx(area))


# --------------------------------------------------------------------------------------------------------- reading
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no json", "not a labelled text"),
        ("[1]", "not a labelled text"),
        ('{"text": "x", "scope": "out"}', "'id'"),
        ('{"id": "1", "scope": "out"}', "'text'"),
        ('{"id": "1", "text": "x", "scope": "maybe"}', "scope 'maybe' is none of in, beyond, out"),
        ('{"id": "1", "text": "x", "scope": "in"}', "at least one problem"),
        ('{"id": "1", "text": "x", "scope": "in", "problems": "abc"}', "problems is a list"),
        ('{"id": "1", "text": "x", "scope": "in", "problems": 5}', "not a labelled text"),
    ],
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(f'{{"id": "0", "text": "x", "scope": "out"}}\n\n{line}\n', "utf-8")
    with pytest.raises(InputError) as caught:
        read_cases(path)
    assert str(caught.value).startswith(f"{path}:3: not a labelled text: ")
    assert message in str(caught.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_cases(tmp_path / "nowhere.jsonl")
    (tmp_path / "latin").write_bytes(b"\xe4\xf6")
    with pytest.raises(InputError, match="not UTF-8"):
        read_cases(tmp_path / "latin")


def test_line_ends_inside_a_text_are_text(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    text = "one\u2028two\x85three"
    path.write_text(json.dumps({"id": "1", "text": text, "scope": "out"}, ensure_ascii=False), "utf-8")
    (case,) = read_cases(path)
    assert (case.text, case.kind, case.synthetic, case.problems) == (text, "text", False, ())
