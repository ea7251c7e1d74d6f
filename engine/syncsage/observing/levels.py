"""From scores to levels: what may be said of a text by words and meaning alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from syncsage.observing.model import Level

#: A problem this far behind the best one is not worth naming beside it.
_REACH = 0.25


def grade(
    scores: Mapping[str, float], outside: Collection[str], bands: Mapping[str, float], lead: float
) -> dict[str, Level]:
    """Return the level of every problem.

    The best one is *strong* above the upper band and clear of all others, and *weak* above the lower band; then the
    others near it are weak too, whatever their own score.

    Args:
        scores: Problem id -> score.
        outside: Those that are topics outside the field; they never have a level.
        bands: Least score of ``strong`` and ``weak``.
        lead: What the best one must be ahead of the second to be clear; nearer ones are twins, and neither is strong.
    """
    levels: dict[str, Level] = dict.fromkeys(scores, "none")
    ranked = sorted((p for p in scores if p not in outside), key=lambda p: -scores[p])
    if not ranked or scores[ranked[0]] < bands["weak"]:
        return levels
    first = scores[ranked[0]]
    for problem in ranked:
        if scores[problem] >= first - _REACH:
            levels[problem] = "weak"
    clear = len(ranked) < 2 or first - scores[ranked[1]] >= lead
    if first >= bands["strong"] and clear:
        levels[ranked[0]] = "strong"
    return levels
