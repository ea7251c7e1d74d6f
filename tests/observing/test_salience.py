"""The lines that carry the trouble."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.lexical import Normaliser
from syncsage.observing.model import Span
from syncsage.observing.records import Record
from syncsage.observing.salience import Salience

TITLES = ("repair of an error in the hub", "fault book", "warning triangle", "oil", "lamp", "bell", "lock", "tyre")


def lines(kb: KnowledgeBase, *texts: str) -> tuple[str, ...]:
    domain = replace(kb.domain, salient=(r"\bfailed\b", r"\berror|fault|warning\b", r"\bwheel\b"), boilerplate=())
    records = [Record(text, Span(n, n)) for n, text in enumerate(texts, start=1)]
    return Salience(domain, Normaliser((), {})).lines(records)


def healthy(many: int) -> list[str]:
    return [f"Delivered part {TITLES[n % len(TITLES)]} no {n}" for n in range(many)]


@pytest.mark.parametrize("many", [20, 40, 300])
def test_one_failure_among_healthy_lines_is_found(bicycle: KnowledgeBase, many: int) -> None:
    log = healthy(many)
    assert lines(bicycle, *log[: many // 2], "motor failed to start", *log[many // 2 :]) == ("motor failed to start",)


def test_more_telling_patterns_go_first_and_the_order_of_the_text_stays(bicycle: KnowledgeBase) -> None:
    marks = [f"{word} wheel" for word in ("front", "rear", "spare", "left", "right", "small", "big")]
    found = lines(bicycle, *marks, "hub error", "motor failed", *healthy(20))
    assert found == ("front wheel", "rear wheel", "spare wheel", "left wheel", "hub error", "motor failed")


def test_an_error_that_comes_again_is_one_line_and_no_series(bicycle: KnowledgeBase) -> None:
    assert lines(bicycle, *(["motor failed"] * 30), *healthy(20)) == ("motor failed",)


def test_where_everything_is_a_series_its_lines_count(bicycle: KnowledgeBase) -> None:
    found = lines(bicycle, *(f"motor failed in gear {'x' * n}" for n in range(1, 12)))
    assert len(found) == 6
    assert found[0] == "motor failed in gear x"
