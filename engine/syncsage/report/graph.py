"""The knowledge as a graph, from problems by causes to procedures: as Mermaid text, and in the language of Graphviz."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from syncsage.errors import UnknownIdError
from syncsage.knowledge.model import Cause, KnowledgeBase, Likelihood
from syncsage.nearest import hint

NodeKind = Literal["problem", "cause", "procedure"]
_STRENGTH: Mapping[Likelihood, int] = {"always": 2, "likely": 1, "neutral": 0, "unlikely": -1, "never": -2}
#: Findings written on one edge, and columns of a label.
_LABELS, _WIDE = 2, 30
_SHAPES: Mapping[NodeKind, tuple[str, str]] = {"problem": ("([", "])"), "cause": ("[", "]"), "procedure": ("{{", "}}")}
_DOT_SHAPES: Mapping[NodeKind, str] = {"problem": "ellipse", "cause": "box", "procedure": "hexagon"}


@dataclass(frozen=True, slots=True)
class Node:
    """An entry of the knowledge."""

    id: str
    kind: NodeKind
    title: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What leads from one entry to another; ``label``: the answers that tell this cause from the others, or the use."""

    source: str
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Entries and what leads from one to another."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def to_mermaid(self) -> str:
        """Return the graph as a Mermaid flowchart."""
        names = {node.id: f"n{number}" for number, node in enumerate(self.nodes, start=1)}
        lines = ["flowchart LR"]
        for node in self.nodes:
            left, right = _SHAPES[node.kind]
            lines.append(f'  {names[node.id]}{left}"{_mermaid(node.title)}"{right}')
        for edge in self.edges:
            label = f'|"{_mermaid(edge.label)}"|' if edge.label else ""
            lines.append(f"  {names[edge.source]} -->{label} {names[edge.target]}")
        return "\n".join(lines) + "\n"

    def to_dot(self) -> str:
        """Return the graph in the DOT language of Graphviz."""
        lines = ["digraph knowledge {", "  rankdir=LR;", "  node [fontname=sans, fontsize=11];"]
        lines.append("  edge [fontname=sans, fontsize=9];")
        boxes = ((_dot(node.id), _dot(node.title), _DOT_SHAPES[node.kind]) for node in self.nodes)
        lines += [f"  {name} [label={title}, shape={shape}];" for name, title, shape in boxes]
        arrows = ((_dot(edge.source), _dot(edge.target), _dot(edge.label)) for edge in self.edges)
        lines += [f"  {source} -> {target} [label={label}];" for source, target, label in arrows]
        return "\n".join([*lines, "}"]) + "\n"


def graph(kb: KnowledgeBase, id_: str | None = None) -> Graph:
    """Return the whole knowledge as a graph, or what hangs together with one entry.

    Args:
        kb: The knowledge.
        id_: A problem (with its causes and their procedures), a cause (with its problems and procedures), or a
            procedure (with what leads to it).

    Raises:
        UnknownIdError: There is no such problem, cause or procedure.
    """
    edges = tuple(_edges(kb, labelled=id_ is not None))
    if id_ is None:
        return _of(kb, edges)
    node = _node(kb, id_)
    causes = _causes_around(kb, node)
    kept = [edge for edge in edges if _belongs(edge, node, causes)]
    return _of(kb, kept, (node,))


def _node(kb: KnowledgeBase, id_: str) -> Node:
    if id_ in kb.problems:
        return Node(id_, "problem", kb.problems[id_].title)
    if id_ in kb.causes:
        return Node(id_, "cause", kb.causes[id_].title)
    if id_ in kb.procedures:
        return Node(id_, "procedure", kb.procedures[id_].title)
    near = hint(id_, [*kb.problems, *kb.causes, *kb.procedures])
    raise UnknownIdError(f"no problem, cause or procedure {id_!r}{near}")


def _of(kb: KnowledgeBase, edges: Iterable[Edge], alone: tuple[Node, ...] = ()) -> Graph:
    kept = tuple(dict.fromkeys(edges))
    ids = dict.fromkeys([*(node.id for node in alone), *(end for edge in kept for end in (edge.source, edge.target))])
    nodes = tuple(_node(kb, id_) for id_ in ids)
    order: tuple[NodeKind, ...] = ("problem", "cause", "procedure")
    return Graph(tuple(sorted(nodes, key=lambda node: (order.index(node.kind), node.id))), kept)


def _causes_around(kb: KnowledgeBase, node: Node) -> frozenset[str]:
    if node.kind == "problem":
        return frozenset(kb.problems[node.id].causes)
    if node.kind == "cause":
        return frozenset({node.id})
    return frozenset(cause.id for cause in kb.causes.values() if node.id in (cause.fix, cause.verify))


def _belongs(edge: Edge, node: Node, causes: frozenset[str]) -> bool:
    if node.id in (edge.source, edge.target):
        return True
    if node.kind == "procedure":
        return edge.target in causes
    return edge.source in causes


def _edges(kb: KnowledgeBase, *, labelled: bool) -> Iterator[Edge]:
    for problem in kb.problems.values():
        siblings = [kb.causes[cause] for cause in problem.causes]
        for cause in siblings:
            yield Edge(problem.id, cause.id, _telling(cause, siblings) if labelled else "")
        for procedure in problem.procedures:
            yield Edge(problem.id, procedure, "")
    for cause in kb.causes.values():
        yield Edge(cause.id, cause.fix, "fix" if labelled else "")
        if labelled and cause.verify:
            yield Edge(cause.id, cause.verify, "verify")


def _telling(cause: Cause, siblings: Iterable[Cause]) -> str:
    """Return the answers that speak for ``cause`` and for no other of ``siblings`` as much."""
    others = [other for other in siblings if other is not cause]
    found: list[tuple[int, str]] = []
    for finding, values in cause.evidence.items():
        for value, likelihood in values.items():
            rivals = [_STRENGTH[other.evidence.get(finding, {}).get(value, "neutral")] for other in others]
            lead = _STRENGTH[likelihood] - max([0, *rivals])
            if lead > 0:
                found.append((-lead, f"{finding}: {value}"))
    return "; ".join(text for _, text in sorted(found)[:_LABELS])


def _mermaid(text: str) -> str:
    signs = {'"': "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "`": "#96;"}
    return "<br>".join("".join(signs.get(sign, sign) for sign in line) for line in _wrapped(text))


def _dot(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "\\n".join(_wrapped(escaped)) + '"'


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDE, break_long_words=False, break_on_hyphens=False)
