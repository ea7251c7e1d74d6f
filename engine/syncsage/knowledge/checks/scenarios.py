"""Rules about scenarios: names exist, every cause has one, and nobody knows what they cannot know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from syncsage.errors import Fault
from syncsage.knowledge.documents import Document
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.naming import listed, nearest
from syncsage.knowledge.scenarios import Scenario
from syncsage.knowledge.yamltree import Path


def scenario_faults(draft: Draft, scenarios: Sequence[Scenario], documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Every scenario names known ids and values; where there are scenarios, every cause has one."""
    places: dict[str, int] = {}
    for scenario in scenarios:
        file = scenario.origin.file
        index = places[file] = places.get(file, -1) + 1
        for path, message in (*_names(draft, scenario), *_sense(draft, scenario)):
            yield documents[file].fault((index, *path), message, "scenario")
    broken = set(documents) - set(places)
    if scenarios and not broken:
        played = {scenario.cause for scenario in scenarios}
        for cause in draft.kb.causes.keys() - played:
            message = "no scenario leads to this cause: add one below scenarios/"
            yield draft.fault(("cause", cause), (), message, "no-scenario")


def _names(draft: Draft, scenario: Scenario) -> Iterator[tuple[Path, str]]:
    findings = draft.kb.findings
    places = {finding.needs for finding in findings.values()}
    if message := draft.missing("cause", scenario.cause):
        yield ("cause",), message
    if message := draft.missing("problem", scenario.problem):
        yield ("problem",), message
    named: list[tuple[Path, str]] = [(("says", i), f) for i, f in enumerate(scenario.says)]
    named += [(("expect", "collect", i), f) for i, f in enumerate(scenario.collect)]
    named += [(("truth", f), f) for f in scenario.truth]
    named += [(("second_thoughts", f), f) for f in scenario.second_thoughts]
    named += [(("unknowable", f), f) for f in scenario.unknowable if f not in places]
    for path, name in named:
        if message := draft.missing("finding", name):
            yield path, message
    said: list[tuple[Path, str, str]] = [(("truth", f), f, t.value) for f, t in scenario.truth.items()]
    said += [(("second_thoughts", f), f, value) for f, value in scenario.second_thoughts.items()]
    for path, name, value in said:
        known = findings.get(name)
        if known and value not in known.values:
            hint = nearest(value, known.values) or f" (its values: {listed(known.values)})"
            yield path, f"{name} has no value {value}{hint}"


def _sense(draft: Draft, scenario: Scenario) -> Iterator[tuple[Path, str]]:
    if (scenario.reach == "nothing") == bool(scenario.cause):
        yield ("expect", "reach"), "a scenario has either a cause or the reach nothing"
    for name in scenario.unknowable.keys() & scenario.truth.keys():
        yield ("unknowable", name), f"{name} is in truth, too"
    for name, truth in scenario.truth.items():
        known = draft.kb.findings.get(name)
        if known and known.paste and truth.value != known.values[-1] and not truth.words:
            yield ("truth", name), "takes a pasted text: give it in words"
