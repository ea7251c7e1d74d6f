"""Several texts understood as one."""

from __future__ import annotations

from dataclasses import replace

from syncsage.observing.model import LEVELS, NOTHING, Match, Observation, Parsed


def join(first: Parsed, second: Parsed) -> Parsed:
    """Return two texts understood as one: the better level of each problem, the later value of each finding.

    A text that says nothing of the field does not take away what another one said.
    """
    if first is NOTHING:
        return second
    best: dict[str, Match] = {}
    for match in (*second.problems, *first.problems):
        known = best.get(match.id)
        if known is None or (LEVELS.index(match.level), match.score) > (LEVELS.index(known.level), known.score):
            best[match.id] = match
    ranked = sorted(best.values(), key=lambda m: (-LEVELS.index(m.level), -m.score, m.id))
    clear = [m for m in ranked if m.level in ("exact", "strong")]
    seen: dict[str, Observation] = {o.finding: o for o in (*first.observations, *second.observations)}
    problems = tuple(clear or ranked)
    return replace(
        second,
        level=problems[0].level if problems else "none",
        problems=problems,
        nearest=() if problems else second.nearest or first.nearest,
        observations=tuple(seen[f] for f in sorted(seen)),
        codes=tuple(dict.fromkeys((*first.codes, *second.codes))),
        salient=tuple(dict.fromkeys((*first.salient, *second.salient))),
        masked=first.masked + second.masked,
        notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
    )
