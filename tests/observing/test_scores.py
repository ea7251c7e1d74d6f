"""Arrays of scores, against the same thing said in plain Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.observing.scores import Scores, mean_of_best

runs = st.lists(st.lists(st.sampled_from([-0.5, 0.0, 0.25, 0.5, 0.75]), min_size=1, max_size=6), min_size=1, max_size=8)


@given(runs, st.integers(1, 4))
def test_the_mean_of_the_best_of_each_run(runs: list[list[float]], count: int) -> None:
    values = np.array([value for run in runs for value in run], np.float32)
    starts = np.cumsum([0, *(len(run) for run in runs[:-1])])
    kept = values.copy()
    found = mean_of_best(values, starts, count)
    best = [sorted(run, reverse=True)[:count] for run in runs]
    assert found.dtype == np.float32
    assert found.tolist() == pytest.approx([sum(run) / len(run) for run in best], abs=1e-6)
    assert np.array_equal(values, kept)


def scores(values: list[float], outside: list[bool]) -> Scores:
    places = {f"p{i:02}": i for i in range(len(values))}
    return Scores(places, np.array(values), np.array(outside, bool))


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.5, 0.50001, 0.9, 1.0]), st.booleans())), st.integers(1, 5))
def test_the_best_of_both_groups_are_those_that_sorting_all_would_find(
    rows: list[tuple[float, bool]], count: int
) -> None:
    found = scores([value for value, _ in rows], [outside for _, outside in rows])
    ranked = sorted(found, key=lambda p: (-round(min(found[p], 0.9), 4), p))
    expected: set[str] = set()
    for group in (True, False):
        expected |= set([p for p in ranked if rows[int(p[1:])][1] is group][:count])
    assert found.best(count, 0.9) == {p: found[p] for p in expected}


def test_scores_are_a_mapping_of_plain_numbers() -> None:
    found = scores([0.25, 0.5], [False, True])
    assert dict(found) == {"p00": 0.25, "p01": 0.5}
    assert type(found["p01"]) is float
    assert len(found) == 2
