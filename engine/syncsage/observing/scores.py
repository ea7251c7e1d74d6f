"""Scores of all problems, as arrays: no object is made for a problem that comes nowhere near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Scores(Mapping[str, float]):
    """A score for every problem, 0 and up, best about 1: a mapping over arrays, so that size costs little.

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

    def best(self, count: int, most: float) -> dict[str, float]:
        """Return the best ``count`` problems of the field and as many outside it, by id.

        Args:
            count: At least 1.
            most: Scores above it are taken for equal; equal ones go by id, after four decimals.
        """
        import numpy as np

        ids = tuple(self._places)
        rounded = np.minimum(self._values, most).round(4)
        groups = (np.flatnonzero(~self._outside), np.flatnonzero(self._outside))
        return {
            ids[i]: float(self._values[i]) for group in groups for i in group[_first(rounded[group], count)].tolist()
        }


def mean_of_best(values: NDArray[np.float32], starts: NDArray[np.intp], count: int) -> NDArray[np.float32]:
    """Return the mean of the ``count`` greatest values of each run, of all where a run is shorter.

    Args:
        values: Runs one after the other.
        starts: Where each begins; none is empty.
        count: At least 1.
    """
    import numpy as np

    sizes, left = np.diff(starts, append=len(values)), values.copy()
    taken = np.maximum.reduceat(left, starts)
    total = taken.copy()
    for place in range(1, count):
        left[_places_of(taken, left, starts, sizes)] = -np.inf
        taken = np.maximum.reduceat(left, starts)
        total += np.where(sizes > place, taken, 0)
    return (total / np.minimum(sizes, count)).astype(np.float32)


def _places_of(
    values: NDArray[np.float32], within: NDArray[np.float32], starts: NDArray[np.intp], sizes: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return the first place of each value in its own run of ``within``."""
    import numpy as np

    places = np.flatnonzero(within == np.repeat(values, sizes))
    return places[np.searchsorted(places, starts)]


def _first(values: NDArray[np.float64], count: int) -> NDArray[np.intp]:
    """Return the places of the ``count`` greatest values; among equal ones the first."""
    import numpy as np

    if len(values) <= count:
        return np.arange(len(values))
    least = np.partition(values, -count)[-count]
    above = np.flatnonzero(values > least)
    return np.concatenate((above, np.flatnonzero(values == least)[: count - len(above)]))
