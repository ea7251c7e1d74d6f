"""The knowledge as a graph: what hangs together, with the answers that tell causes apart."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from syncsage.errors import UnknownIdError
from syncsage.knowledge.model import KnowledgeBase
from syncsage.report.graph import Graph, graph


def ids(picture: Graph, kind: str) -> list[str]:
    return [node.id for node in picture.nodes if node.kind == kind]


def test_the_whole_graph_has_every_cause_and_its_fix(bicycle: KnowledgeBase) -> None:
    picture = graph(bicycle)
    assert ids(picture, "cause") == sorted(bicycle.causes)
    fixes = {(edge.source, edge.target) for edge in picture.edges}
    assert {(cause.id, cause.fix) for cause in bicycle.causes.values()} <= fixes
    assert {edge.label for edge in picture.edges} == {""}


def test_a_problem_shows_its_causes_and_what_tells_them_apart(bicycle: KnowledgeBase) -> None:
    picture = graph(bicycle, "speed-signal-missing")
    assert ids(picture, "problem") == ["speed-signal-missing"]
    assert ids(picture, "cause") == ["magnet-moved", "sensor-cable-loose"]
    labels = {edge.target: edge.label for edge in picture.edges if edge.source == "speed-signal-missing"}
    assert labels["magnet-moved"].startswith("magnet-at-sensor: no")
    assert {edge.label for edge in picture.edges if edge.source == "magnet-moved"} == {"fix", "verify"}


def test_a_cause_shows_every_problem_that_has_it(bicycle: KnowledgeBase) -> None:
    picture = graph(bicycle, "chain-worn")
    assert ids(picture, "problem") == [p.id for p in bicycle.problems.values() if "chain-worn" in p.causes]
    assert ids(picture, "cause") == ["chain-worn"]


def test_a_procedure_shows_what_leads_to_it(bicycle: KnowledgeBase) -> None:
    fix = bicycle.causes["chain-worn"].fix
    picture = graph(bicycle, fix)
    assert fix in ids(picture, "procedure")
    assert "chain-worn" in ids(picture, "cause")
    assert "chain-skips" in ids(picture, "problem")


def test_an_entry_without_anything_stands_alone(bicycle: KnowledgeBase) -> None:
    lonely = next(p.id for p in bicycle.problems.values() if not p.causes and not p.procedures)
    assert [node.id for node in graph(bicycle, lonely).nodes] == [lonely]


def test_an_unknown_entry_is_named_with_its_nearest(bicycle: KnowledgeBase) -> None:
    with pytest.raises(UnknownIdError, match="no problem, cause or procedure 'chain-wornn'; did you mean 'chain-worn'"):
        graph(bicycle, "chain-wornn")


def test_mermaid_is_written_so_that_no_title_breaks_it(bicycle: KnowledgeBase) -> None:
    picture = graph(bicycle, "chain-skips")
    hostile = replace(picture.nodes[0], title='a "quoted" <b>title</b> `x` #1 ]) end')
    text = replace(picture, nodes=(hostile, *picture.nodes[1:])).to_mermaid()
    first, *lines = text.splitlines()
    assert first == "flowchart LR"
    node = re.compile(r'  n\d+(?:\(\["[^"]*"\]\)|\["[^"]*"\]|\{\{"[^"]*"\}\})')
    edge = re.compile(r'  n\d+ -->(?:\|"[^"]*"\|)? n\d+')
    assert all(node.fullmatch(line) or edge.fullmatch(line) for line in lines)
    assert "#quot;quoted#quot;" in text
    assert not re.search(r"<(?!br>)|`", text)


def test_dot_is_written_so_that_no_title_breaks_it(bicycle: KnowledgeBase) -> None:
    picture = graph(bicycle, "chain-skips")
    hostile = replace(picture.nodes[0], title='a "quoted" \\ title')
    text = replace(picture, nodes=(hostile, *picture.nodes[1:])).to_dot()
    assert text.startswith("digraph knowledge {")
    assert '[label="a \\"quoted\\" \\\\ title", shape=ellipse];' in text
    assert text.count(" -> ") == len(picture.edges)
