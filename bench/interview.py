"""How well SyncSage leads an administrator to the cause, against other strategies and against the optimum.

``python bench/interview.py [--sites N] [--seed S]`` makes up N sites with a text of the error and N without one (see
``simulated/sites.py``: causes drawn by their priors, answers by their likelihoods, both bent at random; 4 in 100
answers wrong, one place in ten closed, the rest known as often as the knowledge says) and leads every administrator
with

* SyncSage: whatever the engine says, to the end;
* fixed order, random, information gain: up to eight questions or 80 %, then fixes by probability over minutes, with the
  same belief and the same rules as SyncSage;
* the documents: the causes of the problem in their order, each with its check, then its fix.

Minutes to fix are those of questions, of fixes with their verification, 15 more for each wrong fix, and 120 for a
hand-over. Intervals are 95 %, by bootstrap over the sites. The optimum is compared on parts of the knowledge that are
small enough to try everything (``simulated/optimum.py``), in minutes lost: those of the right fix are left out. Times
of a step are those of the processor, since the load of a machine is not that of the engine.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum

from simulated import strategies
from simulated.optimum import of_syncsage, optimum, parts
from simulated.sites import Site, sites
from simulated.strategies import Outcome, Strategy
from syncsage import Engine

#: What must hold: minutes lost over the optimum, minutes to fix over the documents, questions after a paste, ms a step.
OVER_OPTIMUM, OVER_DOCUMENTS, QUESTIONS, STEP_MS = 1.15, 0.6, 4, 50.0
_RESAMPLES = 1000
_OURS, _DOCUMENTS = "SyncSage", "documents in order"


@dataclass(frozen=True, slots=True)
class Bar:
    """A limit and what was measured."""

    text: str
    measured: float
    limit: float

    def __str__(self) -> str:
        word = "held" if self.measured <= self.limit else "MISSED"
        return f"{word:7} {self.text}: {self.measured:.2f}, at most {self.limit:g}"


def compared(seed: int) -> Mapping[str, Strategy]:
    """Return the strategies by name, ours first."""
    return {
        _OURS: strategies.syncsage,
        "fixed order": strategies.asking(strategies.in_turn),
        "random": strategies.asking(strategies.at_random(seed)),
        "information gain": strategies.asking(strategies.by_information),
        _DOCUMENTS: strategies.documents,
    }


def interval(values: Sequence[float], seed: int) -> tuple[float, float]:
    """Return the 95 % interval of a mean, by bootstrap."""
    chance = random.Random(f"bootstrap {seed}")  # noqa: S311  # a resampling
    means = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(_RESAMPLES))
    return means[_RESAMPLES * 25 // 1000], means[_RESAMPLES * 975 // 1000]


def row(name: str, made: Sequence[Site], outcomes: Sequence[Outcome], seed: int) -> str:
    """Return the line of one strategy."""
    asked = [len(o.asked) for o in outcomes]
    first = statistics.fmean(o.ranked[:1] == (s.cause,) for s, o in zip(made, outcomes, strict=True))
    three = statistics.fmean(s.cause in o.ranked[:3] for s, o in zip(made, outcomes, strict=True))
    minutes, lost = [o.minutes for o in outcomes], [o.lost for o in outcomes]
    low, high = interval(minutes, seed)
    mended = statistics.fmean(o.solved for o in outcomes)
    return (
        f"{name:20}{statistics.fmean(asked):6.1f}{statistics.median(asked):5.0f}{first:8.2f}{three:7.2f}{mended:8.2f}"
        f"{statistics.fmean(minutes):8.1f} [{low:.0f}, {high:.0f}]{statistics.fmean(lost):8.1f}"
    )


def led(engine: Engine, made: Sequence[Site], seed: int) -> Mapping[str, Sequence[Outcome]]:
    """Lead all sites with all strategies, and print the table."""
    print(f"{'':20}{'asked':>6}{'med':>5}{'top-1':>8}{'top-3':>7}{'mended':>8}{'minutes to fix':>17}{'lost':>8}")
    found: dict[str, list[Outcome]] = {}
    for name, strategy in compared(seed).items():
        found[name] = [strategy(engine, site) for site in made]
        print(row(name, made, found[name], seed), flush=True)
    return found


def over_documents(outcomes: Mapping[str, Sequence[Outcome]], seed: int) -> float:
    """Return our minutes over those of the documents, and print it with its interval over paired sites."""
    pairs = [(a.minutes, b.minutes) for a, b in zip(outcomes[_OURS], outcomes[_DOCUMENTS], strict=True)]
    chance = random.Random(f"pairs {seed}")  # noqa: S311  # a resampling
    drawn = [chance.choices(pairs, k=len(pairs)) for _ in range(_RESAMPLES)]
    ratios = sorted(fsum(a for a, _ in sample) / fsum(b for _, b in sample) for sample in drawn)
    ratio = fsum(a for a, _ in pairs) / fsum(b for _, b in pairs)
    low, high = ratios[_RESAMPLES * 25 // 1000], ratios[_RESAMPLES * 975 // 1000]
    print(f"SyncSage over the documents: {ratio:.2f} [{low:.2f}, {high:.2f}]")
    return ratio


def over_optimum(engine: Engine, seed: int, more: int) -> float:
    """Return our minutes lost over the least possible, over all parts, and print them by problem."""
    print(f"\n{'minutes lost on parts':34}{'parts':>6}{'optimum':>9}{'SyncSage':>9}{'ratio':>7}")
    by_problem: dict[str, list[tuple[float, float]]] = {}
    for part in parts(engine, seed, more):
        by_problem.setdefault(part.problem, []).append((optimum(part), of_syncsage(part)))
    by_problem["all"] = [pair for pairs in by_problem.values() for pair in pairs]
    for problem, pairs in by_problem.items():
        best, ours = (statistics.fmean(pair[i] for pair in pairs) for i in (0, 1))
        print(f"{problem:34}{len(pairs):6}{best:9.1f}{ours:9.1f}{ours / best:7.2f}")
    return fsum(ours for _, ours in by_problem["all"]) / fsum(best for best, _ in by_problem["all"])


def main() -> None:
    """Measure and print; exit with 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description="Compare ways to find the cause, with made-up administrators.")
    parser.add_argument("--sites", type=int, default=200, help="sites of each kind (default 200)")
    parser.add_argument("--parts", type=int, default=20, help="parts drawn from the larger problems (default 20)")
    parser.add_argument("--seed", type=int, default=1, help="decides everything that is drawn (default 1)")
    arguments = parser.parse_args()
    engine = Engine.load()
    engine.parse = cache(engine.parse)  # type: ignore[method-assign]  # a few hundred sites share a few dozen texts
    print(f"interviews, Python {sys.version.split()[0]}, {os.cpu_count()} CPUs, rules by {engine.matcher_name}")
    bars: list[Bar] = []
    times: list[float] = []
    for paste, words in ((False, "without a text"), (True, "with a text of the error")):
        made = sites(engine, arguments.sites, arguments.seed, paste=paste)
        causes = len({site.cause for site in made})
        print(f"\n{len(made)} sites {words}, {causes} of {len(engine.kb.causes)} causes")
        outcomes = led(engine, made, arguments.seed)
        times += [t for o in outcomes[_OURS] for t in o.times]
        ratio = over_documents(outcomes, arguments.seed)
        bars.append(Bar(f"minutes to fix over the documents, {words}", ratio, OVER_DOCUMENTS))
        if paste:
            median = statistics.median(len(o.asked) for o in outcomes[_OURS])
            bars.append(Bar("questions after a paste, median", median, QUESTIONS))
    bars.append(
        Bar("minutes lost over the optimum", over_optimum(engine, arguments.seed, arguments.parts), OVER_OPTIMUM)
    )
    middle, slow = statistics.median(times) * 1000, statistics.quantiles(times, n=20)[-1] * 1000
    print(f"\n{len(times)} steps, text understood already: median {middle:.1f} ms, p95 {slow:.1f} ms (CPU)\n")
    bars.append(Bar("milliseconds of CPU a step, p95", slow, STEP_MS))
    print("\n".join(map(str, bars)))
    if any(bar.measured > bar.limit for bar in bars):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
