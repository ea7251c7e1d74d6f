"""Scores of all problems, as arrays: no object is made for a problem that comes nowhere near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Scores(Mapping[str, float]):
    """A score for every problem, 0 to 1: a mapping over arrays, so that size costs little.

    Args:
        places: The place of each problem in the arrays, in the order of their ids.
        values: The scores, shape (problems,).
        outside: Which problems are topics outside the field, same shape.
    """

    def __init__(self, places: Mapping[str, int], values: NDArray[np.float64], outside: NDArray[np.bool_]) -> None:
        self._places = places
        self._values = values
        self._outside = outside

    def __getitem__(self, problem: str) -> float:
        return float(self._values[self._places[problem]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def best(self, count: int) -> dict[str, float]:
        """Return the best ``count`` problems of the field and as many outside it, by id.

        Args:
            count: At least 1; scores that are equal after four decimals go by id.
        """
        import numpy as np

        ids = tuple(self._places)
        rounded = self._values.round(4)
        groups = (np.flatnonzero(~self._outside), np.flatnonzero(self._outside))
        return {
            ids[i]: float(self._values[i]) for group in groups for i in group[_first(rounded[group], count)].tolist()
        }


def _first(values: NDArray[np.float64], count: int) -> NDArray[np.intp]:
    """Return the places of the ``count`` greatest values; among equal ones the first."""
    import numpy as np

    if len(values) <= count:
        return np.arange(len(values))
    least = np.partition(values, -count)[-count]
    above = np.flatnonzero(values > least)
    return np.concatenate((above, np.flatnonzero(values == least)[: count - len(above)]))
