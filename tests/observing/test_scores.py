"""Arrays of scores, against the same thing said in plain Python."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from syncsage.observing.scores import Scores


def scores(values: list[float], outside: list[bool]) -> Scores:
    places = {f"p{i:02}": i for i in range(len(values))}
    return Scores(places, np.array(values), np.array(outside, bool))


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.5, 0.50001, 0.9, 1.0]), st.booleans())), st.integers(1, 5))
def test_the_best_of_both_groups_are_those_that_sorting_all_would_find(
    rows: list[tuple[float, bool]], count: int
) -> None:
    found = scores([value for value, _ in rows], [outside for _, outside in rows])
    ranked = sorted(found, key=lambda p: (-round(found[p], 4), p))
    expected: set[str] = set()
    for group in (True, False):
        expected |= set([p for p in ranked if rows[int(p[1:])][1] is group][:count])
    assert found.best(count) == {p: found[p] for p in expected}


def test_scores_are_a_mapping_of_plain_numbers() -> None:
    found = scores([0.25, 0.5], [False, True])
    assert dict(found) == {"p00": 0.25, "p01": 0.5}
    assert type(found["p01"]) is float
    assert len(found) == 2
